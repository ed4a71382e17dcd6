/**
 * The bytes of a body, or nothing if there are more of them: what comes after the limit is neither kept nor read.
 */
export async function readAtMost(from: Request | Response, bytesMax: number): Promise<Buffer | undefined> {
  if (Number(from.headers.get('content-length') ?? 0) > bytesMax) {
    await from.body?.cancel()
    return undefined
  }
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of from.body ?? []) {
    bytes += chunk.byteLength
    // Leaving the loop cancels the stream.
    if (bytes > bytesMax) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
