/** What is done under one key goes one after the other, in the order it came; different keys go side by side. */
export function createTurns() {
  const last = new Map<string, Promise<unknown>>()
  return {
    take<T>(key: string, deed: () => Promise<T>): Promise<T> {
      const turn = (last.get(key) ?? Promise.resolve()).then(deed, deed)
      const leave = () => {
        if (last.get(key) === turn) last.delete(key)
      }
      last.set(key, turn)
      turn.then(leave, leave)
      return turn
    },
    /** Resolves when nothing that was begun by now is under way. */
    async over(): Promise<void> {
      await Promise.allSettled(last.values())
    },
  }
}
