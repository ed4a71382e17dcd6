import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto'

/**
 * AES-256-GCM for personal fields. A sealed value is: version, key id, nonce, tag, ciphertext. The place it belongs
 * to (`table.column.rowId`) is authenticated with it, so a value moved to another row is refused.
 */
export interface Keyring {
  seal(place: string, plain: string): Uint8Array
  open(place: string, sealed: Uint8Array): string
  /** A keyed hash that finds equal values without decrypting them. */
  blindIndex(plain: string): string
  /** A key for one file: of the newest secret, or of the one with this id. Undefined if there is none. */
  fileKey(salt: Uint8Array, id?: number): { id: number; key: KeyObject } | undefined
}

const version = 1
const headerBytes = 2
const nonceBytes = 12
const tagBytes = 16

/**
 * Keys as `id:base64` of 32 bytes each, comma-separated, the newest first: it encrypts, all decrypt. The blind
 * index is made with the oldest (last) key, so that it survives a new key.
 */
export function openKeyring(setting: string): Keyring {
  const secrets = parseKeys(setting)
  const newest = secrets[0]
  const oldest = secrets.at(-1)
  if (!newest || !oldest) throw new Error('DATA_KEY holds no key')
  if (new Set(secrets.map(({ id }) => id)).size < secrets.length)
    throw new Error('DATA_KEY holds a key id twice')
  const sealingKeys = new Map(secrets.map(({ id, secret }) => [id, derive(secret, 'seal')]))
  const indexKey = derive(oldest.secret, 'index')
  const newestKey = derive(newest.secret, 'seal')

  return {
    seal(place, plain) {
      const nonce = randomBytes(nonceBytes)
      const cipher = createCipheriv('aes-256-gcm', newestKey, nonce)
      cipher.setAAD(Buffer.from(place))
      const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()])
      return Buffer.concat([Buffer.of(version, newest.id), nonce, cipher.getAuthTag(), body])
    },
    open(place, sealed) {
      const key = sealed[0] === version ? sealingKeys.get(sealed[1] ?? -1) : undefined
      if (!key) throw new Error(`${place} was sealed with a key that DATA_KEY does not hold`)
      const nonceEnd = headerBytes + nonceBytes
      const nonce = sealed.subarray(headerBytes, nonceEnd)
      const cipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes })
      cipher.setAAD(Buffer.from(place))
      cipher.setAuthTag(sealed.subarray(nonceEnd, nonceEnd + tagBytes))
      return cipher.update(sealed.subarray(nonceEnd + tagBytes), undefined, 'utf8') + cipher.final('utf8')
    },
    blindIndex(plain) {
      return createHmac('sha256', indexKey).update(plain).digest('base64url').slice(0, 32)
    },
    fileKey(salt, id = newest.id) {
      const found = secrets.find(each => each.id === id)
      return found && { id, key: derive(found.secret, 'file', salt) }
    },
  }
}

/** A new DATA_KEY with one key. */
export function newDataKey(): string {
  return `1:${randomBytes(32).toString('base64')}`
}

function parseKeys(setting: string): { id: number; secret: Buffer }[] {
  return setting.split(',').map(entry => {
    const [, id, secret] = /^\s*(\d{1,3}):([A-Za-z0-9+/_=-]+)\s*$/.exec(entry) ?? []
    const bytes = Buffer.from(secret ?? '', 'base64')
    if (Number(id) > 255 || bytes.length !== 32) throw new Error('each key is id:base64 of 32 bytes')
    return { id: Number(id), secret: bytes }
  })
}

/** A key object: given bytes, every cipher would read them into a key anew, four times the cost of a short text. */
function derive(secret: Buffer, purpose: string, salt: string | Uint8Array = 'ardaq'): KeyObject {
  return createSecretKey(Buffer.from(hkdfSync('sha256', secret, salt, purpose, 32)))
}
