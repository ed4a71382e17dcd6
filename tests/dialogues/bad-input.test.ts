import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type OpenDatabase, rowsOf } from '../../db/client.ts'
import { grantRole } from '../../db/coordinators.ts'
import { eq } from '../../db/drizzle.ts'
import { alerts, people } from '../../db/schema.ts'
import { startCodes, taps } from '../../handlers/index.ts'
import { type Asker, askerIn, asks, forMother, walkTo } from '../town/asking.ts'
import { openTestDatabase } from '../town/database.ts'
import { coordinator, noon } from '../town/quick.ts'
import { requestFrom, settledTown } from '../town/stories.ts'
import { telegramPhone } from '../town/telegram-phone.ts'
import { type Town, testedChannels } from '../town/town.ts'

let database: OpenDatabase
beforeAll(async () => {
  database = await openTestDatabase()
})
afterAll(() => database.close())

/** What answers no question at all. */
const nonsense: readonly [what: string, deed: (asker: Asker) => Promise<unknown>][] = [
  ['a sticker', ({ aigul }) => aigul.sends('sticker')],
  ['nothing but invisible signs', ({ aigul }) => aigul.says('\u200b\u200e\u2060\u200b')],
  ['an edited message', ({ aigul }) => aigul.edits('исправлено')],
  ['an unknown command', ({ aigul }) => aigul.says('/frobnicate now')],
  ['a button of another run', ({ aigul }) => aigul.pressesData('q:AAAAAA:3:consent.yes')],
  ['an invented button', ({ aigul }) => aigul.pressesData("x'; drop table people; --")],
  ['a button that is only a colon', ({ aigul }) => aigul.pressesData(':')],
]

/** The question that waited is asked again, under a sentence that was not there before. */
function expectKindRepeat(asker: Asker, key: string, what: string, notice: string | undefined) {
  const { aigul, t } = asker
  // Where there are no toasts the notice stands below the question.
  const last = aigul.messages.findLast(({ from, text }) => from === 'bot' && text !== notice) ?? aigul.last
  expect(asks(asker, { ...aigul, last }, key), `${what} at ${key}: ${last.text}`).toBe(true)
  if (!notice) expect(aigul.last.text.split('\n\n')[0], `${what} at ${key}`).not.toBe(t(key))
  expect(problems(asker)).toEqual([])
}

function problems({ log }: Town): string[] {
  return log.filter(line => /"level":(40|50|60)/.test(line))
}

const inventions = [
  '',
  ':',
  ':x',
  ':00000000-0000-7000-8000-000000000000',
  ":';--:1:2:3",
  `:${'ғ'.repeat(20)}`,
]

describe.each(testedChannels)('on %s', channel => {
  test('at every question, what answers nothing is met kindly, and nothing said is lost', async () => {
    const asker = await askerIn(database, { channel })
    const { aigul } = asker
    for (const step of forMother) {
      if (step.key !== 'who.ask') {
        for (const [what, deed] of nonsense) {
          const before = aigul.messages.length
          const pressed = (await deed(asker)) as { notice?: string } | undefined
          const answered = aigul.messages.length - before > 0 || pressed?.notice
          expect(Boolean(answered), `${what} at ${step.key}`).toBe(true)
          expectKindRepeat(asker, step.key, what, pressed?.notice)
        }
      }
      await step.answer(aigul, asker)
    }
    expect(aigul.messages.map(({ text }) => text).join()).toContain('Зейнеп Ахметова')
    const [row] = await rowsIn(asker, 'select count(*) as n from requests')
    expect(Number(row?.n)).toBe(1)
  })

  test('words where a button is asked for, a button where words are, and the button of an answered question', async () => {
    const asker = await askerIn(database, { channel })
    const { aigul, t } = asker
    await walkTo(asker, forMother, 'consent.other')
    const consent = aigul.last
    await aigul.says('погода сегодня хорошая')
    expect(asks(asker, aigul, 'consent.other')).toBe(true)
    await aigul.says(t('consent.other.yes'))
    expect(asks(asker, aigul, 'cat.ask')).toBe(true)
    await aigul.presses(t('cat.household'))
    await aigul.presses(t('when.3days'))
    expect(consent.buttons).toContain(t('consent.other.no'))
    await aigul.pressesData('q:zzzzzz:1:consent.other.no')
    expect(aigul.last.text).toContain(t('err.stale'))
    expect(asks(asker, aigul, 'place.region')).toBe(true)
  })

  test('whom nobody understands three times in a row a person is brought, once; to a coordinator none', async () => {
    const asker = await askerIn(database, { channel })
    const { aigul, t, store } = asker
    const [own] = await store.db.select().from(people)
    const marat = await coordinator(asker, 'Марат')
    await walkTo(asker, forMother, 'consent.other')
    const [alarm = ''] = t('alert.human', { name: '|', phone: '' }).split('|')
    const [called = ''] = t('human.ok', { due: '|' }).split('|')
    for (const calls of [0, 0, 1, 1, 1]) {
      const before = aigul.messages.length
      await aigul.says('ыва')
      const answer = aigul.messages.slice(before).filter(({ from }) => from === 'bot')
      expect(answer.map(({ text }) => text).join()).toContain(t('consent.other'))
      expect(await store.db.$count(alerts, eq(alerts.kind, 'human'))).toBe(calls)
    }
    expect(aigul.messages.filter(({ text }) => text.startsWith(called))).toHaveLength(1)
    expect(marat.messages.filter(({ text }) => text.startsWith(alarm))).toHaveLength(1)

    await aigul.presses(t('consent.other.yes'))
    await store.db.delete(alerts)
    const territory = { regionId: null, districtId: null, cleared: true }
    await grantRole(store, { ...territory, personId: own?.id ?? '', at: noon })
    for (let n = 0; n < 4; n++) await aigul.says('ыва')
    expect(asks(asker, aigul, 'cat.ask')).toBe(true)
    expect(await store.db.$count(alerts)).toBe(0)
  })

  test('markup, SQL and letters from right to left stay what they are', async () => {
    const asker = await askerIn(database, { channel })
    const { aigul, t } = asker
    const address = `<b>Мира</b> & "7"'; drop table people; --`
    const words = '<script>alert(1)</script> \u202eמלח\u202c хлеб & молоко {name} $1 %s'
    await walkTo(asker, forMother, 'place.street')
    await aigul.says(address)
    await aigul.says('8 701 123 45 67')
    await aigul.says(words)
    await aigul.presses(t('text.enough'))
    expect(aigul.last.text).toContain(address)
    expect(aigul.last.text).toContain('<script>alert(1)</script>')
    expect(aigul.last.text).toContain('מלח хлеб & молоко {name} $1 %s')
    expect(aigul.last.text).not.toContain('\u202e')
    await aigul.presses(t('check.yes'))
    expect(await rowsIn(asker, 'select id from people')).toHaveLength(1)
    expect(problems(asker)).toEqual([])
  })

  test.each(['name.other', 'place.region', 'place.street', 'phone.other'])(
    'a text as long as the messenger allows is answered at %s',
    async key => {
      const asker = await askerIn(database, { channel })
      await walkTo(asker, forMother, key)
      await asker.aigul.says('хлеб '.repeat(819).trim())
      expectKindRepeat(asker, key, 'a long text', undefined)
    },
  )

  test('after a week away, an old button and an old text lead back to where it was', async () => {
    const asker = await askerIn(database, { channel })
    const { aigul, t } = asker
    await walkTo(asker, forMother, 'cat.ask')
    asker.at('2026-12-01T06:00:00Z')
    await aigul.presses(t('cat.household'))
    expect(asks(asker, aigul, 'when.ask')).toBe(true)
    asker.at('2026-12-09T06:00:00Z')
    await aigul.says('здравствуйте, это снова я')
    expect(aigul.last.text).toContain(t('resume.ask'))
    await aigul.presses(t('resume.go'))
    expect(asks(asker, aigul, 'when.ask')).toBe(true)
  })

  test('every kind of button with invented contents is answered, in private and in the group', {
    timeout: 180_000,
  }, async () => {
    const town = await settledTown(database, { channel, language: 'ru' })
    const { aigul, timur, marat } = town
    await requestFrom(town, aigul)
    const contents = channel === 'telegram' ? inventions : inventions.slice(2, 5)
    let turn = 0
    for (const name of [...Object.keys(taps), 'q', 'do', 'resume']) {
      for (const content of contents) {
        const phones = [aigul, timur, marat, timur.in('Көршілер'), marat.in('Көршілер')]
        // The playground reads its whole page after each press: there each button is tried by one of the five.
        turn += 1
        const trying = channel === 'telegram' ? phones : phones.filter((_, n) => n === turn % 5)
        for (const phone of trying) await phone.pressesData(`${name}${content}`)
      }
    }
    expect(problems(town)).toEqual([])
    for (const code of Object.keys(startCodes).flatMap(kind => [
      `${kind}-x`,
      `${kind}-`,
      kind,
      `${kind}-0190`,
    ])) {
      const before = aigul.messages.length
      await aigul.start(code)
      expect(aigul.messages.length, code).toBeGreaterThan(before)
    }
    expect(problems(town)).toEqual([])
    expect(await rowsIn(town, "select id from requests where status = 'open'")).toHaveLength(1)
  })

  test('two who press at once: one has it, the other is thanked', async () => {
    const town = await settledTown(database, { channel, language: 'ru' })
    const { t, aigul, timur, dina } = town
    await requestFrom(town, aigul)
    const pressed = await Promise.all([timur, dina].map(one => one.in('Көршілер').presses(t('claim'))))
    expect(pressed.map(({ notice }) => notice).sort()).toEqual(
      [t('claim.taken'), t('claim.yours', { num: 1 })].sort(),
    )
    expect(await rowsIn(town, 'select id from assignments')).toHaveLength(1)
  })
})

describe('what only Telegram brings', () => {
  async function strangerIn() {
    const asker = await askerIn(database, { channel: 'telegram' })
    const { telegram } = asker
    if (!telegram) throw new Error('This town has no Telegram')
    const person = telegram.user({ firstName: 'Айгүл', languageCode: 'ru' })
    const phone = Object.assign(Object.create(telegramPhone(person, asker.settle)), { key: 'Айгүл' })
    await phone.start()
    await phone.presses(asker.t('lang.ru'))
    return { asker: { ...asker, aigul: phone } as Asker, person, telegram }
  }

  test('polls, huge files, others’ contacts and a place shared live', async () => {
    const { asker, person } = await strangerIn()
    const { aigul, t, settle } = asker
    await walkTo(asker, forMother, 'text.ask')
    await person.poll()
    await settle()
    expectKindRepeat(asker, 'text.ask', 'a poll', undefined)
    expect(aigul.last.text).toContain(t('err.unreadable'))
    await person.document({ size: 60 * 1024 * 1024, name: 'all.zip' })
    await settle()
    expect(aigul.last.text).toContain(t('err.file'))
    await person.contactOf('+77015550000')
    await settle()
    expectKindRepeat(asker, 'text.ask', 'a contact', undefined)
    expect(problems(asker)).toEqual([])
  })

  test('a text of 5000 letters, which Telegram cuts in two', async () => {
    const { asker, person } = await strangerIn()
    const { aigul, settle } = asker
    for (const key of ['name.other', 'place.street', 'phone.other']) {
      const at = forMother.findIndex(step => step.key === key)
      const from = forMother.findIndex(step => asks(asker, aigul, step.key))
      await walkTo(asker, forMother.slice(from, at + 1), key)
      const text = 'слово '.repeat(834).slice(0, 5000)
      await person.send(text.slice(0, 4096))
      await person.send(text.slice(4096))
      await settle()
      expectKindRepeat(asker, key, 'a long text', undefined)
    }
  })

  test('the same update twice, and five times at once', async () => {
    const { asker, telegram } = await strangerIn()
    const { aigul, t, settle } = asker
    await walkTo(asker, forMother, 'cat.ask')
    await aigul.presses(t('cat.household'))
    const [last] = telegram.updateLog.slice(-1)
    if (!last) throw new Error('Nothing was delivered')
    const before = aigul.messages.map(({ text }) => text)
    await telegram.onUpdate?.(last)
    await Promise.all(Array.from({ length: 5 }, () => telegram.onUpdate?.(last)))
    await settle()
    expect(aigul.messages.map(({ text }) => text)).toEqual(before)
    expect(problems(asker)).toEqual([])
  })
})

async function rowsIn({ store }: Town, query: string): Promise<Record<string, unknown>[]> {
  return rowsOf(await store.db.execute(query))
}
