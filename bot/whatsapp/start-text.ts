/** The code of a start link: https://wa.me/<number>?text=start%20<code> puts exactly this into the person's hands. */
export function startOf(text: string): { type: 'start'; code?: string } | undefined {
  const words = /^\s*\/?start(?:\s+([\w-]{1,64}))?\s*$/i.exec(text)
  return words ? { type: 'start', ...(words[1] && { code: words[1] }) } : undefined
}

export function startLinkTo(number: string, code: string): string {
  return `https://wa.me/${number}?text=start%20${code}`
}
