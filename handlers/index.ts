import { absence, unabsent } from './absence.ts'
import { approve, decline, vet } from './approve.ts'
import { broadcast, stopNews } from './broadcast.ts'
import { claim, more, onWay, problem, release, still } from './claim.ts'
import { complete, done, problemWords } from './complete.ts'
import { confirm, rate, ratingWords } from './confirm.ts'
import { coordinatorName } from './coordinator-name.ts'
import { coordinators } from './coordinators.ts'
import { deputy, otherDeputy } from './deputy.ts'
import type { Flow, Reaction, Who } from './dialog.ts'
import { digest, openList, week } from './digest.ts'
import { digestSettings } from './digest-settings.ts'
import { duty } from './duty.ts'
import { erase } from './erase.ts'
import { fairness } from './fairness.ts'
import { bind, bindToPressed, joined, left, unbind } from './group.ts'
import { help, replyTo, resolve, sosAnswer } from './help.ts'
import { hours } from './hours.ts'
import { human, reply } from './human.ts'
import { intake } from './intake.ts'
import { invite, uninvite } from './invite.ts'
import { accept } from './invited.ts'
import { meant } from './meant.ts'
import { mood } from './mood.ts'
import { myRequests } from './my-requests.ts'
import { news, newsSwitch } from './news.ts'
import { elderNotes, note, writeNote } from './notes.ts'
import { resumePaired, showPairing } from './pairing.ts'
import { phoneRequest } from './phone-request.ts'
import { queue } from './queue.ts'
import { oneRequest, openRequest } from './queue-request.ts'
import { several } from './queue-several.ts'
import { joinByCode, joinByPhone, openSame, partAgain, samePerson } from './same-person.ts'
import { language, resume, start } from './start.ts'
import { tasks } from './tasks.ts'
import { volunteer } from './volunteer.ts'
import { volunteerCard, volunteers } from './volunteers.ts'
import { whoSaw } from './who-saw.ts'

/**
 * The table of contents: every conversation, who may have it, and what begins it. In a `form` answers that were
 * stepped back over come back, and a long pause ends with a question instead of a guess. What is said in a `fleeting`
 * one shows others' names and phones: it leaves the chat with the next step.
 */
export const flows: Readonly<Record<string, { run: Flow; who: Who; form?: true; fleeting?: true }>> = {
  start: { run: start, who: 'anyone' },
  language: { run: language, who: 'anyone' },
  intake: { run: intake, who: 'anyone', form: true },
  resume: { run: resume, who: 'anyone' },
  'my-requests': { run: myRequests, who: 'anyone' },
  'who-saw': { run: whoSaw, who: 'anyone' },
  news: { run: news, who: 'anyone' },
  human: { run: human, who: 'anyone' },
  'same-person': { run: samePerson, who: 'anyone' },
  erase: { run: erase, who: 'anyone' },
  meant: { run: meant, who: 'anyone' },
  'rating-words': { run: ratingWords, who: 'anyone' },
  volunteer: { run: volunteer, who: 'anyone' },
  tasks: { run: tasks, who: 'volunteer' },
  duty: { run: duty, who: 'volunteer' },
  hours: { run: hours, who: 'volunteer' },
  note: { run: writeNote, who: 'volunteer' },
  notes: { run: elderNotes, who: 'anyone' },
  complete: { run: complete, who: 'volunteer' },
  problem: { run: problemWords, who: 'volunteer' },
  'coordinator-name': { run: coordinatorName, who: 'coordinator' },
  queue: { run: queue, who: 'coordinator', fleeting: true },
  'queue-several': { run: several, who: 'coordinator', fleeting: true },
  'phone-request': { run: phoneRequest, who: 'coordinator', form: true, fleeting: true },
  request: { run: oneRequest, who: 'coordinator', fleeting: true },
  digest: { run: digest, who: 'coordinator' },
  week: { run: week, who: 'coordinator' },
  'digest-settings': { run: digestSettings, who: 'coordinator' },
  absence: { run: absence, who: 'coordinator' },
  deputy: { run: otherDeputy, who: 'coordinator' },
  invite: { run: invite, who: 'coordinator' },
  coordinators: { run: coordinators, who: 'coordinator', fleeting: true },
  broadcast: { run: broadcast, who: 'coordinator' },
  reply: { run: reply, who: 'coordinator' },
  volunteers: { run: volunteers, who: 'coordinator', fleeting: true },
  'volunteer-card': { run: volunteerCard, who: 'coordinator', fleeting: true },
  vet: { run: vet, who: 'coordinator', fleeting: true },
  fairness: { run: fairness, who: 'coordinator', fleeting: true },
}

/** Commands as typed or chosen from the messenger's menu, each with the flow it begins. */
export const commands: Readonly<Record<string, string>> = {
  start: 'start',
  menu: 'start',
  my: 'my-requests',
  'who-saw': 'who-saw',
  // The messenger's own menu knows no dash.
  who_saw: 'who-saw',
  person: 'human',
  human: 'human',
  delete: 'erase',
  language: 'language',
  link: 'same-person',
  tasks: 'tasks',
  duty: 'duty',
  hours: 'hours',
  notes: 'notes',
  volunteers: 'volunteers',
  fairness: 'fairness',
  queue: 'queue',
  digest: 'digest',
  week: 'week',
  settings: 'digest-settings',
  absence: 'absence',
  invite: 'invite',
  coordinators: 'coordinators',
  broadcast: 'broadcast',
  news: 'news',
}

/** One-tap reactions: the first word of a button's data. */
export const taps: Readonly<Record<string, { run: Reaction; who: Who }>> = {
  claim: { run: claim, who: 'anyone' },
  more: { run: more, who: 'anyone' },
  onway: { run: onWay, who: 'volunteer' },
  done: { run: done, who: 'volunteer' },
  release: { run: release, who: 'volunteer' },
  still: { run: still, who: 'volunteer' },
  problem: { run: problem, who: 'volunteer' },
  note: { run: note, who: 'volunteer' },
  mood: { run: mood, who: 'volunteer' },
  confirm: { run: confirm, who: 'anyone' },
  rate: { run: rate, who: 'anyone' },
  sos: { run: sosAnswer, who: 'anyone' },
  news: { run: newsSwitch, who: 'anyone' },
  same: { run: joinByCode, who: 'anyone' },
  samephone: { run: joinByPhone, who: 'anyone' },
  part: { run: partAgain, who: 'anyone' },
  approve: { run: approve, who: 'coordinator' },
  decline: { run: decline, who: 'coordinator' },
  open: { run: openRequest, who: 'coordinator' },
  reply: { run: replyTo, who: 'coordinator' },
  resolve: { run: resolve, who: 'coordinator' },
  newsstop: { run: stopNews, who: 'coordinator' },
  uninvite: { run: uninvite, who: 'coordinator' },
  list: { run: openList, who: 'coordinator' },
  unabsent: { run: unabsent, who: 'coordinator' },
  deputy: { run: deputy, who: 'coordinator' },
  bindto: { run: bindToPressed, who: 'coordinator' },
  unbind: { run: unbind, who: 'coordinator' },
  waqr: { run: showPairing, who: 'coordinator' },
  waagain: { run: resumePaired, who: 'coordinator' },
}

/** What a start link brings: the letters before the dash. */
export const startCodes: Readonly<Record<string, Reaction>> = { i: accept, c: claim, m: more, s: openSame }

/** What happens in and to a group, apart from buttons. */
export const groupEvents: Readonly<Record<'botAdded' | 'botRemoved' | 'bind', Reaction>> = {
  botAdded: joined,
  botRemoved: left,
  bind,
}

/** "How it works", said at any step. */
export const helpReaction: Reaction = help
