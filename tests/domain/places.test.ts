import { describe, expect, test } from 'vitest'
import { districtOf, districts } from '../../domain/districts.ts'
import { languages } from '../../domain/language.ts'
import { aliases } from '../../domain/place-aliases.ts'
import {
  findDistricts,
  findRegionsByName,
  nameOf,
  regionNameOf,
  sortByName,
  zoneOf,
} from '../../domain/places.ts'
import { regions } from '../../domain/regions.ts'

const ids = (text: string, region?: string) => findDistricts(text, region).map(district => district.id)

/** The regions that a person is led to: by their own name, else by a town or district in them. */
function regionIds(text: string): string[] {
  const named = findRegionsByName(text)
  return named.length > 0 ? named : [...new Set(findDistricts(text).map(({ region }) => region))]
}

describe('one district or city is meant', () => {
  test.each([
    // As it is written, in three languages and any case.
    ['Семей', '10-semei-city'],
    ['СЕМЕЙ', '10-semei-city'],
    ['semey', '10-semei-city'],
    ['Semei', '10-semei-city'],
    ['Өскемен', '63-oskemen-city'],
    ['Oskemen', '63-oskemen-city'],
    ['Öskemen', '63-oskemen-city'],
    ['Усть-Каменогорск', '63-oskemen-city'],
    ['усть каменогорск', '63-oskemen-city'],
    ['Устькаменогорск', '63-oskemen-city'],
    ['Ust-Kamenogorsk', '63-oskemen-city'],
    ['Екібастұз', '55-ekibastuz-city'],
    ['Экибастуз', '55-ekibastuz-city'],
    ['Ekibastuz', '55-ekibastuz-city'],
    ['Qaraghandy', '35-karagandy-city'],
    ['Аккольский район', '11-akkol'],
    ['Ақкөл ауданы', '11-akkol'],
    ['Akkol District', '11-akkol'],
    ['район Магжана Жумабаева', '59-magzhan-zhumabaev'],
    ['Ғабит Мүсірепов атындағы аудан', '59-gabit-musirepov'],
    ['Катонкарагай', '63-katonkaragai'],
    ['Катон Карагай', '63-katonkaragai'],
    ['Бокейорда', '27-bokei-ordasy'],
    // Kazakh letters typed on a Russian keyboard, and Latin letters that look Cyrillic.
    ['Оскемен', '63-oskemen-city'],
    ['Кокшетау', '11-kokshetau-city'],
    ['Жанаозен', '47-zhanaozen-city'],
    ['Енбекшиказак', '19-enbekshikazak'],
    ['Тупкараган', '47-tupkaragan'],
    ['Cемeй', '10-semei-city'],
    // A few letters, or one word of the name.
    ['усть', '63-oskemen-city'],
    ['риддер', '63-ridder-city'],
    ['зере', '11-zerendi'],
    ['кокп', '10-kokpekti'],
    ['мусреп', '59-gabit-musirepov'],
    ['жумабаев', '59-magzhan-zhumabaev'],
    ['фараби', '79-al-farabi'],
    // Cases.
    ['в Семее', '10-semei-city'],
    ['из Семея', '10-semei-city'],
    ['Семейде', '10-semei-city'],
    ['Семейден', '10-semei-city'],
    ['semeyde', '10-semei-city'],
    ['в Караганде', '35-karagandy-city'],
    ['в Рудном', '39-rudnyi-city'],
    ['из Экибастуза', '55-ekibastuz-city'],
    ['в Бородулихинском районе', '10-borodulikha'],
    ['Шемонаихинского р-на', '63-shemonaikha'],
    ['Курчатовта', '10-kurchatov-city'],
    ['Ақтауда', '47-aktau-city'],
    ['Аягөз ауданында', '10-aiagoz'],
    ['Зайсан ауданынан', '63-zaisan'],
    ['Тайыншинском р-не', '59-taiynsha'],
    // Typing errors.
    ['Экибазтуз', '55-ekibastuz-city'],
    ['Талдыкурган', '33-taldykorgan-city'],
    ['талдокорган', '33-taldykorgan-city'],
    ['Петропавлавск', '59-petropavl-city'],
    ['Жесказган', '62-zhezkazgan-city'],
    ['Усть-Каминогорск', '63-oskemen-city'],
    ['Шемонаиха', '63-shemonaikha'],
    ['Шеманаиха', '63-shemonaikha'],
    ['kokshetua', '11-kokshetau-city'],
    ['Аткау', '47-aktau-city'],
    ['Тарза', '31-taraz-city'],
    ['в Экибастусе', '55-ekibastuz-city'],
    // Former names.
    ['Семипалатинск', '10-semei-city'],
    ['в Семипалатинске', '10-semei-city'],
    ['Кокчетав', '11-kokshetau-city'],
    ['Актюбинск', '15-aktobe-city'],
    ['Уральск', '27-oral-city'],
    ['Гурьев', '23-atyrau-city'],
    ['Джамбул', '31-taraz-city'],
    ['Кустанай', '39-kostanai-city'],
    ['Кзыл-Орда', '43-kyzylorda-city'],
    ['Кзылорда', '43-kyzylorda-city'],
    ['Ермак', '55-aksu-city'],
    ['Капчагай', '19-konaev-city'],
    ['Лениногорск', '63-ridder-city'],
    ['Джезказган', '62-zhezkazgan-city'],
    ['Зыряновск', '63-altai'],
    ['Тарановский район', '39-beiimbet-mailin'],
    ['Новый Узень', '47-zhanaozen-city'],
    // Towns in a district.
    ['Щучинск', '11-burabai'],
    ['в Щучинске', '11-burabai'],
    ['Каскелен', '19-karasai'],
    ['Қаскелең', '19-karasai'],
    ['Есик', '19-enbekshikazak'],
    ['Иссык', '19-enbekshikazak'],
    ['Аягуз', '10-aiagoz'],
    ['г. Аягоз', '10-aiagoz'],
    ['Жаркент', '33-panfilov'],
    ['Ушарал', '33-alakol'],
    ['Жетыбай', '47-karakiia'],
    ['Форт-Шевченко', '47-tupkaragan'],
    // What the person calls it decides between two of one name.
    ['г. Павлодар', '55-pavlodar-city'],
    ['Павлодар қаласы', '55-pavlodar-city'],
    ['Павлодарский район', '55-pavlodar'],
    ['Павлодар ауданында', '55-pavlodar'],
    ['город Костанай', '39-kostanai-city'],
    ['Костанайский р-н', '39-kostanai'],
    ['г. Аксу', '55-aksu-city'],
    ['Аксуский район', '33-aksu'],
    ['г. Абай', '35-abai'],
    ['г. Алатау', '19-alatau-city'],
    ['Алматы ауданы', '71-almaty'],
    // The region stands beside it, or more words do.
    ['Абай облысы, Аягөз', '10-aiagoz'],
    ['Семей, Абай облысы', '10-semei-city'],
    ['область Абай, Абайский район', '10-abai'],
    ['Карагандинская область, Абайский район', '35-abai'],
    ['ВКО, Глубоковский район', '63-glubokoe'],
    ['СКО Жамбылский район', '59-zhambyl'],
    ['Карасайский район Алматинской области', '19-karasai'],
    ['Алматы, Медеуский район', '75-medeu'],
    ['Алматы қаласы Медеу ауданы', '75-medeu'],
    ['Астана Сарыарка', '71-saryarka'],
    ['Я живу в Семее, ул. Абая, 12', '10-semei-city'],
    ['Семей, Абай көшесі 5', '10-semei-city'],
    ['Риддер, проспект Ауэзова', '63-ridder-city'],
  ])('«%s»', (typed, id) => {
    expect(ids(typed)).toEqual([id])
  })
})

describe('several may be meant: the likeliest first, the rest in the order of the data', () => {
  test.each([
    ['Абай', ['10-abai', '35-abai', '79-abai']],
    ['в Абайском районе', ['10-abai', '35-abai', '79-abai']],
    ['Абай ауданында', ['10-abai', '35-abai', '79-abai']],
    ['Павлодар', ['55-pavlodar-city', '55-pavlodar']],
    ['Жамбыл', ['19-zhambyl', '31-zhambyl', '59-zhambyl', '31-taraz-city']],
    ['Балхаш', ['19-balkash', '35-balkash-city']],
    ['Шевченко', ['47-aktau-city', '47-tupkaragan']],
    ['Федоровка', ['27-terekti', '39-fedorov']],
    ['Нура', ['35-nura', '71-nura']],
    ['Айтеке би', ['15-aiteke-bi', '43-kazaly']],
    ['Чимкент', ['79-abai', '79-al-farabi', '79-enbekshi', '79-karatau', '79-turan']],
    ['г. Шымкент', ['79-abai', '79-al-farabi', '79-enbekshi', '79-karatau', '79-turan']],
  ])('«%s»', (typed, expected) => {
    expect(ids(typed)).toEqual(expected)
  })

  test.each([
    ['Темір', '15-temir'],
    ['Аксу', '33-aksu'],
    ['Арал', '43-aral'],
    ['Ақто', '15-aktobe-city'],
    ['Рысқұлов', '31-turar-ryskulov'],
    ['Семий', '10-semei-city'],
    ['Целиноград', '11-tselinograd'],
    ['Алматы', '75-almaly'],
    ['Алма-Ата', '75-almaly'],
    ['Нур-Султан', '71-almaty'],
    ['Шу', '31-shu'],
  ])('«%s» begins with %s', (typed, id) => {
    expect(ids(typed)[0]).toBe(id)
  })

  test('a region that is known already leaves only its own', () => {
    expect(ids('Абай', '35')).toEqual(['35-abai'])
    expect(ids('Жамбыл', '59')).toEqual(['59-zhambyl'])
    expect(ids('Семей', '75')).toEqual([])
    expect(ids('Алматы', '75')).toHaveLength(8)
  })

  test('no more than nine are offered', () => {
    expect(ids('ка')).toHaveLength(9)
    expect(regionIds('ка').length).toBeLessThanOrEqual(9)
  })
})

describe('the region is meant', () => {
  test.each([
    ['Абай облысы', ['10']],
    ['область Абай', ['10']],
    ['Абай', ['10']],
    ['Абайская обл.', ['10']],
    ['Семей', ['10']],
    ['в Семипалатинске', ['10']],
    ['Акмолинская', ['11']],
    ['Ақмола облысында', ['11']],
    ['Акмола', ['11']],
    ['Щучинск', ['11']],
    ['Актюбинск', ['15']],
    ['Ақтөбе', ['15']],
    ['aktobe', ['15']],
    ['Алматы облысы', ['19']],
    ['Алматинская область', ['19']],
    ['в Алматинской области', ['19']],
    ['Алм обл', ['19']],
    ['Almaty region', ['19']],
    ['Каскелен', ['19']],
    ['Атырау', ['23']],
    ['Гурьев', ['23']],
    ['ЗКО', ['27']],
    ['БҚО', ['27']],
    ['бко', ['27']],
    ['Западно-Казахстанская', ['27']],
    ['Батыс Қазақстан', ['27']],
    ['Орал', ['27']],
    ['Жамбыл', ['31']],
    ['Тараз', ['31']],
    ['Жетысу', ['33']],
    ['Jetisu', ['33']],
    ['Талдыкорган', ['33']],
    ['Караганда', ['35']],
    ['г. Караганда', ['35']],
    ['Карагандинской области', ['35']],
    ['Costanay', ['39']],
    ['Кустанайская область', ['39']],
    ['Қызылорда', ['43']],
    ['Мангыстау', ['47']],
    ['Мангышлак', ['47']],
    ['Жанаозен', ['47']],
    ['павл', ['55']],
    ['СКО', ['59']],
    ['сқо', ['59']],
    ['Северо-Казахстанской области', ['59']],
    ['North Kazakhstan', ['59']],
    ['Петропавловск', ['59']],
    ['Туркестан', ['61']],
    ['ЮКО', ['61']],
    ['Улытау', ['62']],
    ['Жезказган', ['62']],
    ['ВКО', ['63']],
    ['ШҚО', ['63']],
    ['VKO', ['63']],
    ['шығыс', ['63']],
    ['Усть-Каменогорск', ['63']],
    ['Астана', ['71']],
    ['в Астане', ['71']],
    ['Нур-Султан', ['71']],
    ['Нурсултан', ['71']],
    ['Астана қаласы', ['71']],
    ['Алматы, Медеуский район', ['75']],
    ['г. Алматы', ['75']],
    ['Алматы қаласында', ['75']],
    ['Шымкент', ['79']],
    ['Чимкент', ['79']],
    ['Шымкентте', ['79']],
    // The city first, because most who write it mean the city.
    ['Алматы', ['75', '19']],
    ['Алма-Ата', ['75', '19']],
    ['almaty', ['75', '19']],
    ['Целиноград', ['71', '11']],
    ['Жамбылский район', ['19', '31', '59']],
    ['г. Абай', ['35']],
  ])('«%s»', (typed, expected) => {
    expect(regionIds(typed)).toEqual(expected)
  })
})

describe('what is no place here finds nothing', () => {
  test.each(
    [
      '',
      '   ',
      '12',
      'а',
      '…',
      '👵',
      'Москва',
      'Омск',
      'Ташкент',
      'Бишкек',
      'Берлин',
      'Новосибирск',
      'Лондон',
    ]
      .concat([
        'привет',
        'здравствуйте',
        'сәлем',
        'рахмет',
        'көмек керек',
        'спасибо',
        'не знаю',
        'кто там',
        'нет',
      ])
      .concat([
        'хлеб и молоко',
        'у мамы болят ноги',
        'аптека',
        'больница',
        'лекарство',
        'волонтер',
        'помощник',
      ])
      .concat([
        'qwerty',
        'йцукен',
        'асдфг',
        'ул. Абая',
        'Абай көшесі',
        'проспект Ауэзова',
        'мкр Аксай',
        'область',
      ])
      .map(typed => [typed]),
  )('«%s»', typed => {
    expect(ids(typed)).toEqual([])
    expect(regionIds(typed)).toEqual([])
  })

  test('an oblast alone is no district', () => {
    expect(ids('Алматы облысы')).toEqual([])
    expect(ids('Павлодарская область')).toEqual([])
  })
})

describe('every name that we show or list is found again', () => {
  test.each(languages)('districts and cities in %s', language => {
    const lost = districts.filter(({ id, region, [language]: name }) => {
      const found = ids(name, region)
      return found[0] !== id && !(found.includes(id) && nameOf(found[0] ?? '', language) === name)
    })
    expect(lost.map(({ id }) => id)).toEqual([])
  })

  test.each(languages)('regions in %s', language => {
    const lost = regions.filter(({ id, [language]: name }) => regionIds(name)[0] !== id)
    expect(lost.map(({ id }) => id)).toEqual([])
  })

  test('towns and former names', () => {
    for (const [id, { towns = [], names = [] }] of Object.entries(aliases)) {
      expect(districtOf(id), id).toBeDefined()
      for (const name of [...towns, ...names]) expect(ids(name), name).toContain(id)
    }
  })
})

test('a long story is read in no time, and the place at its beginning is found', () => {
  const before = performance.now()
  expect(ids(`Семей. ${'Помогите пожалуйста маме с дровами '.repeat(100)}`)[0]).toBe('10-semei-city')
  expect(performance.now() - before).toBeLessThan(1000)
})

test('names by id, of a district and of its region', () => {
  expect(nameOf('10-abai', 'kk')).toBe('Абай ауданы')
  expect(nameOf('10', 'en')).toBe('Abai Region')
  expect(nameOf('35-gone', 'ru')).toBe('35-gone')
  expect(regionNameOf('79-abai', 'ru')).toBe('г. Шымкент')
  expect(regionNameOf('19', 'kk')).toBe('Алматы облысы')
  expect(zoneOf('43')).toBe('Asia/Qyzylorda')
  expect(zoneOf('47-aktau-city')).toBe('Asia/Aqtau')
  expect(zoneOf('99')).toBe('Asia/Almaty')
})

test('lists are sorted by the name proper and by the alphabet of the language', () => {
  const names = (ids: string[], language: 'kk' | 'ru' | 'en') =>
    sortByName(
      ids.map(id => ({ kk: nameOf(id, 'kk'), ru: nameOf(id, 'ru'), en: nameOf(id, 'en') })),
      language,
    ).map(place => place[language])
  expect(names(['63-samar', '63-ridder-city', '63-altai', '63-ulan'], 'ru')).toEqual([
    'район Алтай',
    'г. Риддер',
    'район Самар',
    'Уланский район',
  ])
  // In Kazakh ә follows а and қ follows к.
  expect(names(['15-kargaly', '15-aiteke-bi', '10-kurchatov-city', '15-baiganin', '15-alga'], 'kk')).toEqual([
    'Алға ауданы',
    'Әйтеке би ауданы',
    'Байғанин ауданы',
    'Курчатов қаласы',
    'Қарғалы ауданы',
  ])
  expect(names(['79', '10', '59'], 'en')).toEqual(['Abai Region', 'North Kazakhstan Region', 'Shymkent city'])
})
