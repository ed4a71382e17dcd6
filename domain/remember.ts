/**
 * Remembers what a pure function made of a text. People use the same few thousand words, and a dialog is played
 * again on every message. Long texts are not kept, and at `most` entries it begins anew: the memory has an end.
 */
export function remembered<Result>(
  most: number,
  read: (text: string) => Result,
  charsMax = 100,
): (text: string) => Result {
  const known = new Map<string, Result>()
  return text => {
    const found = known.get(text)
    if (found !== undefined || known.has(text)) return found as Result
    const result = read(text)
    if (text.length > charsMax) return result
    if (known.size >= most) known.clear()
    known.set(text, result)
    return result
  }
}
