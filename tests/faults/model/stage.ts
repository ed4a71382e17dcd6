import type { Channel, Content, Receipt } from '../../../bot/channel.ts'
import { textOf } from '../../../bot/i18n.ts'
import { createLog } from '../../../bot/logger.ts'
import { startSender } from '../../../bot/outbox.ts'
import { createRouter } from '../../../bot/router.ts'
import { newDataKey, openKeyring } from '../../../db/cipher.ts'
import { type OpenDatabase, rowsOf, type Store } from '../../../db/client.ts'
import { grantRole } from '../../../db/coordinators.ts'
import { sql } from '../../../db/drizzle.ts'
import { setLanguage, setName } from '../../../db/people.ts'
import { recognisePerson } from '../../../db/recognise.ts'
import type { Request } from '../../../db/requests.ts'
import { applyAsVolunteer, decideVolunteer } from '../../../db/volunteers.ts'
import { doorCode } from '../../../domain/request.ts'
import { emptyDatabase } from '../../town/database.ts'
import { request, semey } from '../../town/quick.ts'
import { operator } from '../../town/town.ts'
import { type Act, type Anybody, begun, type Life, outsiders, type Volunteer, volunteers } from './life.ts'

const at = new Date('2026-11-23T06:00:00Z')
const t = (key: string) => textOf('ru', { key })
/** Where she lives: to be read by the one who holds the request, and by no other volunteer. */
const street = 'Абая 12'

export type Stage = Awaited<ReturnType<typeof openStage>>

/** The real router, flows and sender between these people and the database; the platform is a few maps. */
export async function openStage(database: OpenDatabase) {
  await emptyDatabase(database.db)
  const store: Store = { db: database.db, keys: openKeyring(newDataKey()) }
  const chats = new Map<string, Map<string, string>>()
  const channel = platform(chats)
  const log = createLog('silent')
  const sender = startSender({
    store,
    channels: new Map([['playground', channel]]),
    log,
    now: () => at,
    automatic: false,
  })
  const route = createRouter({ store, operator, log, startLink: (_, code) => code, wake: () => {} })
  const ids = new Map<string, string>()
  let inbounds = 0

  async function settles(name: string): Promise<string> {
    const known = ids.get(name)
    if (known) return known
    const { id } = await recognisePerson(store, {
      channel: 'playground',
      externalId: name,
      inPrivate: true,
      at,
    })
    await setLanguage(store, id, 'ru')
    await setName(store, id, name)
    ids.set(name, id)
    return id
  }

  async function hears(name: string, content: Content): Promise<Receipt> {
    const externalId = `i${++inbounds}`
    const chat = { id: name, kind: 'private' } as const
    return route({ channel: 'playground', externalId, chat, sender: { id: name }, at, content })
  }
  const says = (name: string, text: string) => hears(name, { type: 'text', text })
  const presses = (name: string, data: string) => hears(name, { type: 'button', data, messageId: 'm' })

  return { store, chats, sender, ids, settles, says, presses }
}

/** Volunteers, those who are none, and a coordinator; the asker comes with each request. */
export async function people({ store, settles }: Stage) {
  for (const name of [...volunteers, outsiders[0]]) {
    const personId = await settles(name)
    const form = { personId, regionId: semey.slice(0, 2), districtIds: [semey], categories: [] }
    await applyAsVolunteer(store, { ...form, wantedRequestId: null, at })
    const status = name === outsiders[0] ? 'suspended' : 'approved'
    await decideVolunteer(store, personId, { status: status as 'approved', by: personId, at })
  }
  await settles(outsiders[1])
  const personId = await settles('Марат')
  await grantRole(store, { regionId: null, districtId: null, cleared: true, personId, at })
}

/** A new request of an asker who has no other. */
export async function ask(stage: Stage, n: number): Promise<{ request: Request; asker: string }> {
  const asker = `Айгүл ${n}`
  const personId = await stage.settles(asker)
  const made = await request({ store: stage.store, settle: stage.sender.drain }, { personId }, { at })
  return { request: made, asker }
}

/** One act as it comes in: what is pressed and typed, by whomever. Returns how often it was answered. */
export async function play(
  stage: Stage,
  { request: { id }, asker }: { request: Request; asker: string },
  act: Act,
) {
  const { says, presses } = stage
  const known = 'who' in act && act.who === 'Айгүл' ? asker : 'who' in act ? act.who : ''
  const { assignmentId, pair } = await newest(stage, id)
  const wrong = pair === '11' ? '22' : '11'
  switch (act.what) {
    case 'claim':
      return [await presses(known, `claim:${id}`)]
    case 'onway':
    case 'release':
      return [await presses(known, `${act.what}:${assignmentId}`)]
    case 'done': {
      const pressed = await presses(known, `done:${assignmentId}`)
      // From the asker these words would be an answer to whether help came.
      return known === asker ? [pressed] : [pressed, await says(known, t('done.noCode'))]
    }
    case 'pair':
      return [await says(known, pair)]
    case 'wrongPair':
      return [await says(known, wrong)]
    case 'yes':
    case 'no':
      return [await presses(known, `confirm:${id}:${act.what}`)]
    case 'cancel':
      return all(says, asker, ['/my', '1', t('my.cancel'), t('cancel.solved')])
    case 'close':
      await presses('Марат', `open:${id}`)
      return all(says, 'Марат', [t('queue.close'), t('outcome.unmet'), 'Никто не смог'])
    case 'assign':
      await presses('Марат', `open:${id}`)
      return all(says, 'Марат', [t('queue.assign'), act.whom])
  }
}

async function all(says: Stage['says'], who: string, words: readonly string[]): Promise<Receipt[]> {
  const receipts: Receipt[] = []
  for (const text of words) receipts.push(await says(who, text))
  return receipts
}

/** Everybody is back at the beginning: what is typed next belongs to no earlier question. */
export async function leaveDialogs({ store }: Stage) {
  await store.db.execute(sql`delete from dialogs`)
}

/** The request as the database has it, in the model's words. */
export async function lifeOf({ store, ids }: Stage, id: string): Promise<Life> {
  const [row] = rowsOf<Pick<Life, 'status' | 'outcome' | 'confirmation'>>(
    await store.db.execute(sql`select status, outcome, confirmation from requests where id = ${id}`),
  )
  const living = rowsOf<{ volunteer: string; tries: number }>(
    await store.db.execute(sql`
      select volunteer_id as volunteer, wrong_tries as tries from assignments
      where request_id = ${id} and ended_at is null`),
  )
  if (!row || living.length > 1) throw new Error(`${living.length} hold the request`)
  const [held] = living
  const holder = [...ids].find(([, personId]) => personId === held?.volunteer)?.[0] ?? null
  return { ...begun, ...row, holder: holder as Volunteer | null, ...(held && { triesLeft: 3 - held.tries }) }
}

/** Whose private chat shows the address. */
export function readersOf({ chats }: Stage): Anybody[] {
  const everybody = [...volunteers, ...outsiders]
  return everybody.filter(name => [...(chats.get(name)?.values() ?? [])].some(text => text.includes(street)))
}

async function newest({ store }: Stage, requestId: string) {
  const [row] = rowsOf<{ id: string; sealed: Uint8Array }>(
    await store.db.execute(sql`
      select id, door_code as sealed from assignments where request_id = ${requestId}
      order by started_at desc, id desc limit 1`),
  )
  if (!row) return { assignmentId: '00000000-0000-7000-8000-000000000000', pair: '11' }
  const digits = store.keys.open(`assignments.door_code.${row.id}`, row.sealed as Buffer)
  return { assignmentId: row.id, pair: doorCode(digits).elderSays }
}

function platform(chats: Map<string, Map<string, string>>): Channel {
  let sent = 0
  const chatOf = (id: string) => {
    const chat = chats.get(id) ?? new Map<string, string>()
    chats.set(id, chat)
    return chat
  }
  const unlimited = { max: Number.POSITIVE_INFINITY, perMs: 1_000 }
  return {
    name: 'playground',
    capabilities: {
      options: 'rows',
      edit: true,
      contactRequest: false,
      textCharsMax: 4_096,
      captionCharsMax: 1_024,
      downloadBytesMax: 0,
      pace: { all: unlimited, chat: unlimited, group: unlimited },
    },
    start: async () => {},
    stop: async () => {},
    async send({ chat, text, editOf }) {
      const externalId = editOf ?? `m${++sent}`
      chatOf(chat).set(externalId, text)
      return { status: 'accepted', externalId }
    },
    async remove({ chat, messages }) {
      for (const id of messages) chatOf(chat).delete(id)
      return { status: 'accepted', externalId: '' }
    },
    download: async () => new Uint8Array(),
    startLink: code => code,
  }
}
