/** The life of one request as its rules tell it, without a database: what the real one is compared with. */

export const volunteers = ['Тимур', 'Дина'] as const
/** Who presses what is not theirs: one whose access has ended, and one who never joined. */
export const outsiders = ['Руслан', 'Мадина'] as const
export type Volunteer = (typeof volunteers)[number]
export type Anybody = Volunteer | (typeof outsiders)[number] | 'Айгүл'

export type Act =
  | { what: 'claim' | 'onway' | 'release' | 'done' | 'pair' | 'wrongPair'; who: Anybody }
  | { what: 'yes' | 'no'; who: Anybody }
  | { what: 'cancel' | 'close' }
  | { what: 'assign'; whom: Volunteer }

export interface Life {
  status: 'open' | 'claimed' | 'done' | 'closed'
  outcome: string | null
  confirmation: string | null
  holder: Volunteer | null
  triesLeft: number
}

const triesMax = 3

export const begun: Life = {
  status: 'open',
  outcome: null,
  confirmation: null,
  holder: null,
  triesLeft: triesMax,
}

/** What an act makes of a request; the same object where it may change nothing. */
export function after(life: Life, act: Act): Life {
  if (life.status === 'closed') return life
  switch (act.what) {
    case 'claim':
      return life.status === 'open' && isVolunteer(act.who) ? heldBy(life, act.who) : life
    case 'assign':
      return act.whom === life.holder ? life : heldBy(life, act.whom)
    case 'release':
      return act.who === life.holder ? { ...begun } : life
    case 'done':
      return act.who === life.holder ? { ...life, status: 'done' } : life
    case 'pair':
      if (act.who !== life.holder) return life
      return life.triesLeft > 0 ? closed(life, 'fulfilled', 'door') : { ...life, status: 'done' }
    case 'wrongPair':
      return act.who === life.holder ? wrong(life) : life
    case 'yes':
      return life.status === 'done' && act.who === 'Айгүл' ? closed(life, 'fulfilled', 'requester') : life
    case 'no':
      return life.status === 'done' && act.who === 'Айгүл' ? { ...begun } : life
    case 'cancel':
      return closed(life, 'cancelled', null)
    case 'close':
      return closed(life, 'unmet', null)
    default:
      return life
  }
}

function isVolunteer(who: Anybody): who is Volunteer {
  return volunteers.some(volunteer => volunteer === who)
}

function heldBy(life: Life, holder: Volunteer): Life {
  return { ...life, status: 'claimed', holder, triesLeft: triesMax }
}

/** The third wrong pair asks the older side instead. */
function wrong(life: Life): Life {
  const triesLeft = Math.max(0, life.triesLeft - 1)
  return { ...life, triesLeft, status: triesLeft === 0 ? 'done' : life.status }
}

function closed(life: Life, outcome: string, confirmation: string | null): Life {
  return { ...life, status: 'closed', outcome, confirmation, holder: null }
}
