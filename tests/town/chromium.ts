import { execFileSync } from 'node:child_process'
import { type Browser, chromium, type Page } from 'playwright-core'

/** Where Debian's Chromium is. Without one the browser's tests are left out, loudly; in CI its absence is a failure. */
export const chromiumPath = findChromium()

export function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: chromiumPath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--use-fake-device-for-media-stream',
      '--use-fake-ui-for-media-stream',
    ],
  })
}

export function phone(page: Page, number: number) {
  return page.locator('.phone').nth(number - 1)
}

function findChromium(): string | undefined {
  for (const name of ['chromium', 'chromium-browser', 'google-chrome']) {
    try {
      return execFileSync('which', [name], { encoding: 'utf8', stdio: 'pipe' }).trim()
    } catch {
      // Not this one.
    }
  }
  if (process.env.CI) throw new Error('No Chromium in PATH: install it, the browser tests need it.')
  process.stderr.write('No Chromium in PATH: the tests in a real browser are left out.\n')
  return undefined
}
