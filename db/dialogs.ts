import type { Store } from './client.ts'
import { and, eq, ne } from './drizzle.ts'
import { dialogs } from './schema.ts'

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
  dialog: { flow: string; run: string; state: State; at: Date },
) {
  await pauseOthers(store, personId, dialog.flow)
  const state = store.keys.seal(place(personId, dialog.flow), JSON.stringify(dialog.state))
  const values = { run: dialog.run, state, active: true, updatedAt: dialog.at }
  await store.db
    .insert(dialogs)
    .values({ personId, flow: dialog.flow, ...values })
    .onConflictDoUpdate({ target: [dialogs.personId, dialogs.flow], set: values })
}

/** Leaves the active dialog unfinished; its answers stay. */
export async function pauseDialogs(store: Store, personId: string) {
  await store.db.update(dialogs).set({ active: false }).where(eq(dialogs.personId, personId))
}

export async function dropDialog(store: Store, personId: string, flow: string) {
  await store.db.delete(dialogs).where(and(eq(dialogs.personId, personId), eq(dialogs.flow, flow)))
}

async function pauseOthers(store: Store, personId: string, flow: string) {
  await store.db
    .update(dialogs)
    .set({ active: false })
    .where(and(eq(dialogs.personId, personId), eq(dialogs.active, true), ne(dialogs.flow, flow)))
}

function open<State>(store: Store, row: typeof dialogs.$inferSelect): DialogRow<State> {
  const state = JSON.parse(store.keys.open(place(row.personId, row.flow), row.state)) as State
  return { flow: row.flow, run: row.run, state, updatedAt: row.updatedAt }
}

function place(personId: string, flow: string): string {
  return `dialogs.state.${personId}.${flow}`
}
