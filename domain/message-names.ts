/** What the first id of a name is of. With it the name is forgotten; the `passing` ones are forgotten by their age. */
export type About = 'request' | 'assignment' | 'alert' | 'person' | 'passing'

/**
 * What is edited or taken away later is sent under a name: its kind, what it is about, and often in whose chat, with
 * colons between. Every kind stands here; nothing can be sent under another.
 */
export const messageKinds = {
  /** A group's post about a request. */
  post: 'request',
  /** Whether help was given. */
  confirm: 'request',
  /** How good the help was. */
  rating: 'request',
  /** Thanks for a help, with how the older person is and what the next helper should know. */
  note: 'request',
  /** Whether a volunteer, asked in private, would take a request. */
  ask: 'request',
  /** How a request goes, for who asked and who is helped. */
  living: 'request',
  /** That a helper cannot come. */
  released: 'request',
  /** A request with its address, and the voices and photos beside it, in a coordinator's chat. */
  seen: 'request',
  seenpiece: 'request',
  /** The address in its helper's chat, and what was passed on beside it. */
  card: 'assignment',
  piece: 'assignment',
  /** Whether a silent helper is still on it. */
  still: 'assignment',
  /** An alert in a coordinator's chat. */
  alert: 'alert',
  /** A look at a request before the claim; all of a volunteer's go at once. */
  preview: 'person',
  /** A volunteer's form in a coordinator's chat. */
  form: 'person',
  /** What a flow that shows others' names has said last to this person. */
  told: 'passing',
  invitation: 'passing',
  absence: 'passing',
  /** How a broadcast goes. */
  broadcast: 'passing',
} as const satisfies Record<string, About>

export type MessageKind = keyof typeof messageKinds
export type MessageName = `${MessageKind}:${string}`

/** An empty last id makes the beginning that all such names have. */
function nameOf(kind: MessageKind, ...ids: readonly string[]): MessageName {
  return `${kind}:${ids.join(':')}`
}

/** What messages about this can be named by, alone or with more ids behind. */
export function namesAbout(about: About, id: string): MessageName[] {
  return kindsAbout(about).map(kind => nameOf(kind, id))
}

export function kindsAbout(about: About): MessageKind[] {
  return (Object.keys(messageKinds) as MessageKind[]).filter(kind => messageKinds[kind] === about)
}

/** Of what kind the message of this name is, and the id of what it is about. */
export function readRef(ref: string): { kind: string; id: string } {
  const [kind = '', id = ''] = ref.split(':')
  return { kind, id }
}

/** In whose chat it is, of the kinds that say so. */
export function readerOf(ref: string): string {
  return ref.slice(ref.lastIndexOf(':') + 1)
}

export const postRef = (requestId: string, groupId: string) => nameOf('post', requestId, groupId)
export const confirmRef = (requestId: string) => nameOf('confirm', requestId)
export const ratingRef = (requestId: string) => nameOf('rating', requestId)
export const noteRef = (requestId: string) => nameOf('note', requestId)
export const askRef = (requestId: string, volunteerId: string) => nameOf('ask', requestId, volunteerId)
export const livingRef = (requestId: string, personId: string) => nameOf('living', requestId, personId)
export const releasedRef = (requestId: string, personId: string) => nameOf('released', requestId, personId)
export const seenRef = (requestId: string, coordinatorId: string) => nameOf('seen', requestId, coordinatorId)
export const seenPieceRef = (requestId: string, coordinatorId: string, pieceId: string) =>
  nameOf('seenpiece', requestId, coordinatorId, pieceId)
export const cardRef = (assignmentId: string) => nameOf('card', assignmentId)
export const pieceRef = (assignmentId: string, pieceId: string) => nameOf('piece', assignmentId, pieceId)
export const stillRef = (assignmentId: string) => nameOf('still', assignmentId)
export const alertRef = (alertId: string, coordinatorId: string) => nameOf('alert', alertId, coordinatorId)
export const previewRef = (requestId: string, volunteerId: string) =>
  nameOf('preview', volunteerId, requestId)
export const formRef = (volunteerId: string, coordinatorId: string) =>
  nameOf('form', volunteerId, coordinatorId)
/** Ends with a colon: one flow's name may be the beginning of another's. */
export const toldRef = (personId: string, flow: string) => nameOf('told', personId, flow, '')
export const invitationRef = (invitationId: string, coordinatorId: string) =>
  nameOf('invitation', invitationId, coordinatorId)
export const absenceRef = (absenceId: string, personId: string) => nameOf('absence', absenceId, personId)
export const broadcastRef = (broadcastId: string) => nameOf('broadcast', broadcastId)
