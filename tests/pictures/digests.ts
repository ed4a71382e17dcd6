import type { DigestNumbers } from '../../pictures/digest.ts'

/** Invented days in three languages, with the longest words the bot really uses. */
export const languages = ['kk', 'ru', 'en'] as const
export type Language = (typeof languages)[number]

export const kinds = ['busy', 'empty', 'huge', 'country'] as const
export type Kind = (typeof kinds)[number]

export function digest(language: Language, kind: Kind): DigestNumbers {
  const words = wording[language]
  const of = (value: number) => (kind === 'empty' ? 0 : kind === 'huge' ? 426_600 - value : value)
  const [title = '', subtitle = '', date = ''] = words.head
  const [kindsOfHelp = '', came30 = '', byDistrict = '', byRegion = '', aims = ''] = words.titles
  const [empty = '', came = '', done = '', more = '', open = '', late = '', legend = ''] = words.rest
  const values = { new: 14, work: 37, good: 21, bad: 4 } as const
  const tones = ['new', 'work', 'good', 'bad'] as const
  return {
    title,
    subtitle,
    date,
    cards: tones.map((tone, index) => ({
      label: words.cards[index] ?? '',
      value: of(values[tone]),
      ...(kind === 'empty' ? {} : { change: kind === 'huge' ? -426_600 : index - 1 }),
      tone,
    })),
    categories: {
      title: kindsOfHelp,
      rows:
        kind === 'empty'
          ? []
          : longest(words.categories).map((label, index) => ({ label, value: of(128 - 20 * index) })),
      empty,
    },
    trend: { title: came30, labels: { came, done }, days: month(of) },
    districts: {
      title: byDistrict,
      rows: words.districts.map((label, index) => ({ label, open: of(12 - index), overdue: of(index % 3) })),
      more,
      labels: { open, overdue: late },
    },
    ...(kind === 'country' ? { map: { title: byRegion, tiles: tiles(words.regions) } } : {}),
    goals: {
      title: aims,
      rows: [
        { label: words.goals[0] ?? '', value: of(512), goal: 600, plan: 534 },
        { label: words.goals[1] ?? '', value: of(86), goal: 426_600, plan: 80 },
        { label: words.goals[2] ?? '', value: kind === 'empty' ? 0 : 93, goal: 95, unit: '%' },
      ],
      legend,
    },
  }
}

function month(of: (value: number) => number) {
  return Array.from({ length: 30 }, (_, day) => ({
    came: of(10 + ((day * 7) % 13)),
    done: of(9 + ((day * 5) % 11)),
  }))
}

function longest(labels: readonly string[]): string[] {
  return labels.toSorted((one, other) => other.length - one.length).slice(0, 6)
}

const places = '0203041011121314151620232530323334354345'

function tiles(regions: readonly string[]) {
  return regions.map((label, index) => ({
    row: Number(places[2 * index]),
    column: Number(places[2 * index + 1]),
    label,
    value: (index * 37) % 97,
  }))
}

export const wording = {
  kk: {
    head: [
      'Күнделікті жиынтық: 21 қараша',
      'Үлкен кісілерге көмек · Алматы қаласы',
      '2026 жылғы 21 қараша, сенбі',
    ],
    cards: ['Жаңа өтініштер', 'Жұмыста', 'Орындалғандар', 'Мерзімі өткендер'],
    titles: [
      'Көмек түрлері, 30 күн',
      '30 күн: түскен және орындалған өтініштер',
      'Аудандар бойынша',
      'Өңірлер бойынша өтініштер',
      'Жылдық мақсаттар',
    ],
    rest: [
      'Соңғы 30 күнде өтініш болған жоқ',
      'түсті',
      'орындалды',
      'Тағы 5 аудан',
      'ашық',
      'мерзімі өткен',
      'бүгінге жоспар',
    ],
    goals: ['Көмек алған адамдар', 'Белсенді еріктілер', 'Көмекке көңілі толғандар'],
    districts: ['Алатау', 'Алмалы', 'Әуезов', 'Бостандық', 'Жетісу', 'Медеу', 'Наурызбай', 'Түрксіб'],
    regions: [
      ...[
        'Қостанай',
        'Солтүстік Қазақстан',
        'Павлодар',
        'Батыс Қазақстан',
        'Ақтөбе',
        'Ақмола',
        'Астана',
        'Қарағанды',
      ],
      ...[
        'Абай',
        'Шығыс Қазақстан',
        'Атырау',
        'Ұлытау',
        'Жетісу',
        'Маңғыстау',
        'Қызылорда',
        'Түркістан',
        'Жамбыл',
      ],
      ...['Алматы облысы', 'Шымкент', 'Алматы'],
    ],
    categories: [
      ...['Азық-түлік, үй шаруасы', 'Дәрігер және дәрі-дәрмек', 'Көлік, бірге бару', 'Үйде күтім жасау'],
      ...[
        'Әңгімелесу, көңіл бөлу',
        'Тұрғын үй, жөндеу',
        'Жылу, көмір, су',
        'Зейнетақы, жәрдемақы',
        'Заңгер кеңесі',
      ],
      ...[
        'Психолог',
        'Ымдау тілі аудармашысы',
        'Телефон және интернет',
        'Жұмыс және оқу',
        'Клуб, кездесу, сапар',
      ],
      ...['Жәбірлеу немесе алдау', 'Қызметке шағым', 'Басқа'],
    ],
  },
  ru: {
    head: ['Сводка за 21 ноября', 'Помощь старшим · город Алматы', '21 ноября 2026, суббота'],
    cards: ['Новые', 'В работе', 'Выполнены', 'Просрочены'],
    titles: [
      'Виды помощи, 30 дней',
      '30 дней: поступило и выполнено',
      'По районам',
      'Просьбы по регионам',
      'Цели на год',
    ],
    rest: [
      ...[
        'За последние 30 дней просьб не было',
        'поступило',
        'выполнено',
        'Ещё 5 районов',
        'открыты',
        'просрочены',
      ],
      'план на сегодня',
    ],
    goals: ['Людей получили помощь', 'Активных волонтёров', 'Довольны помощью'],
    districts: [
      ...[
        'Алатауский',
        'Алмалинский',
        'Ауэзовский',
        'Бостандыкский',
        'Жетысуский',
        'Медеуский',
        'Наурызбайский',
      ],
      'Турксибский',
    ],
    regions: [
      ...[
        'Костанай',
        'СКО',
        'Павлодар',
        'ЗКО',
        'Актобе',
        'Акмола',
        'Астана',
        'Караганда',
        'Абай',
        'ВКО',
        'Атырау',
      ],
      ...[
        'Улытау',
        'Жетысу',
        'Мангистау',
        'Кызылорда',
        'Туркестан',
        'Жамбыл',
        'Алматы обл.',
        'Шымкент',
        'Алматы',
      ],
    ],
    categories: [
      ...['Продукты, дела по дому', 'Врач и лекарства', 'Поездка, сопровождение', 'Уход на дому'],
      ...[
        'Поговорить, навестить',
        'Жильё и ремонт',
        'Отопление, уголь, вода',
        'Пенсия, пособия, бумаги',
        'Совет юриста',
      ],
      ...[
        'Психолог',
        'Переводчик жестов',
        'Телефон и интернет',
        'Работа и обучение',
        'Клуб, встречи, поездки',
      ],
      ...['Обижают или обманули', 'Жалоба на услугу', 'Другое'],
    ],
  },
  en: {
    head: ['Daily summary: 21 November', 'Help for older people · Almaty', 'Saturday, 21 November 2026'],
    cards: ['New', 'In work', 'Done', 'Overdue'],
    titles: [
      'Kinds of help, 30 days',
      '30 days: came in and done',
      'By district',
      'Requests by region',
      'Goals for the year',
    ],
    rest: [
      'No requests in the last 30 days',
      'came in',
      'done',
      '5 more districts',
      'open',
      'overdue',
      'plan for today',
    ],
    goals: ['People helped', 'Active volunteers', 'Satisfied with the help'],
    districts: ['Alatau', 'Almaly', 'Auezov', 'Bostandyk', 'Zhetysu', 'Medeu', 'Nauryzbay', 'Turksib'],
    regions: [
      ...[
        'Kostanay',
        'North Kaz.',
        'Pavlodar',
        'West Kaz.',
        'Aktobe',
        'Akmola',
        'Astana',
        'Karaganda',
        'Abai',
      ],
      ...[
        'East Kaz.',
        'Atyrau',
        'Ulytau',
        'Zhetisu',
        'Mangystau',
        'Kyzylorda',
        'Turkistan',
        'Zhambyl',
        'Almaty reg.',
      ],
      ...['Shymkent', 'Almaty'],
    ],
    categories: [
      ...[
        'Shopping and housework',
        'Doctor and medicines',
        'Ride or escort',
        'Care at home',
        'Company and a chat',
      ],
      ...[
        'Housing and repairs',
        'Heating, coal, water',
        'Pension and papers',
        'Legal advice',
        'Psychologist',
      ],
      ...[
        'Sign interpreter',
        'Phone and internet',
        'Work and training',
        'Club, events, trips',
        'Abuse or fraud',
      ],
      ...['Complain of a service', 'Something else'],
    ],
  },
} as const
