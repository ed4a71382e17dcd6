import { addAbsence } from '../../db/absences.ts'
import { findAlertAbout, raiseAlert } from '../../db/alerts.ts'
import { createBroadcast } from '../../db/broadcasts.ts'
import { claimRequest, markDone } from '../../db/claims.ts'
import type { OpenDatabase, Store } from '../../db/client.ts'
import { transact } from '../../db/client.ts'
import { eq } from '../../db/drizzle.ts'
import { addElder, getElder, updateElder } from '../../db/elders.ts'
import { createInvitation, readInvitation } from '../../db/invitations.ts'
import { setWantsNews } from '../../db/news.ts'
import { addNote, listNotes } from '../../db/notes.ts'
import { setName, setPhone } from '../../db/people.ts'
import { getRequest, type Request } from '../../db/requests.ts'
import { createChatCode } from '../../db/same-person.ts'
import { addresses, elders, groups, roles } from '../../db/schema.ts'
import { raiseAndTell } from '../../deeds/alert-card.ts'
import { closeWith } from '../../deeds/close.ts'
import {
  coordinator,
  farDistrict,
  helper,
  type Need,
  type Neighbour,
  neighbour,
  noon,
  otherDistrict,
  otherRegion,
  request,
  semey,
} from '../town/quick.ts'
import { openTown, type Town } from '../town/town.ts'
import { fingerprint } from './attempt.ts'

/** Who tries: whose word counts where, and whose does not. Everything they try is about the district of Semey. */
export const roleNames = [
  'asker',
  'elder',
  'stranger',
  'otherAsker',
  'pending',
  'approved',
  'holder',
  'suspended',
  'helperNextDoor',
  'helperFar',
  'district',
  'districtCleared',
  'nextDistrict',
  'region',
  'otherRegion',
  'otherRegionCleared',
  'country',
  'countryCleared',
  /** Coordinates another region, and stands in for `district` today. */
  'deputy',
  'revoked',
] as const
export type RoleName = (typeof roleNames)[number]

/** What only those who may see it must ever read. */
export const personal = {
  elder: 'Зейнеп Құпиянова',
  asker: 'Айгүл Сырлыева',
  street: 'Құпия көшесі',
  phone: '+77019990011',
  askerPhone: '+77019990022',
  words: 'жасырын сөз',
  note: 'кіреберіс коды жасырын',
}

export interface World {
  store: Store
  /** What every table held before anybody tried anything. */
  before: ReadonlyMap<string, string>
  people: Record<RoleName, { personId: string; chat: string }>
  open: Request
  claimed: Request & { assignment: string; pair: string }
  done: Request
  closed: Request
  restricted: Request
  /** The same as `open` once more, and one to which the older person has not said yes. */
  repeat: Request
  unagreed: Request
  note: string
  alert: string
  restrictedAlert: string
  /** Of the region, but of no district that anybody knows. */
  regionAlert: string
  broadcast: string
  invitation: string
  code: string
  /** Leads to the stranger's chat. */
  chatCode: string
  /** Made with clearance by somebody who has it no more. */
  staleCode: string
  boundGroup: string
  absence: string
  /** A role of these coordinators. */
  role: Record<RoleName, string>
}

export async function openWorld(database: OpenDatabase): Promise<World> {
  const town = await openTown(database, { channel: 'telegram', language: 'ru' })
  town.at(noon.toISOString())
  const { store } = town
  const cast = await gather(town)
  await town.group('Көршілер', [cast.country])
  await cast.country.in('Көршілер').pressesData(`bindto:${semey}`)
  const [group] = await store.db.select().from(groups)
  const { asker, holder, elder } = cast
  await setName(store, asker.personId, personal.asker)
  await setPhone(store, asker.personId, personal.askerPhone)
  const ask = (need: Need = {}) => secretRequest(town, asker, elder, need)
  const open = await ask()
  const claimed = await ask()
  const done = await ask()
  const closed = await ask()
  const restricted = await ask({ category: 'safety' })
  const repeat = await ask()
  const unagreed = await ask({ agreed: false, category: 'household' })
  await forget(store, cast.otherAsker)
  await setWantsNews(store, asker.personId, true, noon)
  await request(town, cast.otherAsker)
  const held = await hold(store, claimed, holder)
  await hold(store, done, holder)
  await markDone(store, done.id, noon)
  await hold(store, closed, holder)
  await transact(store, async inner =>
    closeWith({ store: inner, me: { id: asker.personId }, at: noon }, await getRequest(inner, closed.id), {
      outcome: 'fulfilled',
      confirmation: 'requester',
      reason: 'confirmed',
    }),
  )
  const { elderId, regionId } = closed
  const note = { elderId, regionId, requestId: closed.id, writtenBy: holder.personId }
  await addNote(store, { ...note, words: personal.note, at: noon })
  const code = await invitationCode(store, cast.district.personId)
  const expiresAt = new Date(noon.getTime() + 86_400_000)
  const chatCode = await createChatCode(store, { personId: cast.stranger.personId, at: noon, expiresAt })
  const found = await readInvitation(store, code, noon)
  const going = await createBroadcast(store, {
    audience: 'people',
    regionId: '10',
    districtId: semey,
    words: { ru: 'Концерт' },
    total: 1,
    createdBy: cast.district.personId,
    at: noon,
  })
  const [personId, deputyId] = [cast.district.personId, cast.deputy.personId]
  const days = { fromDay: '2026-11-23', toDay: '2026-11-23' }
  const absence = await addAbsence(store, { personId, deputyId, ...days, at: noon })
  const world = {
    store,
    people: await peopleOf(store, cast),
    open,
    claimed: { ...claimed, assignment: held.id, pair: held.doorCode.slice(2) },
    done,
    closed,
    restricted,
    repeat,
    unagreed,
    note: (await listNotes(store, elderId))[0]?.id ?? '',
    alert: await alertAbout(store, open),
    restrictedAlert: await alertAbout(store, restricted),
    regionAlert: await alertOf(store, asker.personId),
    broadcast: going.id,
    invitation: typeof found === 'string' ? '' : found.id,
    code,
    chatCode,
    staleCode: await invitationCode(store, cast.district.personId, { cleared: true }),
    boundGroup: group?.chat ?? '',
    absence: absence.id,
    role: await rolesOf(store, cast),
  }
  await town.settle()
  return { ...world, before: await fingerprint(store.db) }
}

async function gather(town: Town): Promise<Record<RoleName, Neighbour>> {
  const inTen = { regionId: '10', cleared: false }
  const revoked = await coordinator(town, 'Бұрынғы', { ...inTen, districtId: semey })
  await town.store.db.update(roles).set({ revokedAt: noon }).where(eq(roles.personId, revoked.personId))
  return {
    asker: await neighbour(town, 'Айгүл'),
    elder: await neighbour(town, 'Әже'),
    stranger: await neighbour(town, 'Бөтен'),
    otherAsker: await neighbour(town, 'Көрші'),
    pending: await helper(town, 'Жаңа', { status: 'pending' }),
    approved: await helper(town, 'Дина'),
    holder: await helper(town, 'Тимур'),
    suspended: await helper(town, 'Тоқтатылған', { status: 'suspended' }),
    helperNextDoor: await helper(town, 'Көршілес', { districtIds: [otherDistrict] }),
    helperFar: await helper(town, 'Алыс', { districtIds: [farDistrict] }),
    district: await coordinator(town, 'Марат', { ...inTen, districtId: semey }),
    districtCleared: await coordinator(town, 'Мәди', { ...inTen, districtId: semey, cleared: true }),
    nextDistrict: await coordinator(town, 'Нұрлан', { ...inTen, districtId: otherDistrict, cleared: true }),
    region: await coordinator(town, 'Оразбек', inTen),
    otherRegion: await coordinator(town, 'Ольга', { regionId: otherRegion, cleared: false }),
    otherRegionCleared: await coordinator(town, 'Петр', { regionId: otherRegion, cleared: true }),
    country: await coordinator(town, 'Сәуле', { cleared: false }),
    countryCleared: await coordinator(town, 'Шолпан', { cleared: true }),
    deputy: await coordinator(town, 'Тілек', { regionId: otherRegion, cleared: false }),
    revoked,
  }
}

/** A request of the asker's for the older person, who has a chat of her own. */
async function secretRequest(town: Town, asker: Neighbour, elder: Neighbour, need: Need): Promise<Request> {
  const { store } = town
  const home = { settlement: '', text: `${personal.street} 17` }
  const made = await request(town, asker, { ...need, details: personal.words, home })
  const known = await getElder(store, made.elderId)
  await updateElder(store, made.elderId, { ...known, name: personal.elder, phone: personal.phone })
  await store.db.update(elders).set({ personId: elder.personId }).where(eq(elders.id, made.elderId))
  return made
}

/** Somebody whom nobody has seen since the summer. */
async function forget(store: Store, { personId }: Neighbour) {
  const home = { settlement: '', text: 'ул. Абая 12' }
  const elder = {
    regionId: '10',
    districtId: semey,
    name: 'Ұмыт',
    home,
    phone: '+77011234567',
    agreed: true,
    self: false,
  }
  await addElder(store, { personId, at: new Date('2026-07-01T06:00:00Z') }, elder)
}

async function hold(store: Store, { id }: Request, holder: Neighbour) {
  const claim = { requestId: id, volunteerId: holder.personId, via: 'claim', at: noon } as const
  const held = await transact(store, inner => claimRequest(inner, claim))
  if (!held) throw new Error('The request could not be claimed')
  return held
}

async function alertAbout(store: Store, { id, requesterId, regionId, districtId }: Request): Promise<string> {
  const about = { regionId, districtId, personId: requesterId, requestId: id }
  await transact(store, inner =>
    raiseAndTell(
      inner,
      { kind: 'human', ...about, words: personal.words, at: noon },
      { actorId: requesterId },
    ),
  )
  return (await findAlertAbout(store, id, 'human'))?.id ?? ''
}

function alertOf(store: Store, personId: string): Promise<string> {
  const place = { regionId: '10', districtId: null }
  const call = {
    kind: 'human',
    personId,
    requestId: null,
    words: personal.words,
    at: noon,
    dueAt: noon,
  } as const
  return raiseAlert(store, { ...call, ...place })
}

function invitationCode(store: Store, createdBy: string, more: { cleared?: boolean } = {}): Promise<string> {
  const expiresAt = new Date(noon.getTime() + 86_400_000)
  const territory = { regionId: '10', districtId: semey, cleared: false, ...more }
  return createInvitation(store, {
    ...territory,
    kind: 'coordinator',
    usesMax: 5,
    createdBy,
    at: noon,
    expiresAt,
  })
}

async function rolesOf(store: Store, cast: Record<RoleName, Neighbour>): Promise<World['role']> {
  const known = await store.db.select().from(roles)
  const roleOf = (id: string) => known.find(({ personId }) => personId === id)?.id ?? ''
  return Object.fromEntries(roleNames.map(name => [name, roleOf(cast[name].personId)])) as World['role']
}

async function peopleOf(store: Store, cast: Record<RoleName, Neighbour>): Promise<World['people']> {
  const known = await store.db.select().from(addresses)
  const chatOf = (personId: string) => known.find(address => address.personId === personId)?.externalId ?? ''
  const entries = roleNames.map(name => {
    const { personId } = cast[name]
    return [name, { personId, chat: chatOf(personId) }] as const
  })
  return Object.fromEntries(entries) as World['people']
}
