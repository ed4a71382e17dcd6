import type { Input } from '../../bot/saved.ts'
import type { Deed } from './attempt.ts'
import { personal, type RoleName, roleNames, type World } from './world.ts'

/** What is tried, and by whom it may be done; everybody else is refused. */
export interface Row {
  /** `tap:claim`, `command:my`, `flow:request`, `start:c`, `group:bind`: what of the table of contents it is about. */
  of: string
  what?: string
  deed: (world: World) => Deed
  allowed: readonly RoleName[]
  /** What only some may read in the answer: the personal words if nothing else is said. */
  secret?: (world: World) => string[]
  sees?: readonly RoleName[]
}

const everyone = roleNames
const everyoneBut = (...names: RoleName[]) => roleNames.filter(name => !names.includes(name))
const helpers = ['approved', 'holder'] as const
const volunteers = [...helpers, 'helperNextDoor', 'helperFar'] as const
const cleared = ['districtCleared', 'countryCleared'] as const
const staffHere = ['district', 'region', 'country', 'deputy', ...cleared] as const
const staffOfRegion = ['region', 'country', 'countryCleared'] as const
const staff = [...staffHere, 'nextDistrict', 'otherRegion', 'otherRegionCleared'] as const

const press = (data: string): Deed => ({ press: data })
const words = Object.values(personal)

export const taps: Row[] = [
  { of: 'tap:claim', deed: w => press(`claim:${w.open.id}`), allowed: helpers, sees: helpers },
  { of: 'tap:claim', what: 'a restricted one', deed: w => press(`claim:${w.restricted.id}`), allowed: [] },
  {
    of: 'tap:claim',
    what: 'one that is taken',
    deed: w => press(`claim:${w.claimed.id}`),
    allowed: ['holder'],
  },
  {
    of: 'tap:more',
    deed: w => press(`more:${w.open.id}`),
    allowed: helpers,
    sees: helpers,
    secret: () => [personal.words],
  },
  {
    of: 'tap:more',
    what: 'never the address',
    deed: w => press(`more:${w.open.id}`),
    allowed: helpers,
    secret: () => words.filter(word => word !== personal.words),
  },
  {
    of: 'tap:claim',
    what: 'to which she has not said yes',
    deed: w => press(`claim:${w.unagreed.id}`),
    allowed: [],
  },
  {
    of: 'tap:more',
    what: 'to which she has not said yes',
    deed: w => press(`more:${w.unagreed.id}`),
    allowed: [],
  },
  { of: 'tap:more', what: 'a restricted one', deed: w => press(`more:${w.restricted.id}`), allowed: [] },
  { of: 'tap:onway', deed: w => press(`onway:${w.claimed.assignment}`), allowed: ['holder'] },
  { of: 'tap:done', deed: w => press(`done:${w.claimed.assignment}`), allowed: ['holder'] },
  { of: 'tap:release', deed: w => press(`release:${w.claimed.assignment}`), allowed: ['holder'] },
  { of: 'tap:still', deed: w => press(`still:${w.claimed.assignment}`), allowed: ['holder'] },
  { of: 'tap:problem', deed: w => press(`problem:${w.claimed.assignment}`), allowed: ['holder'] },
  { of: 'tap:note', deed: w => press(`note:${w.closed.id}`), allowed: ['holder'] },
  { of: 'tap:mood', deed: w => press(`mood:${w.closed.id}:good`), allowed: ['holder'] },
  { of: 'tap:confirm', deed: w => press(`confirm:${w.done.id}:yes`), allowed: ['asker'], sees: ['asker'] },
  {
    of: 'tap:confirm',
    what: 'that it failed',
    deed: w => press(`confirm:${w.done.id}:no`),
    allowed: ['asker'],
    sees: ['asker'],
  },
  { of: 'tap:rate', deed: w => press(`rate:${w.closed.id}:1`), allowed: ['asker'], sees: ['asker'] },
  { of: 'tap:sos', deed: () => press('sos:called'), allowed: everyone },
  { of: 'tap:news', deed: () => press('news:on'), allowed: everyone },
  { of: 'tap:same', deed: w => press(`same:${w.chatCode}`), allowed: everyoneBut('stranger') },
  { of: 'tap:samephone', what: 'nobody shares', deed: () => press('samephone'), allowed: [] },
  { of: 'tap:part', what: 'another’s', deed: w => press(`part:${w.open.id}`), allowed: [] },
  { of: 'tap:waqr', deed: () => press('waqr'), allowed: ['country', 'countryCleared'] },
  { of: 'tap:waagain', deed: () => press('waagain'), allowed: ['country', 'countryCleared'] },
  { of: 'tap:approve', deed: w => press(`approve:${w.people.pending.personId}`), allowed: staffHere },
  { of: 'tap:decline', deed: w => press(`decline:${w.people.pending.personId}`), allowed: staffHere },
  { of: 'tap:open', deed: w => press(`open:${w.open.id}`), allowed: staffHere, sees: staffHere },
  {
    of: 'tap:open',
    what: 'a restricted one',
    deed: w => press(`open:${w.restricted.id}`),
    allowed: cleared,
    sees: cleared,
  },
  { of: 'tap:reply', deed: w => press(`reply:${w.alert}`), allowed: staffHere },
  {
    of: 'tap:reply',
    what: 'about a restricted one',
    deed: w => press(`reply:${w.restrictedAlert}`),
    allowed: cleared,
  },
  { of: 'tap:resolve', deed: w => press(`resolve:${w.alert}`), allowed: staffHere, sees: staffHere },
  {
    of: 'tap:resolve',
    what: 'about a restricted one',
    deed: w => press(`resolve:${w.restrictedAlert}`),
    allowed: cleared,
    sees: cleared,
  },
  {
    of: 'tap:resolve',
    what: 'of a district nobody knows',
    deed: w => press(`resolve:${w.regionAlert}`),
    allowed: staffOfRegion,
    sees: staffOfRegion,
  },
  { of: 'tap:newsstop', deed: w => press(`newsstop:${w.broadcast}`), allowed: staffHere },
  { of: 'tap:uninvite', deed: w => press(`uninvite:${w.invitation}`), allowed: staffHere },
  {
    of: 'tap:deputy',
    deed: w => press(`deputy:${w.absence}`),
    allowed: ['district', ...staffOfRegion],
  },
  { of: 'tap:unabsent', deed: w => press(`unabsent:${w.absence}`), allowed: ['district', 'deputy'] },
  {
    of: 'tap:list',
    deed: () => press('list:alerts'),
    allowed: staff,
    secret: w => [...words, w.alert],
    sees: staffHere,
  },
  {
    of: 'tap:list',
    what: 'what waits of a restricted matter',
    deed: () => press('list:alerts'),
    allowed: staff,
    secret: w => [w.restrictedAlert],
    sees: cleared,
  },
  { of: 'tap:bindto', deed: () => ({ press: 'bindto:10-semei-city', group: '-100777' }), allowed: staffHere },
  { of: 'tap:bindto', what: 'in private', deed: () => press('bindto:10-semei-city'), allowed: [] },
  {
    of: 'tap:unbind',
    deed: w => ({ press: 'unbind:10-semei-city', group: w.boundGroup }),
    allowed: staffHere,
  },
]

const say = (text: string): Deed => ({ say: text })
const command = (name: string, allowed: readonly RoleName[], more: Partial<Row> = {}): Row => ({
  of: `command:${name}`,
  deed: () => say(`/${name}`),
  allowed,
  ...more,
})

export const commands: Row[] = [
  command('start', everyone),
  command('menu', everyone),
  command('my', everyone),
  command('who-saw', everyone, { sees: ['asker', 'elder'] }),
  command('who_saw', everyone, { sees: ['asker', 'elder'] }),
  command('person', everyone),
  command('human', everyone),
  command('delete', everyone),
  command('language', everyone),
  command('link', everyone),
  command('news', everyone),
  command('notes', everyone, { sees: ['asker', 'elder'] }),
  command('tasks', volunteers, { sees: ['holder'] }),
  command('duty', volunteers),
  command('hours', volunteers),
  command('queue', staff),
  command('digest', staff),
  command('settings', staff),
  command('week', staff),
  command('absence', staff),
  command('invite', staff),
  command('broadcast', staff),
  command('coordinators', staff, { secret: w => [w.role.district], sees: staffOfRegion }),
  command('volunteers', staff),
  command('fairness', staff),
]

const flow = (name: string, allowed: readonly RoleName[], more: Partial<Row> = {}): Row => ({
  of: `flow:${name}`,
  deed: () => ({ flow: name }),
  allowed,
  ...more,
})
const inside =
  (
    flow: string,
    given: (w: World) => Record<string, string>,
    ...goOn: Extract<Deed, { flow: string }>['goOn'] & {}
  ) =>
  (w: World): Deed => ({ flow, given: given(w), goOn })
const text = (words: string) => ({ said: { type: 'text', text: words } }) as const
const option = (id: string) => ({ option: id })
/** Only what the last step does counts, whatever the steps before it show. */
const lastOf = (flow: string, ...goOn: Input[]): Deed => into(flow, {}, ...goOn)
const into = (flow: string, given: Record<string, string>, ...goOn: Input[]): Deed => ({
  flow,
  given,
  goOn,
  meanwhile: 'nothing',
})
const endingRole = (name: string, role: string) =>
  into('coordinators', { name }, option(role), option('role.end'))

export const flows: Row[] = [
  flow('start', everyone),
  flow('language', everyone),
  flow('intake', everyone),
  flow('resume', everyone),
  flow('human', everyone),
  flow('erase', everyone),
  flow('news', everyone),
  flow('volunteer', everyoneBut('suspended')),
  flow('who-saw', everyone, { sees: ['asker', 'elder'] }),
  flow('notes', everyone, { sees: ['asker', 'elder'] }),
  flow('my-requests', everyone, {
    deed: w => ({ flow: 'my-requests', goOn: [{ option: w.open.id }] }),
    sees: ['asker'],
  }),
  flow('my-requests', ['asker'], {
    what: 'adding to another’s',
    deed: w => lastOf('my-requests', option(w.open.id), option('my.add'), text('Тағы нан')),
  }),
  flow('my-requests', ['asker'], {
    what: 'taking back another’s',
    sees: ['asker'],
    deed: w => lastOf('my-requests', option(w.open.id), option('my.cancel'), option('cancel.solved')),
  }),
  flow('notes', ['asker', 'elder'], {
    what: 'deleting about another',
    deed: w => lastOf('notes', option(w.note)),
  }),
  flow('absence', ['district', 'deputy'], {
    what: 'ending another’s',
    deed: w => lastOf('absence', option(w.absence)),
  }),
  flow('phone-request', staff, {
    what: 'whom the caller asked for before',
    deed: () =>
      lastOf(
        'phone-request',
        text('Айгүл'),
        text(personal.askerPhone),
        option('caller.other'),
        option('caller.yes'),
      ),
    secret: () => [personal.elder],
    sees: staffHere,
  }),
  flow('same-person', everyone),
  flow('meant', everyone, {
    deed: w => ({ flow: 'meant', goOn: [{ option: `confirm:${w.done.id}:yes` }] }),
    sees: ['asker'],
  }),
  flow('rating-words', ['asker'], {
    deed: inside('rating-words', w => ({ request: w.closed.id }), text('Рақмет')),
  }),
  flow('tasks', volunteers, { sees: ['holder'] }),
  flow('duty', volunteers),
  flow('hours', volunteers),
  flow('note', ['holder'], { deed: inside('note', w => ({ request: w.closed.id }), text('Есік коды 5')) }),
  flow('complete', ['holder'], {
    deed: w => ({
      flow: 'complete',
      given: { assignment: w.claimed.assignment },
      goOn: [text(w.claimed.pair)],
    }),
  }),
  flow('problem', ['holder'], {
    deed: inside('problem', w => ({ request: w.claimed.id }), text('Есік ашылмайды')),
  }),
  flow('coordinator-name', staff),
  flow('queue', staff),
  flow('queue', staff, {
    what: 'its open ones',
    deed: inside('queue', () => ({ filter: 'open' })),
    secret: w => [w.open.id],
    sees: staffHere,
  }),
  flow('queue', staff, {
    what: 'its restricted ones',
    deed: inside('queue', () => ({ filter: 'open' })),
    secret: w => [w.restricted.id],
    sees: cleared,
  }),
  flow('queue', staff, {
    what: 'what waits',
    deed: inside('queue', () => ({ filter: 'alerts' })),
    secret: w => [w.alert],
    sees: staffHere,
  }),
  flow('queue', staff, {
    what: 'what waits of a restricted matter',
    deed: inside('queue', () => ({ filter: 'alerts' })),
    secret: w => [w.restrictedAlert],
    sees: cleared,
  }),
  flow('queue', staff, {
    what: 'forms',
    deed: inside('queue', () => ({ filter: 'applicants' })),
    secret: w => [w.people.pending.personId],
    sees: staffHere,
  }),
  flow('queue', staff, {
    what: 'search by name',
    deed: inside('queue', () => ({ search: 'Құпиянова' })),
    secret: w => [w.open.id],
    sees: staffHere,
  }),
  flow('queue', staff, {
    what: 'search by phone',
    deed: inside('queue', () => ({ search: personal.phone })),
    secret: w => [w.open.id],
    sees: staffHere,
  }),
  flow('queue-several', staff, {
    deed: inside('queue-several', () => ({ filter: 'open' })),
    secret: w => [w.open.id],
    sees: staffHere,
  }),
  flow('request', staffHere, { deed: inside('request', w => ({ request: w.open.id })), sees: staffHere }),
  flow('request', cleared, {
    what: 'a restricted one',
    deed: inside('request', w => ({ request: w.restricted.id })),
    sees: cleared,
  }),
  flow('request', staffHere, {
    what: 'to close',
    deed: inside(
      'request',
      w => ({ request: w.open.id }),
      { option: 'queue.close' },
      { option: 'unmet' },
      text('Жоқ'),
    ),
    sees: staffHere,
  }),
  flow('reply', staffHere, {
    sees: staffHere,
    deed: inside('reply', w => ({ alert: w.alert }), text('Жауап')),
  }),
  flow('reply', cleared, {
    what: 'about a restricted one',
    sees: cleared,
    deed: inside('reply', w => ({ alert: w.restrictedAlert }), text('Жауап')),
  }),
  flow('phone-request', staff),
  flow('digest', staff),
  flow('week', staff),
  flow('digest-settings', staff),
  flow('absence', staff),
  flow('invite', staff),
  flow('broadcast', staff),
  flow('deputy', ['district', ...staffOfRegion], {
    deed: w => into('deputy', { absence: w.absence }, option(w.people.region.personId)),
  }),
  flow('coordinators', staff, { secret: w => [w.role.district], sees: staffOfRegion }),
  flow('coordinators', staffOfRegion, {
    what: 'taking away a role of a district',
    deed: w => endingRole('Марат', w.role.district),
  }),
  flow('coordinators', ['country', 'countryCleared'], {
    what: 'taking away that of the region',
    deed: w => endingRole('Оразбек', w.role.region),
  }),
  flow('coordinators', ['countryCleared'], {
    what: 'taking away that of the country',
    deed: w => endingRole('Сәуле', w.role.country),
  }),
  flow('coordinators', [], {
    what: 'taking away the last one that is cleared for the country',
    deed: w => endingRole('Шолпан', w.role.countryCleared),
  }),
  flow('volunteers', staff),
  flow('volunteer-card', staffHere, {
    deed: inside('volunteer-card', w => ({ volunteer: w.people.approved.personId })),
  }),
  flow('vet', staffHere, {
    deed: inside('vet', w => ({ volunteer: w.people.approved.personId, decision: 'suspend' }), text('Себеп')),
  }),
  flow('fairness', staff),
]

export const startCodes: Row[] = [
  {
    of: 'start:i',
    what: 'of somebody who holds less by now',
    deed: w => ({ link: `i-${w.staleCode}` }),
    allowed: [],
  },
  { of: 'start:c', deed: w => ({ link: `c-${w.open.id}` }), allowed: helpers, sees: helpers },
  { of: 'start:m', deed: w => ({ link: `m-${w.open.id}` }), allowed: helpers, sees: helpers },
  { of: 'start:s', deed: w => ({ link: `s-${w.chatCode}` }), allowed: everyone },
  { of: 'start:i', deed: w => ({ link: `i-${w.code}` }), allowed: everyone },
]

export const groupEvents: Row[] = [
  { of: 'group:bind', deed: w => ({ say: '/bind Семей', group: w.boundGroup }), allowed: staffHere },
]
