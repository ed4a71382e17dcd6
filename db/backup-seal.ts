import { createCipheriv, createDecipheriv, createHmac, type KeyObject, randomBytes } from 'node:crypto'
import type { Keyring } from './cipher.ts'

/** Why a backup is not restored: whose fault it is, and nothing of what is in it. */
export class BackupFault extends Error {
  readonly kind: 'foreign' | 'key' | 'broken' | 'newer' | 'filled' | 'empty' | 'different'

  constructor(kind: BackupFault['kind'], detail = '') {
    super(detail)
    this.kind = kind
  }
}

const magic = Buffer.from('ardaq backup 1\n')
const saltBytes = 16
const proofBytes = 16
const headBytes = magic.length + 1 + saltBytes + proofBytes
const blockBytes = 65_536
const tagBytes = 16

type Bytes = AsyncIterable<Uint8Array>

/**
 * Seals a stream of any length with a key of its own, made from DATA_KEY: names stand readable in the database, and a
 * stolen file must not show them. Each block is sealed with its number and whether it is the last, so that nothing can be
 * changed, left out, put elsewhere or cut off unseen.
 */
export async function* seal(keys: Keyring, plain: Bytes): AsyncGenerator<Buffer> {
  const salt = randomBytes(saltBytes)
  const made = keys.fileKey(salt)
  if (!made) throw new Error('The keyring holds no newest key')
  const opening = Buffer.concat([magic, Buffer.of(made.id), salt])
  yield Buffer.concat([opening, proofOf(made.key, opening)])
  let number = 0
  for await (const { block, last } of inBlocks(plain, blockBytes)) {
    const cipher = createCipheriv('aes-256-gcm', made.key, nonceOf(number++, last))
    const body = Buffer.concat([cipher.update(block), cipher.final()])
    yield Buffer.concat([body, cipher.getAuthTag()])
  }
}

/** The stream as it was before it was sealed. Ends with a BackupFault if it is not whole or not for these keys. */
export async function* unseal(keys: Keyring, sealed: Bytes): AsyncGenerator<Buffer> {
  let key: KeyObject | undefined
  let number = 0
  for await (const { block, last } of inBlocks(sealed, blockBytes + tagBytes, headBytes)) {
    if (key) yield openBlock(key, block, nonceOf(number++, last))
    else key = readHead(keys, block)
    // A file that ends with its head was cut off there.
    if (last && number === 0) throw new BackupFault('broken')
  }
}

function readHead(keys: Keyring, head: Buffer): KeyObject {
  if (!head.subarray(0, magic.length).equals(magic)) throw new BackupFault('foreign')
  if (head.length < headBytes) throw new BackupFault('broken')
  const opening = head.subarray(0, headBytes - proofBytes)
  const found = keys.fileKey(opening.subarray(magic.length + 1), opening[magic.length])
  if (!found || !proofOf(found.key, opening).equals(head.subarray(-proofBytes))) throw new BackupFault('key')
  return found.key
}

function openBlock(key: KeyObject, block: Buffer, nonce: Buffer): Buffer {
  if (block.length < tagBytes) throw new BackupFault('broken')
  const cipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes })
  cipher.setAuthTag(block.subarray(-tagBytes))
  const plain = cipher.update(block.subarray(0, -tagBytes))
  try {
    return Buffer.concat([plain, cipher.final()])
  } catch {
    throw new BackupFault('broken')
  }
}

function proofOf(key: KeyObject, opening: Buffer): Buffer {
  return createHmac('sha256', key).update(opening).digest().subarray(0, proofBytes)
}

/** The key is used for one file only, so that a block's number is unique under it. */
function nonceOf(number: number, last: boolean): Buffer {
  const nonce = Buffer.alloc(12)
  nonce[0] = last ? 1 : 0
  nonce.writeUIntBE(number, 6, 6)
  return nonce
}

/** Blocks of one size, the first of another if said. One always stays behind: only the end tells which is the last. */
async function* inBlocks(
  source: Bytes,
  size: number,
  firstSize = size,
): AsyncGenerator<{ block: Buffer; last: boolean }> {
  let rest: Buffer = Buffer.alloc(0)
  let wanted = firstSize
  for await (const chunk of source) {
    rest = Buffer.concat([rest, chunk])
    while (rest.length > wanted) {
      yield { block: rest.subarray(0, wanted), last: false }
      rest = rest.subarray(wanted)
      wanted = size
    }
  }
  yield { block: rest, last: true }
}
