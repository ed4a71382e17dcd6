import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { FakeTelegram } from '../fake-telegram/fake-telegram.ts'
import { type Running, startProgram } from './process.ts'

describe('against a Bot API server, by real long polling', () => {
  const telegram = new FakeTelegram({})
  let program: Running
  beforeAll(async () => {
    const apiRoot = await telegram.listen()
    program = await startProgram({ TELEGRAM_BOT_TOKEN: telegram.token, TELEGRAM_API_ROOT: apiRoot })
  })
  afterAll(async () => {
    expect(await program.stop()).toBe(0)
    await telegram.close()
  })

  test('the first coordinator comes by the printed link, and the loop runs', async () => {
    const link = program.lines.join('\n').match(/https:\/\/t\.me\/\w+\?start=([\w-]+)/)
    const [marat, timur, aigul] = ['Марат', 'Тимур', 'Айгүл'].map(firstName =>
      telegram.user({ firstName, languageCode: 'ru' }),
    )
    if (!marat || !timur || !aigul) throw new Error('No cast')
    await marat.start(link?.[1])
    await says(marat, 'Как к Вам обращаться')
    await act(marat, () => marat.send('Марат'), 'Выберите язык')
    await act(marat, () => marat.tap('Русский'), 'Меню координатора')

    await act(timur, () => timur.start(), 'Выберите язык')
    await act(timur, () => timur.tap('Русский'), 'Кому нужна помощь')
    await act(timur, () => timur.tap('Хочу помогать'), 'Чтобы помогать')
    await act(timur, () => timur.tap('Даю согласие'), '18 лет')
    await act(timur, () => timur.tap('Да'), 'Как Вас зовут')
    await act(timur, () => timur.send('Тимур'), 'Ваш телефон')
    await act(timur, () => timur.shareContact(), 'В каком районе')
    await act(timur, () => timur.send('Семей'), 'Ваши районы')
    await act(timur, () => timur.tap('Достаточно'), 'С чем Вы готовы')
    await act(timur, () => timur.tap('Готово, дальше'), 'Правила')
    await act(timur, () => timur.tap('Обещаю'), 'Координатор проверит')
    // By night the form waits for the morning, and this test runs at any hour: the coordinator asks for it.
    await act(marat, () => marat.send('/queue'), 'Какие просьбы показать')
    await act(marat, () => marat.tap('Новые волонтёры: 1'), 'Новый волонтёр: Тимур')
    await act(marat, () => marat.tap('Принять'), 'волонтёр принят')

    const group = telegram.group('Көршілер', { members: [marat, timur], addBot: true })
    await telegram.until(() => group.messages.some(message => message.text?.includes('/bind')))
    await marat.in(group).send('/bind Семей')
    await telegram.until(() => group.messages.some(message => message.text?.includes('Готово. Сюда придут')))

    await act(aigul, () => aigul.start(), 'Выберите язык')
    await act(aigul, () => aigul.tap('Русский'), 'Кому нужна помощь')
    await act(aigul, () => aigul.tap('Мне'), 'Вы согласны')
    await act(aigul, () => aigul.tap('Даю согласие'), 'Как к Вам обращаться')
    await act(aigul, () => aigul.send('Айгүл'), 'Какая помощь нужна')
    await act(aigul, () => aigul.tap('Продукты, дела по дому'), 'Когда нужна')
    await act(aigul, () => aigul.tap('Сегодня'), 'В какой области')
    await act(aigul, () => aigul.send('Семей'), 'Напишите село или улицу')
    await act(aigul, () => aigul.send('Абая 12'), 'По какому телефону')
    await act(aigul, () => aigul.shareContact(), 'Расскажите')
    await act(aigul, () => aigul.send('Хлеб и молоко'), 'Добавьте ещё')
    await act(aigul, () => aigul.tap('Это всё'), 'Проверьте')
    await act(aigul, () => aigul.tap('Всё верно'), 'Просьба принята')
    await telegram.until(() => group.messages.some(message => message.text?.includes('Хлеб и молоко')))

    const press = await timur.in(group).tap('Я помогу')
    await telegram.until(() => press.answer !== undefined)
    await says(timur, 'Абая 12')
    await says(aigul, 'скажите ему')
    const code = /скажите ему: (\d\d)/.exec(lastOf(aigul))?.[1] ?? ''
    await act(timur, () => timur.send(code), 'помощь подтверждена у двери')
    await says(aigul, 'Вы довольны помощью')
    await telegram.until(() => !timur.chat.messages.some(message => message.text?.includes('Абая 12')))
  })

  type Person = ReturnType<FakeTelegram['user']>

  async function act(person: Person, deed: () => Promise<unknown>, answer: string) {
    await deed()
    await says(person, answer)
  }

  function says(person: Person, words: string) {
    return telegram
      .until(() => lastOf(person).includes(words), 15_000)
      .catch(() => {
        throw new Error(`Waited for «${words}», the chat ends with: ${lastOf(person)}`)
      })
  }

  function lastOf(person: Person): string {
    const bot = person.chat.messages.filter(message => message.from === 'bot').slice(-2)
    return bot.map(message => message.text ?? '').join('\n')
  }
})
