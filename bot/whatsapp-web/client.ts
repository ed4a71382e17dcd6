import { setTimeout as sleep } from 'node:timers/promises'
import { type LibraryPage, library } from './library.ts'
import * as inPage from './page.ts'

const lookEveryMs = 200
/** The library hears of the syncing itself, unless it came too late; it gets this long. */
const syncedGraceMs = 500

/**
 * The library's client, cured of what broke it: WhatsApp's new name for message keys, and a `ready` that never comes
 * when the page was faster than the listener. `ready` may come more than once.
 */
export class Client extends library.Client {
  page(): LibraryPage {
    if (!this.pupPage) throw new Error('There is no page yet')
    return this.pupPage
  }

  override async inject() {
    try {
      await this.takeInHand()
    } catch (error) {
      // The page went on to another address in between; the new one is taken in hand instead.
      if (!/context was destroyed/i.test(String(error))) throw error
      await this.takeInHand()
    }
  }

  override async attachEventListeners() {
    await this.page().evaluate(inPage.giveModelsTheirOldName)
    await super.attachEventListeners()
  }

  private async takeInHand() {
    await this.waitForPage()
    await this.page().evaluate(inPage.giveKeysTheirOldName)
    await super.inject()
    await sleep(syncedGraceMs)
    await this.page().evaluate(inPage.tellIfSynced)
  }

  private async waitForPage() {
    const until = Date.now() + this.options.authTimeoutMs
    while (!(await this.page().evaluate(inPage.isThere))) {
      if (Date.now() > until) throw new Error('auth timeout')
      await sleep(lookEveryMs)
    }
  }
}

/** The session on disk, and a word as soon as there is a browser: nobody else watches whether it lives. */
export class Session extends library.LocalAuth {
  private readonly born: () => Promise<void>

  constructor(settings: { clientId: string; dataPath: string }, born: () => Promise<void>) {
    super(settings)
    this.born = born
  }

  override async afterBrowserInitialized() {
    await this.born()
  }
}
