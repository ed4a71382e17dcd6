import { newDataKey, openKeyring } from '../../db/cipher.ts'
import { openServerDatabase } from '../../db/client.ts'
import { loopOf } from '../loop.ts'
import type { TemporaryDatabase } from '../server.ts'
import { openStage } from '../stage.ts'
import { newIdSql, recorded, type Said, scriptOf } from './reference.ts'

/** The answer to one question in the middle of a form: the message that is most frequent. */
const usualStep = 'address'
const people = 2000

/**
 * What one answered message says to the database, from its coming to its being marked as sent, as a script for
 * pgbench: for somebody of many, with new ids, at the time that it is.
 */
export async function messageScript(on: TemporaryDatabase): Promise<string> {
  const database = await openServerDatabase(on.url)
  const stage = openStage({ db: database.db, keys: openKeyring(newDataKey()) })
  let said: Said[] = []
  for (const { name, run } of loopOf(stage, 0)) {
    const step = async () => {
      await run()
      await stage.send()
    }
    if (name === usualStep) {
      said = await recorded(database, step)
      break
    }
    await step()
  }
  await database.close()
  const saved = said.find(({ text }) => text.includes('insert into dialogs'))
  const [personId] = saved?.params ?? []
  const names = (value: unknown) => {
    if (value === personId) return ':personId'
    if (value === 'a0') return "('p' || :person)"
    if (value === 30) return '1'
    const text = String(value)
    if (/^m\d+$/.test(text)) return "(:client_id || '-' || :message)"
    if (/^\d{4}-\d\d-\d\dT/.test(text)) return 'now()'
    if (/^[0-9a-f]{8}-[0-9a-f-]{27}$/.test(text)) return newIdSql
    if (text.startsWith('[{"id"')) return markSql
    return undefined
  }
  return `\\set person random(1, ${people})
\\set message random(1, 9000000000000000)
${scriptOf(said, names, /^\s*with (first|asked) as/)}`
}

/** Another one may have taken what was there: then nobody's is marked. */
const markSql = `format('[{"id":"%s","externalId":"1","keepBody": false}]',
  coalesce(nullif(:id::text, ''), '${'0'.repeat(8)}-0000-0000-0000-${'0'.repeat(12)}'))`
