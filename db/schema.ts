import { sql } from './drizzle.ts'
import {
  boolean,
  customType,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from './drizzle-pg.ts'

/** Encrypted by db/cipher.ts before it gets here; the column never sees the plain value. */
const sealed = customType<{ data: Uint8Array; driverData: Uint8Array }>({
  dataType: () => 'bytea',
  toDriver: value => Buffer.from(value.buffer, value.byteOffset, value.byteLength),
})
const at = (name: string) => timestamp(name, { withTimezone: true })
const id = () => uuid('id').primaryKey()

export const people = pgTable(
  'people',
  {
    id: id(),
    language: text('language'),
    name: text('name'),
    phone: sealed('phone'),
    phoneIndex: text('phone_index'),
    /** Agreed to hear of news and gatherings; nobody does by silence. */
    wantsNews: boolean('wants_news').notNull().default(false),
    createdAt: at('created_at').notNull(),
    erasedAt: at('erased_at'),
  },
  table => [index('people_phone').on(table.phoneIndex)],
)

/** How a person is reached on a channel. The row is also the lock of the person's chat. */
export const addresses = pgTable(
  'addresses',
  {
    id: id(),
    personId: uuid('person_id').notNull(),
    channel: text('channel').notNull(),
    externalId: text('external_id').notNull(),
    /** False when the person only acts in a group and has never written to the bot itself, or has blocked it. */
    reachable: boolean('reachable').notNull(),
    lastInboundAt: at('last_inbound_at').notNull(),
    /** Ahead of the time by what was sent faster than anybody writes: see `db/people.ts`. */
    heardUntil: at('heard_until'),
    /** The phone that the platform itself vouches for, where it tells one. */
    phone: sealed('phone'),
    phoneIndex: text('phone_index'),
  },
  table => [
    uniqueIndex('addresses_external').on(table.channel, table.externalId),
    index('addresses_person').on(table.personId),
    index('addresses_phone').on(table.phoneIndex),
  ],
)

/** Two records that proved to be one person: what went from one to the other, so that it can go back. */
export const personMerges = pgTable(
  'person_merges',
  {
    id: id(),
    keptId: uuid('kept_id').notNull(),
    mergedId: uuid('merged_id').notNull(),
    /** `code` typed in the other chat, or `phone` vouched for by both platforms. */
    /** The moved rows by table and column. */
    moved: jsonb('moved').$type<Record<string, readonly string[]>>().notNull(),
    at: at('at').notNull(),
    undoneAt: at('undone_at'),
  },
  table => [index('person_merges_kept').on(table.keptId, table.at.desc())],
)

/** What the latest messages of a chat without buttons offer, so that a typed number finds its option. */
export const offers = pgTable(
  'offers',
  {
    channel: text('channel').notNull(),
    chat: text('chat').notNull(),
    messageId: text('message_id').notNull(),
    options: sealed('options').notNull(),
    at: at('at').notNull(),
  },
  table => [
    primaryKey({ columns: [table.channel, table.chat, table.messageId] }),
    index('offers_latest').on(table.channel, table.chat, table.at.desc()),
    index('offers_at').on(table.at),
  ],
)

export const consents = pgTable(
  'consents',
  {
    id: id(),
    personId: uuid('person_id').notNull(),
    elderId: uuid('elder_id'),
    version: text('version').notNull(),
    textHash: text('text_hash').notNull(),
    language: text('language').notNull(),
    channel: text('channel').notNull(),
    messageId: text('message_id').notNull(),
    givenAt: at('given_at').notNull(),
    withdrawnAt: at('withdrawn_at'),
  },
  table => [index('consents_person').on(table.personId)],
)

/** The social card's beginning: the older person whom help is for. */
export const elders = pgTable(
  'elders',
  {
    id: id(),
    regionId: text('region_id').notNull(),
    districtId: text('district_id').notNull(),
    /** The elder's own record as a person, if they write themselves. */
    personId: uuid('person_id'),
    name: text('name').notNull(),
    homeAddress: sealed('home_address'),
    phone: sealed('phone'),
    phoneIndex: text('phone_index'),
    /** False while only a relative has spoken for them. */
    agreed: boolean('agreed').notNull(),
    createdBy: uuid('created_by').notNull(),
    createdAt: at('created_at').notNull(),
    /** When somebody of us last saw or spoke to them; the card's beginning until then. */
    lastContactAt: at('last_contact_at'),
    /** Known from the restricted queue alone: only those cleared for it may read the name. See db/requests.ts. */
    restrictedOnly: boolean('restricted_only').notNull().default(false),
  },
  table => [
    index('elders_person').on(table.personId),
    index('elders_phone').on(table.phoneIndex),
    // As db/search.ts folds a name.
    index('elders_name').using(
      'gin',
      table.regionId,
      sql`translate(lower(${table.name}), 'әғқңөұүһіёйыэьъ', 'агкноуухиеиие') gin_trgm_ops`,
    ),
    // The forgotten: all that is asked of them is in the index, the two moments too.
    index('elders_contact')
      .on(
        table.districtId,
        sql`coalesce(${table.lastContactAt}, ${table.createdAt})`,
        table.id,
        table.lastContactAt,
        table.createdAt,
        table.restrictedOnly,
      )
      .where(sql`agreed and name <> ''`),
    index('elders_kept').on(sql`coalesce(${table.lastContactAt}, ${table.createdAt})`).where(sql`name <> ''`),
  ],
)

/** What one helper leaves for the next: an entrance code, deaf, a dog. Shown to the holder of a claim only. */
export const elderNotes = pgTable(
  'elder_notes',
  {
    id: id(),
    elderId: uuid('elder_id').notNull(),
    regionId: text('region_id').notNull(),
    requestId: uuid('request_id').notNull(),
    writtenBy: uuid('written_by').notNull(),
    words: sealed('words').notNull(),
    createdAt: at('created_at').notNull(),
  },
  table => [index('elder_notes_elder').on(table.elderId, table.createdAt.desc())],
)

export const relatives = pgTable(
  'relatives',
  {
    elderId: uuid('elder_id').notNull(),
    personId: uuid('person_id').notNull(),
    since: at('since').notNull(),
  },
  table => [
    primaryKey({ columns: [table.personId, table.elderId] }),
    index('relatives_elder').on(table.elderId),
  ],
)

export const requests = pgTable(
  'requests',
  {
    id: id(),
    regionId: text('region_id').notNull(),
    districtId: text('district_id').notNull(),
    year: integer('year').notNull(),
    number: integer('number').notNull(),
    elderId: uuid('elder_id').notNull(),
    requesterId: uuid('requester_id').notNull(),
    category: text('category').notNull(),
    route: text('route').notNull(),
    urgency: text('urgency').notNull(),
    status: text('status').notNull(),
    outcome: text('outcome'),
    confirmation: text('confirmation'),
    details: sealed('details'),
    publicWords: sealed('public_words'),
    danger: text('danger'),
    createdAt: at('created_at').notNull(),
    dueAt: at('due_at').notNull(),
    postedAt: at('posted_at'),
    reopenedAt: at('reopened_at'),
    claimedAt: at('claimed_at'),
    onWayAt: at('on_way_at'),
    doneAt: at('done_at'),
    closedAt: at('closed_at'),
    closedBy: uuid('closed_by'),
    closeReason: sealed('close_reason'),
    rating: integer('rating'),
    ratedAt: at('rated_at'),
    ratingWords: sealed('rating_words'),
    /** Entered by a coordinator for somebody who phoned. */
    enteredBy: uuid('entered_by'),
    /** The request that says the same, when a coordinator has joined the two. */
    mergedInto: uuid('merged_into'),
    /** Since when it waits in its status, when the clock looks at it next, and how often it already has. */
    watchSince: at('watch_since'),
    watchAt: at('watch_at'),
    watchStep: integer('watch_step').notNull().default(0),
    /** When its personal words were erased after the operator's term. */
    erasedAt: at('erased_at'),
  },
  table => [
    // What the digest counts, read from these three indexes alone, district by district. Without the region, which
    // the district implies: else the planner takes the two for independent, and so for twenty times fewer rows.
    index('requests_counted')
      .on(
        table.districtId,
        table.status,
        table.route,
        table.urgency,
        table.dueAt,
        table.reopenedAt,
        table.createdAt,
        table.watchStep,
      )
      .where(sql`status <> 'closed'`),
    index('requests_district_recent').on(table.districtId, table.createdAt, table.category, table.route),
    index('requests_district_closed')
      .on(
        table.districtId,
        table.closedAt,
        table.outcome,
        table.confirmation,
        table.rating,
        table.ratedAt,
        table.route,
      )
      .where(sql`status = 'closed'`),
    index('requests_elder_active').on(table.elderId).where(sql`status <> 'closed'`),
    index('requests_watch').on(table.watchAt).where(sql`watch_at is not null`),
    index('requests_kept').on(table.closedAt).where(sql`status = 'closed' and erased_at is null`),
    uniqueIndex('requests_number').on(table.regionId, table.year, table.number),
    index('requests_active').on(table.regionId, table.status, table.category).where(sql`status <> 'closed'`),
    index('requests_open').on(table.regionId, table.createdAt, table.id).where(sql`status = 'open'`),
    index('requests_due').on(table.regionId, table.dueAt).where(sql`status <> 'closed'`),
    index('requests_closed').on(table.regionId, table.closedAt).where(sql`status = 'closed'`),
    index('requests_recent').on(table.regionId, table.createdAt.desc(), table.id.desc()),
    index('requests_elder').on(table.elderId, table.createdAt.desc()),
    index('requests_requester').on(table.requesterId, table.createdAt.desc()),
  ],
)

export const attachments = pgTable(
  'attachments',
  {
    id: id(),
    requestId: uuid('request_id').notNull(),
    regionId: text('region_id').notNull(),
    kind: text('kind').notNull(),
    channel: text('channel').notNull(),
    content: sealed('content').notNull(),
    createdAt: at('created_at').notNull(),
  },
  table => [index('attachments_request').on(table.requestId)],
)

/** That a volunteer is responsible, by claim or by coordinator. At most one living row a request. */
export const assignments = pgTable(
  'assignments',
  {
    id: id(),
    requestId: uuid('request_id').notNull(),
    regionId: text('region_id').notNull(),
    volunteerId: uuid('volunteer_id').notNull(),
    via: text('via').notNull(),
    doorCode: sealed('door_code').notNull(),
    wrongTries: integer('wrong_tries').notNull(),
    startedAt: at('started_at').notNull(),
    endedAt: at('ended_at'),
    endReason: text('end_reason'),
    /** How long the help took, for the thanks of the month. */
    minutes: integer('minutes'),
    /** How the helper found the elder: `good`, `so-so` or `low`. */
    mood: text('mood'),
  },
  table => [
    uniqueIndex('assignments_living').on(table.requestId).where(sql`ended_at is null`),
    index('assignments_volunteer').on(table.volunteerId, table.startedAt.desc()),
    index('assignments_mood').on(table.requestId).where(sql`mood is not null`),
  ],
)

/** Who was shown an elder's address and phone, when, and for which request. */
export const disclosures = pgTable(
  'disclosures',
  {
    id: id(),
    elderId: uuid('elder_id').notNull(),
    requestId: uuid('request_id').notNull(),
    personId: uuid('person_id').notNull(),
    at: at('at').notNull(),
  },
  table => [index('disclosures_elder').on(table.elderId, table.at)],
)

export const volunteers = pgTable(
  'volunteers',
  {
    personId: uuid('person_id').primaryKey(),
    regionId: text('region_id').notNull(),
    status: text('status').notNull(),
    promisedAt: at('promised_at').notNull(),
    decidedBy: uuid('decided_by'),
    decidedAt: at('decided_at'),
    /** Why a coordinator declined or suspended; for coordinators of the territory. */
    decisionReason: sealed('decision_reason'),
    /** Off duty nobody asks them; with `offUntil` they are on again by themselves. */
    onDuty: boolean('on_duty').notNull().default(true),
    offUntil: at('off_until'),
    /** When we last asked them by ourselves: who was asked least recently comes first. */
    askedAt: at('asked_at'),
    /** The request whose button brought them here; offered again at the approval. */
    wantedRequestId: uuid('wanted_request_id'),
  },
  table => [index('volunteers_region').on(table.regionId, table.status)],
)

export const volunteerDistricts = pgTable(
  'volunteer_districts',
  { personId: uuid('person_id').notNull(), districtId: text('district_id').notNull() },
  table => [
    primaryKey({ columns: [table.personId, table.districtId] }),
    index('volunteer_districts_district').on(table.districtId),
  ],
)

export const volunteerCategories = pgTable(
  'volunteer_categories',
  { personId: uuid('person_id').notNull(), category: text('category').notNull() },
  table => [primaryKey({ columns: [table.personId, table.category] })],
)

export const roles = pgTable(
  'roles',
  {
    id: id(),
    personId: uuid('person_id').notNull(),
    regionId: text('region_id'),
    districtId: text('district_id'),
    cleared: boolean('cleared').notNull(),
    grantedBy: uuid('granted_by'),
    grantedAt: at('granted_at').notNull(),
    revokedAt: at('revoked_at'),
  },
  table => [index('roles_person').on(table.personId), index('roles_region').on(table.regionId)],
)

export const invitations = pgTable('invitations', {
  id: id(),
  codeHash: text('code_hash').notNull().unique(),
  regionId: text('region_id'),
  districtId: text('district_id'),
  cleared: boolean('cleared').notNull(),
  createdBy: uuid('created_by'),
  createdAt: at('created_at').notNull(),
  expiresAt: at('expires_at').notNull(),
  /** What it makes of whoever uses it: a coordinator of the territory, or a volunteer who needs no approval. */
  kind: text('kind').notNull().default('coordinator'),
  usesMax: integer('uses_max').notNull().default(1),
  uses: integer('uses').notNull().default(0),
})

export const invitationUses = pgTable(
  'invitation_uses',
  {
    invitationId: uuid('invitation_id').notNull(),
    personId: uuid('person_id').notNull(),
    at: at('at').notNull(),
  },
  table => [primaryKey({ columns: [table.invitationId, table.personId] })],
)

/** From day to day, both included, everything for one coordinator goes to another too. */
export const absences = pgTable(
  'absences',
  {
    id: id(),
    personId: uuid('person_id').notNull(),
    deputyId: uuid('deputy_id').notNull(),
    fromDay: text('from_day').notNull(),
    toDay: text('to_day').notNull(),
    createdAt: at('created_at').notNull(),
    endedAt: at('ended_at'),
  },
  table => [index('absences_person').on(table.personId), index('absences_deputy').on(table.deputyId)],
)

/** When a coordinator wants the digest: local time of day in minutes, or not until a day. */
export const digestSettings = pgTable('digest_settings', {
  personId: uuid('person_id').primaryKey(),
  atMinutes: integer('at_minutes').notNull(),
  paused: boolean('paused').notNull().default(false),
})

/** One message a day unasked at the most: who writes the day's row may send. */
export const unaskedDays = pgTable(
  'unasked_days',
  { personId: uuid('person_id').notNull(), day: text('day').notNull() },
  table => [primaryKey({ columns: [table.personId, table.day] }), index('unasked_days_day').on(table.day)],
)

/** Volunteers who were asked in private about an open request. */
export const askings = pgTable(
  'askings',
  { requestId: uuid('request_id').notNull(), personId: uuid('person_id').notNull(), at: at('at').notNull() },
  table => [primaryKey({ columns: [table.requestId, table.personId] })],
)

/** A message to the people of a territory who agreed to news. It goes out in portions. */
export const broadcasts = pgTable(
  'broadcasts',
  {
    id: id(),
    regionId: text('region_id'),
    districtId: text('district_id'),
    audience: text('audience').notNull(),
    /** The words by language, sealed as JSON. */
    words: sealed('words').notNull(),
    status: text('status').notNull(),
    total: integer('total').notNull(),
    written: integer('written').notNull().default(0),
    /** The last person it was written for; the next portion begins behind it. */
    cursor: uuid('cursor'),
    createdBy: uuid('created_by').notNull(),
    createdAt: at('created_at').notNull(),
    endedAt: at('ended_at'),
  },
  table => [index('broadcasts_going').on(table.createdAt).where(sql`status = 'going'`)],
)

export const groups = pgTable(
  'groups',
  {
    id: id(),
    channel: text('channel').notNull(),
    chat: text('chat').notNull(),
    language: text('language').notNull(),
    active: boolean('active').notNull(),
    boundBy: uuid('bound_by'),
    createdAt: at('created_at').notNull(),
  },
  table => [uniqueIndex('groups_chat').on(table.channel, table.chat)],
)

export const groupDistricts = pgTable(
  'group_districts',
  { groupId: uuid('group_id').notNull(), districtId: text('district_id').notNull() },
  table => [
    primaryKey({ columns: [table.groupId, table.districtId] }),
    index('group_districts_district').on(table.districtId),
  ],
)

/** Something that waits for a coordinator: a call for a person, a danger word, a low rating, a help that failed. */
export const alerts = pgTable(
  'alerts',
  {
    id: id(),
    regionId: text('region_id'),
    districtId: text('district_id'),
    kind: text('kind').notNull(),
    personId: uuid('person_id'),
    requestId: uuid('request_id'),
    words: sealed('words'),
    createdAt: at('created_at').notNull(),
    dueAt: at('due_at').notNull(),
    /** When the clock looks whether somebody has answered; empty if it need not look any more. */
    watchAt: at('watch_at'),
    resolvedAt: at('resolved_at'),
    resolvedBy: uuid('resolved_by'),
  },
  table => [
    index('alerts_watch').on(table.watchAt).where(sql`watch_at is not null and resolved_at is null`),
    index('alerts_waiting').on(table.regionId, table.createdAt).where(sql`resolved_at is null`),
    index('alerts_person').on(table.personId),
    index('alerts_request').on(table.requestId),
    index('alerts_words').on(table.createdAt).where(sql`words is not null`),
  ],
)

/** A person's run of a flow. Only keyed answers are kept; the flow is played again from its start. */
export const dialogs = pgTable(
  'dialogs',
  {
    personId: uuid('person_id').notNull(),
    flow: text('flow').notNull(),
    run: text('run').notNull(),
    state: sealed('state').notNull(),
    /** The one that the next message answers; others wait. */
    active: boolean('active').notNull(),
    updatedAt: at('updated_at').notNull(),
    /** When we asked once whether to go on. */
    nudgedAt: at('nudged_at'),
  },
  table => [
    primaryKey({ columns: [table.personId, table.flow] }),
    index('dialogs_waiting').on(table.updatedAt).where(sql`nudged_at is null`),
    index('dialogs_updated').on(table.updatedAt),
  ],
)

export const inbox = pgTable(
  'inbox',
  {
    channel: text('channel').notNull(),
    externalId: text('external_id').notNull(),
    receivedAt: at('received_at').notNull(),
    /** Set when the message was given up after several failures; its cause in short, without its text. */
    parkedFor: text('parked_for'),
  },
  table => [
    primaryKey({ columns: [table.channel, table.externalId] }),
    index('inbox_received').on(table.receivedAt),
  ],
)

/** Messages decided but not yet sent. The body is erased once it is sent. */
export const outbox = pgTable(
  'outbox',
  {
    id: id(),
    dedupeKey: text('dedupe_key').unique(),
    channel: text('channel').notNull(),
    chat: text('chat').notNull(),
    personId: uuid('person_id'),
    body: sealed('body'),
    /** The name under which this message can be edited later. */
    ref: text('ref'),
    /** The name, or the channel's own id, of the message that this one replaces. */
    editRef: text('edit_ref'),
    editId: text('edit_id'),
    /** 0 for what somebody waits for, 1 for what can wait, such as a broadcast: it never holds up a chat's 0. */
    priority: integer('priority').notNull().default(0),
    /** False for what must not come twice: after a crash in mid-sending it is left, and counted. */
    resend: boolean('resend').notNull(),
    status: text('status').notNull(),
    attempts: integer('attempts').notNull(),
    nextAt: at('next_at').notNull(),
    /** Until then the message neither goes out nor holds up others of its chat: quiet hours. */
    notBefore: at('not_before').notNull(),
    lockedUntil: at('locked_until'),
    createdAt: at('created_at').notNull(),
    sentAt: at('sent_at'),
    failure: text('failure'),
  },
  table => [
    index('outbox_waiting')
      .on(table.channel, table.chat, table.id)
      .where(sql`status in ('queued', 'sending')`),
    // In the order in which they go, so that a long queue costs no more than a short one.
    index('outbox_due')
      .on(table.channel, table.priority, sql`(person_id is null)`, table.id)
      .where(sql`status = 'queued'`),
    index('outbox_sent').on(table.sentAt).where(sql`status not in ('queued', 'sending')`),
    index('outbox_person').on(table.personId),
  ],
)

/** A sent message that may have to be edited or removed: a post in a group, the card with an address, a voice. */
export const sentMessages = pgTable(
  'sent_messages',
  {
    ref: text('ref').primaryKey(),
    channel: text('channel').notNull(),
    chat: text('chat').notNull(),
    externalId: text('external_id').notNull(),
    sentAt: at('sent_at').notNull(),
  },
  // For names with the same beginning: the primary key knows only whole ones.
  table => [
    index('sent_messages_named').on(table.ref.op('text_pattern_ops')),
    index('sent_messages_chat').on(table.channel, table.chat),
    index('sent_messages_at').on(table.sentAt),
  ],
)

/** Past-tense lines: who did what to whom, when. Never a name, phone, address or free text. */
export const audit = pgTable(
  'audit',
  {
    id: id(),
    at: at('at').notNull(),
    regionId: text('region_id'),
    actorId: uuid('actor_id'),
    act: text('act').notNull(),
    subjectId: uuid('subject_id'),
    note: jsonb('note').$type<Record<string, string | number | boolean | null>>(),
  },
  table => [index('audit_subject').on(table.subjectId, table.at), index('audit_at').on(table.at)],
)

/** One digest a coordinator and local day, whatever the number of processes. */
export const digestRuns = pgTable(
  'digest_runs',
  { personId: uuid('person_id').notNull(), day: text('day').notNull(), at: at('at').notNull() },
  table => [primaryKey({ columns: [table.personId, table.day] })],
)

/** The last request number of a region and year. */
export const counters = pgTable(
  'counters',
  { regionId: text('region_id').notNull(), year: integer('year').notNull(), last: integer('last').notNull() },
  table => [primaryKey({ columns: [table.regionId, table.year] })],
)
