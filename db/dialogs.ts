import { nudgedFlows } from '../domain/nudge.ts'
import { type Store, withoutWaiting } from './client.ts'
import { and, eq, gt, inArray, isNull, lt, lte, sql } from './drizzle.ts'
import type { ActiveDialog } from './recognise.ts'
import { dialogs } from './schema.ts'
import { given, statement } from './statement.ts'

export interface DialogRow<State> {
  flow: string
  run: string
  state: State
  updatedAt: Date
}

/** The person's dialog that the next message answers. */
export async function findActiveDialog<State>(
  store: Store,
  personId: string,
): Promise<DialogRow<State> | undefined> {
  const [row] = await store.db
    .select()
    .from(dialogs)
    .where(and(eq(dialogs.personId, personId), eq(dialogs.active, true)))
  return row && open(store, row)
}

/** A dialog as it came with its person, opened. */
export function openDialog<State>(store: Store, personId: string, sealed: ActiveDialog): DialogRow<State> {
  const { flow, run, updatedAt } = sealed
  const state = JSON.parse(store.keys.open(place(personId, flow), sealed.state)) as State
  return { flow, run, state, updatedAt }
}

/** A dialog of this flow, waiting or active. */
export async function findDialog<State>(
  store: Store,
  personId: string,
  flow: string,
): Promise<DialogRow<State> | undefined> {
  const [row] = await store.db
    .select()
    .from(dialogs)
    .where(and(eq(dialogs.personId, personId), eq(dialogs.flow, flow)))
  return row && open(store, row)
}

/** The dialog whose question a button stands under. */
export async function findDialogOfRun<State>(
  store: Store,
  personId: string,
  run: string,
): Promise<DialogRow<State> | undefined> {
  const [row] = await store.db
    .select()
    .from(dialogs)
    .where(and(eq(dialogs.personId, personId), eq(dialogs.run, run)))
  return row && open(store, row)
}

/** Keeps the dialog and makes it the active one; what was active waits. */
export async function saveDialog<State>(
  store: Store,
  personId: string,
  dialog: { flow: string; run: string; state: State; at: Date; answered?: boolean },
) {
  const { flow, run, at, answered = true } = dialog
  // Who has answered since may be asked once more whether to go on; what is no form is never asked about.
  const nudgedAt = nudgedFlows.includes(flow) ? null : at
  const state = store.keys.seal(place(personId, flow), JSON.stringify(dialog.state))
  await withoutWaiting(store, saveIt(store, { personId, flow, run, state, at, nudgedAt, answered }))
}

const saveIt = statement<{
  personId: string
  flow: string
  run: string
  state: Uint8Array
  at: Date
  nudgedAt: Date | null
  answered: boolean
}>(sql`
  with others as (
    update dialogs set active = false
    where person_id = ${given('personId')} and active and flow <> ${given('flow')})
  insert into dialogs (person_id, flow, run, state, active, updated_at, nudged_at)
  values (${given('personId')}, ${given('flow')}, ${given('run')}, ${given('state')}, true, ${given('at')},
    ${given('nudgedAt')})
  on conflict (person_id, flow) do update set
    run = excluded.run, state = excluded.state, active = true, updated_at = excluded.updated_at,
    nudged_at = case when ${given('answered')}::boolean then excluded.nudged_at else dialogs.nudged_at end`)

/** Leaves the active dialog unfinished; its answers stay. */
export async function pauseDialogs(store: Store, personId: string) {
  await store.db.update(dialogs).set({ active: false }).where(eq(dialogs.personId, personId))
}

export async function dropDialog(store: Store, personId: string, flow: string) {
  await store.db.delete(dialogs).where(and(eq(dialogs.personId, personId), eq(dialogs.flow, flow)))
}

/** The person has said that they want to hear nothing: nobody asks whether they go on. */
export async function nudgeNoMore(store: Store, personId: string, at: Date) {
  await store.db.update(dialogs).set({ nudgedAt: at }).where(eq(dialogs.personId, personId))
}

export interface HalfDone {
  personId: string
  flow: string
}

/** Forms whose last answer lies between these moments and whose person was not asked yet whether to go on. */
export async function listHalfDone(
  store: Store,
  between: { from: Date; to: Date },
  limit: number,
): Promise<HalfDone[]> {
  return store.db
    .select({ personId: dialogs.personId, flow: dialogs.flow })
    .from(dialogs)
    .where(
      and(
        isNull(dialogs.nudgedAt),
        gt(dialogs.updatedAt, between.from),
        lte(dialogs.updatedAt, between.to),
        isForm,
      ),
    )
    .orderBy(dialogs.updatedAt)
    .limit(limit)
}

/** True for the one who asks now. An answer that has come meanwhile, or another process, was faster. */
export async function takeNudge(store: Store, { personId, flow }: HalfDone, when: { at: Date; to: Date }) {
  const rows = await store.db
    .update(dialogs)
    .set({ nudgedAt: when.at })
    .where(
      and(
        eq(dialogs.personId, personId),
        eq(dialogs.flow, flow),
        isNull(dialogs.nudgedAt),
        lte(dialogs.updatedAt, when.to),
      ),
    )
    .returning({ flow: dialogs.flow })
  return rows.length > 0
}

export async function forgetDialogsBefore(store: Store, before: Date) {
  await store.db.delete(dialogs).where(lt(dialogs.updatedAt, before))
}

const isForm = inArray(dialogs.flow, [...nudgedFlows])

function open<State>(store: Store, row: typeof dialogs.$inferSelect): DialogRow<State> {
  return openDialog(store, row.personId, row)
}

function place(personId: string, flow: string): string {
  return `dialogs.state.${personId}.${flow}`
}
