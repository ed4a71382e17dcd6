/** Width and height of a PNG or JPEG by its header; undefined when it is neither. */
export function pictureSize(bytes: Uint8Array): { width: number; height: number } | undefined {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (view.length >= 24 && view.toString('latin1', 0, 8) === '\x89PNG\r\n\x1a\n')
    return { width: view.readUInt32BE(16), height: view.readUInt32BE(20) }
  if (view.length >= 4 && view.readUInt16BE(0) === 0xffd8) return jpegSize(view)
  return undefined
}

function jpegSize(view: Buffer): { width: number; height: number } | undefined {
  let at = 2
  while (at + 9 <= view.length) {
    const marker = view.readUInt16BE(at)
    // Start-of-frame markers, without the tables (C4, C8, CC) that share their range.
    if (marker >= 0xffc0 && marker <= 0xffcf && ![0xffc4, 0xffc8, 0xffcc].includes(marker))
      return { width: view.readUInt16BE(at + 7), height: view.readUInt16BE(at + 5) }
    if (marker < 0xff00) return undefined
    at += 2 + view.readUInt16BE(at + 2)
  }
  return undefined
}
