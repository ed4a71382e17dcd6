import type { Content } from '../../bot/channel.ts'
import { textOf } from '../../bot/i18n.ts'
import { createLog } from '../../bot/logger.ts'
import { createRouter } from '../../bot/router.ts'
import type { Input } from '../../bot/saved.ts'
import { answer, begin, type Talk } from '../../bot/talk.ts'
import { type Database, rowsOf, type Store, transact } from '../../db/client.ts'
import { sql } from '../../db/drizzle.ts'
import { writeWaiting } from '../../db/outbox.ts'
import { getPerson } from '../../db/people.ts'
import { outbox } from '../../db/schema.ts'
import type { Scene } from '../../handlers/dialog.ts'
import { noon } from '../town/quick.ts'
import { operator } from '../town/town.ts'
import { type ChangeName, happen } from './changes.ts'
import type { RoleName, World } from './world.ts'

/** What somebody does: presses a button, writes, opens a link; or is inside a flow and goes on in it. */
export type Deed =
  | { press: string; group?: string }
  | { say: string; group?: string }
  | { link: string }
  | { flow: string; given?: Record<string, string>; goOn?: Input[]; meanwhile?: ChangeName }

export interface Outcome {
  /** True if anything in the database is another, apart from the talk itself. */
  changed: boolean
  /** All that the person was answered, with every value in it. */
  answer: string
  /** The texts of the answer by their keys. */
  keys: string[]
  /** True if somebody else is told anything. */
  told: boolean
}

class Undone extends Error {}

/** Does it as this person, looks at what came of it, and takes it back. */
export async function attempt(world: World, role: RoleName, deed: Deed): Promise<Outcome> {
  let outcome: Outcome | undefined
  const tried = world.store.db.transaction(async tx => {
    const store: Store = { db: tx, keys: world.store.keys }
    await tx.execute(sql`delete from outbox`)
    const { notice = '', before = world.before } = await act(world, store, role, deed)
    const chats = [world.people[role].chat, 'group' in deed ? deed.group : undefined]
    outcome = { changed: await hasChanged(tx, before), ...(await said(store, chats, notice)) }
    throw new Undone()
  })
  await tried.catch(error => {
    if (!(error instanceof Undone)) throw error
  })
  if (!outcome) throw new Error('Nothing was tried')
  return outcome
}

let deliveries = 0

/** What is said on the spot, and what everything was like when the step began that is looked at. */
interface Acted {
  notice?: string
  before?: ReadonlyMap<string, string>
}

async function act(world: World, store: Store, role: RoleName, deed: Deed): Promise<Acted> {
  const { chat } = world.people[role]
  if ('flow' in deed) return play(world, store, role, deed)
  const lines: string[] = []
  const log = createLog('warn', { write: line => void lines.push(line) })
  const pairing = () => ({ page: 'https://example.kz/whatsapp' })
  const links = { startLink: (_: string, code: string) => code, wake: () => {} }
  const route = createRouter({ store, operator, log, pairing, resume: () => true, ...links })
  const group = 'group' in deed ? deed.group : undefined
  deliveries += 1
  const receipt = await route({
    channel: 'telegram',
    externalId: `access-${deliveries}`,
    chat: group ? { id: group, kind: 'group', title: 'Көршілер' } : { id: chat, kind: 'private' },
    sender: { id: chat, language: 'ru' },
    at: noon,
    content: contentOf(deed),
  })
  if (lines.length > 0) throw new Error(`${JSON.stringify(deed)} as ${role}: ${lines.join()}`)
  return receipt.notice ? { notice: receipt.notice } : {}
}

function contentOf(deed: Exclude<Deed, { flow: string }>): Content {
  if ('press' in deed) return { type: 'button', data: deed.press, messageId: '1' }
  return 'say' in deed ? { type: 'text', text: deed.say } : { type: 'start', code: deed.link }
}

/**
 * As if a button had led into the flow: who may be in it is asked there too. With a change before the last step only
 * what this step does counts.
 */
function play(
  world: World,
  outer: Store,
  role: RoleName,
  deed: Extract<Deed, { flow: string }>,
): Promise<Acted> {
  const { flow, given, goOn = [], meanwhile } = deed
  const { personId, chat } = world.people[role]
  return transact(outer, async store => {
    const scene = await sceneOf(store, personId)
    const talk: Talk = {
      scene,
      chat: { channel: 'telegram', id: chat },
      reload: () => sceneOf(store, personId),
    }
    const last = meanwhile ? goOn.at(-1) : undefined
    await begin(talk, flow, given)
    for (const input of last ? goOn.slice(0, -1) : goOn) await answer(talk, input)
    if (!meanwhile || !last) return {}
    await writeWaiting(store)
    await happen(store.db, meanwhile, world, role)
    await store.db.execute(sql`delete from outbox`)
    const before = await fingerprint(store.db)
    talk.scene = await talk.reload()
    await answer(talk, last)
    return { before }
  })
}

async function sceneOf(store: Store, personId: string): Promise<Scene> {
  const { language, ...person } = await getPerson(store, personId, noon)
  return {
    me: { ...person, language: language ?? 'ru', languageChosen: true, reachable: true },
    at: noon,
    store,
    operator,
    inbound: { channel: 'telegram', messageId: 'access' },
    textIn: textOf,
    startLink: code => code,
    linksElsewhere: () => [],
    pairing: () => undefined,
    resumePaired: () => true,
  }
}

async function said({ db, keys }: Store, chats: readonly (string | undefined)[], notice: string) {
  const rows = await db.select().from(outbox)
  const bodies = rows.map(row => ({
    chat: row.chat,
    body: row.body ? keys.open(`outbox.body.${row.id}`, row.body) : '',
  }))
  const own = bodies.filter(row => chats.includes(row.chat)).map(({ body }) => body)
  return {
    answer: [notice, ...own].join('\n'),
    keys: [...own.join().matchAll(/"key":"([^"]+)"/g)].map(([, key = '']) => key),
    told: bodies.some(row => !chats.includes(row.chat)),
  }
}

/** The talk itself: who has half-answered what, what came in, what goes out. */
const apart = ['inbox', 'outbox', 'addresses', 'dialogs', 'sent_messages']

/** Everything that is kept, apart from the talk: one sum a table. */
export async function fingerprint(db: Database, only?: readonly string[]): Promise<Map<string, string>> {
  const names = only ?? (await tablesOf(db))
  if (names.length === 0) return new Map()
  const sums = names.map(
    name =>
      `select '${name}' as name, md5(coalesce(string_agg(t::text, '|' order by t::text), '')) as sum from "${name}" t`,
  )
  const rows = await db.execute(sql.raw(sums.join(' union all ')))
  return new Map(rowsOf<{ name: string; sum: string }>(rows).map(({ name, sum }) => [name, sum]))
}

async function tablesOf(db: Database): Promise<string[]> {
  const found = await db.execute(sql`select tablename as name from pg_tables where schemaname = 'public'`)
  return rowsOf<{ name: string }>(found)
    .map(({ name }) => name)
    .filter(name => !apart.includes(name) && !name.startsWith('playground'))
}

/** Only what this transaction has written to is read again. */
async function hasChanged(db: Database, before: ReadonlyMap<string, string>): Promise<boolean> {
  const found = await db.execute(sql`
    select relname as name from pg_stat_xact_user_tables where n_tup_ins + n_tup_upd + n_tup_del > 0`)
  const written = rowsOf<{ name: string }>(found).flatMap(({ name }) => (before.has(name) ? [name] : []))
  for (const [name, sum] of await fingerprint(db, written)) if (before.get(name) !== sum) return true
  return false
}
