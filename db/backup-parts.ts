import { BackupFault } from './backup-seal.ts'

/** What a backup is made of, in this order: the head, then each table with its rows and their sum, then the end. */
export type BackupPart =
  /** `migration`: which state of the schema it was taken from, by time and name. */
  | { is: 'head'; migration: number; migrationName: string; madeAt: string }
  | { is: 'table'; name: string; columns: string[] }
  /** Whole rows, in the text form of PostgreSQL's COPY. */
  | { is: 'rows'; rows: Buffer }
  | ({ is: 'sum' } & TableSum)
  | { is: 'end' }

/** What tells that a table holds the same rows, in whatever order. */
export interface TableSum {
  rows: number
  digest: string
}

const headBytes = 5
const rowsMark = 'r'.charCodeAt(0)
const otherMark = 'o'.charCodeAt(0)

export function packPart(part: BackupPart): Buffer {
  const [mark, body] =
    part.is === 'rows' ? [rowsMark, part.rows] : [otherMark, Buffer.from(JSON.stringify(part))]
  const head = Buffer.alloc(headBytes)
  head[0] = mark
  head.writeUInt32BE(body.length, 1)
  return Buffer.concat([head, body])
}

export async function* readParts(source: AsyncIterable<Uint8Array>): AsyncGenerator<BackupPart> {
  let rest: Buffer = Buffer.alloc(0)
  for await (const chunk of source) {
    rest = Buffer.concat([rest, chunk])
    while (rest.length >= headBytes) {
      const end = headBytes + rest.readUInt32BE(1)
      if (rest.length < end) break
      yield partOf(rest[0], rest.subarray(headBytes, end))
      rest = rest.subarray(end)
    }
  }
  if (rest.length > 0) throw new BackupFault('broken')
}

function partOf(mark: number | undefined, body: Buffer): BackupPart {
  return mark === rowsMark ? { is: 'rows', rows: body } : (JSON.parse(body.toString()) as BackupPart)
}
