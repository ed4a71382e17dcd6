/** Lets a test wait for what a bot in another process, or in its own time, will do. */
export class Watch {
  readonly #watchers = new Set<() => void>()

  look(): void {
    for (const watcher of this.#watchers) watcher()
  }

  until(condition: () => boolean, timeoutMs: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const stop = () => {
        clearTimeout(timer)
        clearInterval(pulse)
        this.#watchers.delete(check)
      }
      const check = () => {
        if (!condition()) return
        stop()
        resolve()
      }
      const timer = setTimeout(() => {
        stop()
        reject(new Error(`still not so after ${timeoutMs} ms: ${condition}`))
      }, timeoutMs)
      // Something outside the double may be waited for as well.
      const pulse = setInterval(check, 20)
      this.#watchers.add(check)
      check()
    })
  }
}
