import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { controls, findControl, findLanguage, findYesNo } from '../../domain/control-words.ts'

const understood: Record<(typeof controls)[number], string[]> = {
  back: [
    'назад',
    'Назад!',
    'НАЗАД',
    'вернуться',
    'обратно',
    'артқа',
    'артка',
    'artqa',
    'artka',
    'nazad',
    'кейін',
    'back',
    '/back',
    'назад пожалуйста',
    'назаад',
    'қайту',
    'Артқа қайту',
    'на зад',
    'вернуться к прошлому вопросу',
    '/back@ardaq_bot',
    'ноль',
    'go back',
    '\u200bназад',
  ],
  cancel: [
    'отмена',
    'Отменить',
    'не надо',
    'бас тарту',
    'bas tartu',
    'керек емес',
    'тоқтату',
    'cancel',
    '/cancel',
    'атмена',
    'отмина',
  ],
  menu: [
    'меню',
    'главное меню',
    'начало',
    'старт',
    'мәзір',
    'мазир',
    'басты мәзір',
    'mazir',
    'menu',
    '/start',
    '/menu',
    '/start r17',
    'Start',
    'в меню',
  ],
  human: [
    'человек',
    'позвать человека',
    'позовите человека',
    'оператор',
    'можно человека',
    'позвоните',
    'позвоните мне пожалуйста',
    'адам',
    'adam',
    'адам керек',
    'адаммен сөйлесу',
    'хабарласыңыз',
    'khabarlasynyz',
    'person',
    'human',
    '/human',
    '/person',
    'аператор',
    'живого человека дайте',
    'оператормен байланыстырыңыз',
    'свяжите меня с кем нибудь живым, с оператором',
    'i want to speak with a real person',
  ],
  help: [
    'как',
    'Как?',
    'инструкция',
    'помощь по боту',
    'қалай',
    'qalai',
    'нұсқау',
    'how',
    'help',
    '/help',
    'как пользоваться',
    'how does this work',
    'как этим ботом пользоваться',
  ],
  delete: [
    'удалить',
    'удалите данные',
    'удалите мои данные',
    'жою',
    'zhoyu',
    'деректерді жойыңыз',
    'delete',
    '/delete',
    'Удалить.',
    'сотрите всю информацию обо мне',
  ],
  language: [
    'язык',
    'қазақша',
    'казакша',
    'казахский',
    'русский',
    'орысша',
    'english',
    '/language',
    'сменить язык',
    'тілді өзгерту',
  ],
  stop: [
    'стоп',
    'не пишите',
    'не пишите мне больше',
    'тоқта',
    'toqta',
    'жазбаңыз',
    'stop',
    '/stop',
    'СТОП!!!',
  ],
}

describe('words understood anywhere', () => {
  for (const control of controls) {
    test.each(understood[control])(`${control}: %s`, text => {
      expect(findControl(text)).toBe(control)
    })
  }

  test.each([
    'мой муж не может идти назад',
    'помощь',
    'көмек',
    'комек',
    'нужна помощь',
    'көмек керек',
    'help me',
    'i need help',
    'человек упал на улице',
    'не звоните маме',
    'someone to talk to',
    'информация о пенсии',
    'как работает кран',
    'на вопрос дочери я ответила',
    'адам көп',
    'мы живём в меню города',
    'стоп кран сломался, вода течёт',
    'удалить зуб надо',
    'как оформить пенсию',
    'қалай барамын емханаға',
    'назад 2 года болела',
    '/unknown',
    '/constructor',
    '/back now',
    'қайта',
    'нет',
    'спасибо',
    'Назира',
    'Адамбек',
    '2',
    '',
    '👍',
  ])('an ordinary message: %s', text => {
    expect(findControl(text)).toBeUndefined()
  })

  test('one wrong letter is forgiven only when asked for', () => {
    expect(findControl('атмена')).toBe('cancel')
    expect(findControl('атмена', 'exact')).toBeUndefined()
  })

  test('a long message is never a command, whatever word is in it', () => {
    const words = fc.array(
      fc.constantFrom<string[]>('мама', 'живёт', 'дома', 'одна', 'апам', 'ауырады', 'house'),
      {
        minLength: 3,
        maxLength: 12,
      },
    )
    const word = fc.constantFrom<string[]>(
      'назад',
      'отмена',
      'человек',
      'адам',
      'стоп',
      'удалить',
      'меню',
      'help',
    )
    fc.assert(
      fc.property(words, word, fc.nat(12), (rest, control, at) => {
        expect(findControl(rest.toSpliced(at % rest.length, 0, control).join(' '))).toBeUndefined()
      }),
    )
  })

  test('any text is survived', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), text => {
        expect([undefined, ...controls]).toContain(findControl(text))
        findLanguage(text)
        findYesNo(text)
      }),
    )
  })
})

describe('the language a person names', () => {
  test.each([
    ['қазақша', 'kk'],
    ['Казакша', 'kk'],
    ['казахский', 'kk'],
    ['по-казахски', 'kk'],
    ['qazaqsha', 'kk'],
    ['русский', 'ru'],
    ['Орысша', 'ru'],
    ['на русском пожалуйста', 'ru'],
    ['russian', 'ru'],
    ['english', 'en'],
    ['Ағылшынша', 'en'],
    ['по английски', 'en'],
    ['язык', undefined],
    ['русский врач нужен', undefined],
    ['қазақша орысша', undefined],
    ['', undefined],
  ])('%s → %s', (text, language) => {
    expect(findLanguage(text)).toBe(language)
  })
})

describe('yes and no', () => {
  const yes = [
    'да',
    'Да!',
    'ага',
    'конечно',
    'хорошо',
    'ок',
    'OK',
    'угу',
    'иә',
    'ия',
    'әрине',
    'жарайды',
    'болады',
    'мақұл',
    'келісемін',
    'yes',
    'sure',
    '👍',
    '👍🏽',
    '✅',
    '+',
    'да да',
    'да, спасибо',
    'ну да',
    'iya',
    'zharaidy',
    'не против',
    'да 👍',
    'иә, рахмет',
    'y',
    'болсын',
    'иә, болады',
    'агась',
  ]
  const no = [
    'нет',
    'Нет.',
    'не надо',
    'жоқ',
    'жок',
    'керек емес',
    'no',
    'nope',
    '👎',
    '−',
    '-',
    'нет спасибо',
    'не согласна',
    'да нет',
    'нет, не надо',
    'жоқ рахмет',
    'zhoq',
    'хорошо, не надо',
    'нит',
    'n',
    'not at all',
    'болмайды ғой',
    'келіспеймін',
    'нет конечно',
    'әлі жоқ',
  ]
  const neither = [
    '',
    'не знаю',
    'да или нет? не пойму',
    'спасибо',
    '2',
    'да 2',
    'нет лекарств',
    'да бросьте вы',
    '🙏',
    '?',
    '👍👎',
    'Данияр',
    'и да и нет',
    'lady',
  ]

  test.each(yes)('yes: %s', text => expect(findYesNo(text)).toBe('yes'))
  test.each(no)('no: %s', text => expect(findYesNo(text)).toBe('no'))
  test.each(neither)('neither: %s', text => expect(findYesNo(text)).toBeUndefined())
})
