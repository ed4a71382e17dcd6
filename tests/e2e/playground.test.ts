import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { chromiumPath, openBrowser, phone } from '../town/chromium.ts'
import { type Running, startProgram } from './process.ts'

let program: Running
let browser: Browser
beforeAll(async () => {
  if (!chromiumPath) return
  program = await startProgram({})
  browser = await openBrowser()
})
afterAll(async () => {
  await browser?.close()
  if (program) expect(await program.stop()).toBe(0)
})

describe.skipIf(!chromiumPath)('the playground, as a stranger finds it', () => {
  test('the whole loop, walked by clicking', async () => {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, locale: 'ru-RU' })
    await page.goto(program.url)
    await ask(page)
    await phone(page, 2).getByRole('button', { name: 'Я помогу', exact: true }).click()
    await phone(page, 2).getByText('Взято. Помогает: Тимур').waitFor()
    const card = phone(page, 3).getByText('Адрес: г. Семей, ул. Абая 12, кв. 5')
    await card.waitFor()
    const notice = (await phone(page, 1).getByText('нужно сказать:').textContent()) ?? ''
    await press(page, 3, 'Я в пути')
    await phone(page, 1).getByText('Помощник уже в пути: Тимур.').waitFor()
    await press(page, 3, 'Сделано')
    await phone(page, 3).getByText('Какие две цифры').waitFor()
    await write(page, 3, /нужно сказать: (\d\d)/.exec(notice)?.[1] ?? '')
    await phone(page, 3).getByText('помощь подтверждена у двери').waitFor()
    await card.waitFor({ state: 'detached' })
    await press(page, 1, '5 — очень хорошо')
    await press(page, 1, 'Это всё')
    await phone(page, 2).getByText('Выполнена. Спасибо всем!').waitFor()
    // The morning's digest may have come by itself already; then there is no start button any more.
    const begin = phone(page, 4).getByRole('button', { name: 'Начать', exact: true })
    if (await begin.isVisible()) {
      await begin.click()
      await phone(page, 4).getByText('Меню координатора').waitFor()
    }
    await type(page, 4, '/digest')
    await phone(page, 4).getByText('Выполнены: 1').last().waitFor()
    await picture(page)
    await page.close()
  })
})

async function ask(page: Page) {
  for (const label of ['Начать', 'Русский', 'Другому человеку', 'Даю согласие']) await press(page, 1, label)
  await type(page, 1, 'Зейнеп Ахметова')
  for (const label of ['Да, знает', 'Врач и лекарства', 'Сегодня']) await press(page, 1, label)
  for (const words of ['семей', 'ул. Абая 12, кв. 5', '8 701 123 45 67', 'Валидол 2 пачки'])
    await type(page, 1, words)
  await phone(page, 1).getByRole('button', { name: 'Записать голос' }).click()
  await phone(page, 1).getByText('0:01').waitFor()
  await phone(page, 1).getByRole('button', { name: 'Остановить и отправить' }).click()
  await phone(page, 1).getByText('Голосовое сообщение получено').waitFor()
  await press(page, 1, 'Это всё')
  await press(page, 1, 'Всё верно')
  await phone(page, 1).getByText('Просьба принята').waitFor()
}

async function press(page: Page, number: number, label: string) {
  await phone(page, number).getByRole('button', { name: label, exact: true }).last().click()
}

/** Types as a person does: after the bot has answered what was said before. */
async function type(page: Page, number: number, words: string) {
  const bubbles = phone(page, number).locator('.bubble')
  const before = await bubbles.count()
  await write(page, number, words)
  await expect.poll(() => bubbles.count()).toBeGreaterThan(before + 1)
}

async function write(page: Page, number: number, words: string) {
  const field = phone(page, number).getByRole('textbox')
  await field.fill(words)
  await field.press('Enter')
}

async function picture(page: Page) {
  const image = phone(page, 4).locator('.bubble img').last()
  await image.waitFor()
  await expect
    .poll(() => image.evaluate(node => (node as unknown as { naturalWidth: number }).naturalWidth))
    .toBe(1080)
}
