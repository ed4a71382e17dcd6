import type { Input } from '../../bot/saved.ts'
import type { Deed } from './attempt.ts'
import type { ChangeName } from './changes.ts'
import { personal, type RoleName, type World } from './world.ts'

/** A deed that was begun rightly: its last step is refused once something has changed meanwhile. */
export interface Branch {
  of: string
  what: string
  by: RoleName
  deed: (world: World) => Extract<Deed, { flow: string }>
  changes: readonly ChangeName[]
  /** If it is about what is read: what. */
  reads?: (world: World) => string
}

const text = (words: string): Input => ({ said: { type: 'text', text: words } })
const press = (option: string): Input => ({ option })
const into = (flow: string, given: Record<string, string>, ...goOn: Input[]) => ({ flow, given, goOn })

const territory: ChangeName[] = [
  'their role is revoked',
  'they coordinate another district',
  'it belongs to another region',
]
const open = (w: World, ...goOn: Input[]) => into('request', { request: w.open.id }, ...goOn)
const openOnes = (w: World, ...goOn: Input[]) =>
  into('queue-several', { filter: 'open' }, press(w.open.id), press('several.enough'), ...goOn)

const requests: Branch[] = [
  {
    of: 'flow:request',
    what: 'closing it',
    by: 'district',
    deed: w => open(w, press('queue.close'), press('unmet'), text('Жоқ')),
    changes: [...territory, 'it becomes restricted', 'it is closed'],
  },
  {
    of: 'flow:request',
    what: 'closing it for somebody who is away',
    by: 'deputy',
    deed: w => open(w, press('queue.close'), press('unmet'), text('Жоқ')),
    changes: ['the absence is over', 'their role is revoked'],
  },
  {
    of: 'flow:request',
    what: 'closing a restricted one',
    by: 'districtCleared',
    deed: w =>
      into('request', { request: w.restricted.id }, press('queue.close'), press('unmet'), text('Жоқ')),
    changes: [...territory, 'they are cleared no more'],
  },
  {
    of: 'flow:request',
    what: 'assigning it',
    by: 'district',
    deed: w => open(w, press('queue.assign'), press(w.people.approved.personId)),
    changes: [
      ...territory,
      'it becomes restricted',
      'it is closed',
      'she has not agreed',
      'the helper is suspended',
      'the helper moves away',
    ],
  },
  {
    of: 'flow:request',
    what: 'merging it',
    by: 'district',
    deed: w => into('request', { request: w.repeat.id }, press('queue.merge'), press('merge.yes')),
    changes: [...territory, 'it becomes restricted', 'it is closed'],
  },
  {
    of: 'flow:request',
    what: 'its public words',
    by: 'district',
    deed: w => open(w, press('queue.words'), text('Дәрі керек'), press('words.yes')),
    changes: [...territory, 'it becomes restricted', 'it is closed'],
  },
  {
    of: 'flow:request',
    what: 'the yes of the older person',
    by: 'district',
    deed: w => into('request', { request: w.unagreed.id }, press('queue.agreed')),
    changes: [...territory, 'it becomes restricted', 'it is closed'],
  },
  {
    of: 'flow:request',
    what: 'erasing who asked',
    by: 'countryCleared',
    deed: w => open(w, press('queue.erase'), press('erase.asker'), press('erase.yes')),
    changes: ['their role is revoked', 'they coordinate another district', 'they are cleared no more'],
  },
  {
    of: 'flow:request',
    what: 'who saw the address',
    by: 'district',
    deed: w => into('request', { request: w.claimed.id }, press('my.saw')),
    changes: [...territory, 'it becomes restricted'],
    reads: () => personal.elder,
  },
  {
    of: 'flow:queue-several',
    what: 'closing them',
    by: 'district',
    deed: w => openOnes(w, press('several.close'), press('unmet'), text('Жоқ'), press('several.yes')),
    changes: [...territory, 'it becomes restricted', 'it is closed'],
  },
  {
    of: 'flow:queue-several',
    what: 'giving them to a helper',
    by: 'district',
    deed: w => openOnes(w, press('several.assign'), press(w.people.approved.personId), press('several.yes')),
    changes: [
      ...territory,
      'it becomes restricted',
      'it is closed',
      'she has not agreed',
      'the helper is suspended',
      'the helper moves away',
    ],
  },
  {
    of: 'flow:queue-several',
    what: 'the names of helpers',
    by: 'district',
    deed: w => openOnes(w, press('several.assign')),
    changes: [...territory, 'it becomes restricted'],
    reads: w => w.people.approved.personId,
  },
  {
    of: 'flow:queue-several',
    what: 'writing to those who asked',
    by: 'district',
    deed: w => openOnes(w, press('several.write'), text('Сәлем'), press('several.yes')),
    changes: [...territory, 'it becomes restricted'],
  },
]

const others: Branch[] = [
  {
    of: 'flow:queue',
    what: 'a search',
    by: 'district',
    deed: () => into('queue', {}, text('Құпиянова')),
    changes: [...territory, 'it becomes restricted'],
    reads: w => w.open.id,
  },
  {
    of: 'flow:reply',
    what: 'to a call',
    by: 'district',
    deed: w => into('reply', { alert: w.alert }, text('Жауап')),
    changes: [...territory, 'it becomes restricted'],
  },
  {
    of: 'flow:reply',
    what: 'to a restricted call',
    by: 'districtCleared',
    deed: w => into('reply', { alert: w.restrictedAlert }, text('Жауап')),
    changes: [...territory, 'they are cleared no more'],
  },
  {
    of: 'flow:vet',
    what: 'suspending',
    by: 'district',
    deed: w => into('vet', { volunteer: w.people.approved.personId, decision: 'suspend' }, text('Себеп')),
    changes: territory,
  },
  {
    of: 'flow:volunteer-card',
    what: 'restoring',
    by: 'district',
    deed: w =>
      into(
        'volunteer-card',
        { volunteer: w.people.suspended.personId },
        press('restore'),
        press('why.settled'),
      ),
    changes: territory,
  },
  {
    of: 'flow:broadcast',
    what: 'sending it',
    by: 'district',
    deed: () => into('broadcast', {}, press('news.people'), text('Концерт'), press('news.send')),
    changes: ['their role is revoked', 'they coordinate another district'],
  },
  {
    of: 'flow:invite',
    what: 'with clearance',
    by: 'districtCleared',
    deed: () => into('invite', {}, press('invite.coordinator'), press('yes'), press('1'), press('7')),
    changes: ['their role is revoked', 'they coordinate another district', 'they are cleared no more'],
  },
  {
    of: 'flow:coordinators',
    what: 'taking a role away',
    by: 'region',
    deed: w => into('coordinators', { name: 'Марат' }, press(w.role.district), press('role.end')),
    changes: [
      'their role is revoked',
      'they coordinate another district',
      'the colleague coordinates elsewhere',
      'the colleague’s role is over',
    ],
  },
  {
    of: 'flow:deputy',
    what: 'naming another',
    by: 'region',
    deed: w => into('deputy', { absence: w.absence }, press(w.people.region.personId)),
    changes: [
      'their role is revoked',
      'they coordinate another district',
      'the colleague coordinates elsewhere',
      'the colleague’s role is over',
    ],
  },
  {
    of: 'flow:fairness',
    what: 'joining two',
    by: 'district',
    deed: w => into('fairness', {}, press(w.people.approved.personId)),
    changes: [...territory, 'the helper is suspended', 'the helper moves away', 'she has not agreed'],
  },
  {
    of: 'flow:phone-request',
    what: 'an address that is known',
    by: 'district',
    deed: w =>
      into(
        'phone-request',
        {},
        text('Айгүл'),
        text(personal.askerPhone),
        press('caller.other'),
        press('caller.yes'),
        press(w.open.elderId),
        press('cat.medical'),
        press('today'),
        text('Дәрі керек'),
        press('text.enough'),
      ),
    changes: territory,
    reads: () => personal.street,
  },
]

const helpers: Branch[] = [
  {
    of: 'flow:complete',
    what: 'the pair of digits',
    by: 'holder',
    deed: w => into('complete', { assignment: w.claimed.assignment }, text(w.claimed.pair)),
    changes: ['they are suspended', 'another holds it', 'it is closed'],
  },
  {
    of: 'flow:problem',
    what: 'what is wrong',
    by: 'holder',
    deed: w => into('problem', { request: w.claimed.id }, text('Есік ашылмайды')),
    changes: ['they are suspended'],
  },
  {
    of: 'flow:note',
    what: 'for the next helper',
    by: 'holder',
    deed: w => into('note', { request: w.closed.id }, text('Есік коды 5')),
    changes: ['they are suspended'],
  },
  {
    of: 'flow:volunteer',
    what: 'a form left half-done',
    by: 'pending',
    deed: () =>
      into(
        'volunteer',
        {},
        press('consent.yes'),
        press('yes'),
        text('Жаңа Көмекші'),
        text('+77019990033'),
        text('Семей'),
        press('vol.where.enough'),
        press('vol.skills.enough'),
        press('vol.promise'),
      ),
    changes: ['they are suspended'],
  },
]

const families: Branch[] = [
  {
    of: 'flow:notes',
    what: 'deleting one',
    by: 'asker',
    deed: w => into('notes', {}, press(w.note)),
    changes: ['they are family no more'],
  },
]

export const branches: Branch[] = [...requests, ...others, ...helpers, ...families]
