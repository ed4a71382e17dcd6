import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it as test } from 'vitest'
import { chromiumPath, openBrowser, phone } from '../town/chromium.ts'
import { echo } from './echo.ts'
import { openTown, serve, type Town, townsOfThisFile } from './town.ts'

townsOfThisFile()

let town: Town
let server: Awaited<ReturnType<typeof serve>>
let browser: Browser
const troubles: string[] = []
const it = test.skipIf(!chromiumPath)

beforeAll(async () => {
  if (!chromiumPath) return
  town = await openTown(inbound => echo(() => town, inbound))
  server = await serve(town)
  browser = await openBrowser()
})
afterAll(async () => {
  await browser?.close()
  await server?.close()
})

it('takes a request from one phone to the group and to the volunteer, and survives a reload', async () => {
  const page = await openPage(1280, 800)
  await phone(page, 1).getByRole('button', { name: 'Начать', exact: true }).click()
  await phone(page, 1).getByRole('button', { name: 'Азық-түлік' }).click()
  await phone(page, 1).getByText('Қабылданды', { exact: true }).waitFor()
  await phone(page, 1).getByText('изменено').waitFor()
  await phone(page, 2).getByRole('button', { name: 'Мен көмектесемін' }).click()
  await phone(page, 2).getByText('Код: claim-7').waitFor()
  await phone(page, 3).getByText('Код: claim-7').waitFor()
  const claimed = 'Көмектесетін ерікті: Тимур'
  await phone(page, 3).getByRole('button', { name: 'Көмекшілер' }).click()
  await phone(page, 3).getByText(claimed).waitFor()

  await page.reload()
  await phone(page, 3).getByText(claimed).waitFor()
  await phone(page, 2).getByText('Код: claim-7').waitFor()
  await page.close()
})

it('drops a message at once that the bot takes away, and does not show it again', async () => {
  const page = await openPage(1280, 800)
  const ids: string[] = []
  for (const text of ['Кілт Розада', 'Келесі хабар']) {
    const sent = await town.playground.send({ id: crypto.randomUUID(), chat: 'aigul', text })
    ids.push('externalId' in sent ? sent.externalId : '')
    await phone(page, 1).getByText(text, { exact: true }).waitFor()
  }
  const [first = '', second = ''] = ids
  const bubble = (id: string) => phone(page, 1).locator(`[data-message="${id}"]`)
  const remove = (id: string) =>
    town.playground.remove({ id: `r ${id}`, chat: 'aigul', messages: [id], instead: '' })
  await remove(first)
  await bubble(first).waitFor({ state: 'detached' })
  expect(await bubble(second).count()).toBe(1)
  await page.reload()
  await bubble(second).waitFor()
  expect(await bubble(first).count()).toBe(0)
  await remove(second)
  await bubble(second).waitFor({ state: 'detached' })
  await page.close()
})

it('records a voice message that can be played', async () => {
  const page = await openPage(1280, 800)
  await phone(page, 1).getByRole('button', { name: 'Записать голос' }).click()
  await phone(page, 1).getByText('0:01').waitFor()
  await phone(page, 1).getByRole('button', { name: 'Остановить и отправить' }).click()
  await phone(page, 1).getByText('Алдым: voice').waitFor()
  const content = town.heard.at(-1)?.content
  if (content?.type !== 'media') throw new Error('The bot did not hear the voice message.')
  expect(content.kind).toBe('voice')
  expect((await town.playground.download(content.file)).byteLength).toBe(content.file.bytes)
  const player = phone(page, 1).locator('audio').last()
  await expect
    .poll(() => player.evaluate(audio => (audio as unknown as Player).duration))
    .toBeGreaterThan(0.8)
  await phone(page, 1).getByRole('button', { name: 'Голосовое сообщение' }).last().click()
  await expect
    .poll(() => player.evaluate(audio => (audio as unknown as Player).currentTime))
    .toBeGreaterThan(0.2)
  await page.close()
})

it('can be used by the keyboard alone', async () => {
  const page = await openPage(1280, 800)
  await tabTo(page, 'Меню')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Escape')
  expect(await focusedLabel(page)).toBe('Меню')
  await tabTo(page, 'Написать: Ардақ')
  await page.keyboard.type('Сәлем, бот')
  await page.keyboard.press('Enter')
  await phone(page, 1).getByText('Естідім: Сәлем, бот').waitFor()
  const outline = await page.evaluate('getComputedStyle(document.activeElement).outlineStyle')
  expect(outline).toBe('solid')
  await phone(page, 1).getByRole('button', { name: 'Исправить сообщение' }).last().press('Enter')
  await page.keyboard.press('Control+A')
  await page.keyboard.type('Сәлем!')
  await page.keyboard.press('Enter')
  await phone(page, 1).getByText('Түзетілді: Сәлем!').waitFor()
  await phone(page, 1).getByRole('button', { name: 'Нөмірімді жіберу' }).press('Enter')
  await phone(page, 1).getByText('Рахмет! Нөміріңіз: +77000000001').waitFor()
  await page.close()
})

it('gives words back that could not be sent, and sends them once', async () => {
  const page = await openPage(1280, 800)
  const field = phone(page, 1).getByRole('textbox')
  let losses = 1
  // The first time the words arrive and only the answer is lost.
  await page.route('**/playground/say', async route => {
    if (losses-- <= 0) return route.continue()
    await route.fetch()
    await route.abort()
  })
  await field.fill('жалғыз рет')
  await field.press('Enter')
  await phone(page, 1).getByText('Не отправлено').waitFor()
  await expect.poll(() => field.inputValue()).toBe('жалғыз рет')
  await field.press('Enter')
  await expect.poll(() => field.inputValue()).toBe('')
  const said = (await town.store.recent(100)).filter(({ text }) => text === 'жалғыз рет')
  expect(said).toHaveLength(1)
  expect(troubles.splice(0)).toEqual(['Failed to load resource: net::ERR_FAILED'])
  await page.close()
})

it('lets a new person in, who starts from zero and joins the group', async () => {
  const page = await openPage(1280, 800)
  const fourth = phone(page, 4)
  await fourth.getByRole('button', { name: 'Новый человек' }).click()
  await page.getByLabel('Имя').fill('Дина')
  await page.getByRole('button', { name: 'Добавить', exact: true }).click()
  await page.getByRole('region', { name: 'Телефон 4: Дина' }).waitFor()
  await fourth.getByRole('button', { name: 'Начать', exact: true }).waitFor()
  await fourth.getByRole('button', { name: 'Меню' }).click()
  await fourth.getByRole('button', { name: 'Войти в группу: Көмекшілер' }).click()
  await fourth.getByText('Дина теперь в группе').waitFor()
  await page.close()
})

it.each([1280, 390])('has large letters and no sideways scroll of the page at %i px', async width => {
  const page = await openPage(width, 844)
  const [wide, shown] = await page.evaluate<number[]>('[document.documentElement.scrollWidth, innerWidth]')
  expect(wide).toBe(shown)
  const small = await page.evaluate(`[...document.querySelectorAll('body *')]
    .filter(e => [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim()))
    .filter(e => parseFloat(getComputedStyle(e).fontSize) < 16)
    .map(e => e.outerHTML)`)
  expect(small).toEqual([])
  const nameless = await page.evaluate(`[...document.querySelectorAll('button, textarea, select')]
    .filter(e => !(e.ariaLabel || e.textContent.trim())).map(e => e.outerHTML)`)
  expect(nameless).toEqual([])
  await page.close()
})

it('asked nothing of other servers and broke none of its own rules', () => {
  expect(troubles).toEqual([])
})

interface Player {
  duration: number
  currentTime: number
}

async function openPage(width: number, height: number): Promise<Page> {
  const page = await browser.newPage({ viewport: { width, height }, locale: 'ru-RU' })
  page.on('pageerror', error => troubles.push(String(error)))
  page.on('console', message => message.type() === 'error' && troubles.push(message.text()))
  page.on('request', request => {
    if (!request.url().startsWith(server.url)) troubles.push(request.url())
  })
  await page.goto(server.url)
  await phone(page, 1).waitFor()
  return page
}
function focusedLabel(page: Page) {
  return page.evaluate<string>('document.activeElement.ariaLabel')
}

async function tabTo(page: Page, label: string): Promise<void> {
  for (let presses = 0; presses < 60; presses++) {
    await page.keyboard.press('Tab')
    if ((await focusedLabel(page)) === label) return
  }
  throw new Error(`Tab never reached "${label}".`)
}
