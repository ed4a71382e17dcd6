import { failureKind, type Store } from '../db/client.ts'
import { type Mark, markFree, markSent } from '../db/sending.ts'

export interface Marks {
  /** Writes down that a message is out. True if its chat may have more to come. */
  write(mark: Mark, at: Date): Promise<boolean>
}

interface Waiting {
  mark: Mark
  at: Date
  done(more: boolean): void
  failed(error: unknown): void
}

const atOnceMax = 100

/**
 * What is out while others are being written down is written together by the next statement: on a busy bot a commit
 * for several. `looks` counts how often it was looked for what waits: whoever looked meanwhile saw the chat still busy.
 */
export function openMarks(store: Store, looks: () => number): Marks {
  const waiting: Waiting[] = []
  let writing = false

  async function writeAll() {
    writing = true
    for (let batch = waiting.splice(0, atOnceMax); batch.length > 0; batch = waiting.splice(0, atOnceMax))
      await write(batch)
    writing = false
  }

  async function write(batch: readonly Waiting[]) {
    const before = looks()
    const at = batch[0]?.at ?? new Date()
    const marks = batch.map(({ mark }) => mark)
    try {
      const found = await markFree(store, marks, at)
      for (const one of batch) {
        const more = found.get(one.mark.id)
        if (more === undefined) void writeAlone(one)
        else one.done(more || looks() > before)
      }
    } catch (error) {
      // One that cannot be written down must not make the others come twice.
      if (batch.length > 1 && failureKind(error) === 'fault') for (const one of batch) await write([one])
      else for (const { failed } of batch) failed(error)
    }
  }

  /** Somebody holds its row, or it is gone: it waits, and nobody with it. */
  async function writeAlone({ mark, at, done, failed }: Waiting) {
    const before = looks()
    await markSent(store, [mark], at).then(found => done(found.get(mark.id) || looks() > before), failed)
  }

  return {
    write: (mark, at) =>
      new Promise((done, failed) => {
        waiting.push({ mark, at, done, failed })
        if (!writing) void writeAll()
      }),
  }
}
