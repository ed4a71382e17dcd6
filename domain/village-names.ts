import { nameKey, withoutSuffix } from './name-key.ts'
import { plainWords, publicNames, publicPlaces } from './plain-words.ts'
import { ordinary } from './redact-everyday.ts'
import { ofWord, type Token } from './redact-page.ts'

/** Villages and small towns whose names say nothing of how they are built; the rest is known by its build. */
const names = `
Шульба Шүлбі Шульбинск Жезкент Бескарагай Семиярка Долонь Бегень Башкуль Стеклянка Чаган Шаган Жиеналы Знаменка Приреченка Талица
Караолен Мукур Мұқыр Тарбагатай Баршатас Тарлаулы Мамырсу Емелтау Айгыз Сергиополь Урджар Үржар Маканчи Мақаншы Таскескен Науалы
Бахты Көкпекті Кокпекты Буконь Теректі Екпин Ақсуат Ойшілік Ойшилик Калбатау Чарск Жангизтобе Карауыл Қарауыл Кайнар Қайнар
Саржал Кенгирбай Кундызды Абралы Токтамыс Архат Озерки Кентарлау Бозанбай Асубулак Убинка Выдриха Быструха Бородулиха Уба Таловка
Шемонаиха Курчум Күршім Калжыр Тугыл Шиликты Шілікті Кендерлик Нарын Катонкарагай Маркаколь Зенковка Подпуск Рубежка Елтай
Атасу Агадырь Шетпе Бейнеу Шиели Шиелі Жалагаш Жалағаш Жосалы Жосалы Сайхин Жанибек Жәнібек Казталовка Чингирлау Шыңғырлау
Сырым Хобда Қобда Мартук Мәртөк Карабутак Иргиз Ырғыз Уил Кенкияк Эмба Мерке Меркі Кулан Құлан Кордай Қордай Мойынкум 
Тургень Чунджа Шонжы Кеген Баканас Бақанас Лепсы Лепсі Алтынемель Коргас Қорғас Хоргос Каргалы Қарғалы
Боралдай Отеген Өтеген Талгар Ергели Шардара Атакент Мырзакент Жетысай Жетісай Шаян Шаульдер Шәуілдір Турбат Манкент Тюлькубас
Казыгурт Қазығұрт Зеренда Зеренді Айыртау Тайынша Кишкенеколь Талшик Талшық Булаево Мамлютка Пресновка Явленка Бишкуль Бескөл
Шортанды Аршалы Жалтыр Степняк Балкашино Державинск Торгай Торғай Камысты Қамысты Тобыл Затобольск Житикара Жітіқара Железинка
Качиры Успенка Щербакты Шарбакты Шарбақты Майкаин Майқайың Баянаул Баянауыл Каркаралы Қарқаралы Каркаралинск Киевка Аюлы Ботакара
Топар Шахан Каинды Қайыңды Каменка Белокаменка Украинка Пролетарка Песчанка Канонерка Камышенка Кривинка Боровлянка Преображенка Раздольное
Предгорное Приречное Заречное Подгорное Привольное Казачье Зубаир Жыланды Кайракты Қайрақты Бидайық Аршаты Каражал Қаражал`

/** What the names of Kazakh villages are put together of: «Ақ-суат», «Тас-бұлақ». */
const first =
  `ақ қара көк сары қызыл жаңа ескі үш бес екі төрт алты жеті мың қос тас құм тұз жар бай орта үлкен кіші жоғарғы төменгі
ұзын ұзун кең терең шолақ боз ала күрең жалпақ мұз той май егінді егін қайың қайыңды терек тал талды арал көп түлкі қасқыр жуан
жіңішке айна қайнар тұщы ащы салқын суық шұбар тік биік қамыс қамысты жаңғыз жалғыз қарағай тай тоғыз қыр отар сұлу бұға
марал құланды құлан шөп шөпті бал алма шілік шеңгел сор қайрақты нар тел еспе қой бие бота түйе бел бұрлы бүркіт сай шал бір күн
 жел желді мал тоқты шұңқыр қойын көл құс қар`.split(/\s+/)
const second =
  `су суат бұлақ көл төбе тоғай ағаш ағач өзен өзек сай жар құм тау ой бел шілік жал оба құдық құдук биік арал терек жота шоқы дала
жыра қорған мола кент бастау арық қайың қайнар жиде шеңгел тұма өткел шағыл қопа сор ошақ ауыл аул қора қыстау жайлау шат кезең түбек
тепсең қарағай ерек кескен кесек бұжыр зор шымырау батақ бұтақ жон кемер жазық апан қамыс қия тоғам шоқтас тас сыр бауыр жұлдыз
қойын қошқар құжыр бай тал бас талап тілек тұрмыс жартас сеңгір шыңғырау қала қазық жол арна`.split(/\s+/)
/** Everyday words put together in the same way: «сарысу» is whey, «қарасу» an illness of the eye. */
const notVillages =
  'ортақол тасжол ақжол айбас сарысу қарасу бастау бесбай жаңабай сарыбай бірқой айсыр отарбай көпбай көпқой көпмал көпсу көпағаш бірсу бірағаш атқора малқора қойқора жартас көктас бестас'
const built = new Set(first.flatMap(one => second.map(other => nameKey(one + other))))
for (const word of notVillages.split(' ')) built.delete(nameKey(word))

const ofFounder = /^(.{2,}[ое]в)к(?:а|и|е|у|ои|ою)$/u
/** What else ends in «-овка»: things, works, papers. Compared up to the «-ов». */
const things =
  `останов установ перестанов постанов обстанов восстанов духов парков припарков упаков распаков винтов страхов подстрахов готов
подготов заготов изготов тренов зимов кладов столов коров морков голов золов подков листов путев верев дешев кросов хрущев толстов спецов бытов
битов ветров обнов новов циклев облицов пресов опресов забастов ков подков литов шумов фасов расфасов мышелов перцов шлифов снаров снов
штормов поллитров литров сторублев пятисотрублев тысячерублев тусов масов чертов плутов издев плев кузов грунтов оптов рисов посадов ночев
сотов плащев планшетов стыков похлебов молотов засов пугов луков перлов белев тыков стоков дублев ромов чечев клубнев подсолнов сливов
ксероксов страусов зубров свекров микроволнов волнов медов трехлитров пятилитров двухлитров однокласов трешов листов медуов сноров дров ножов кишков
безрукав мостов дозов зачистов кантов пакетов прищепов гофров розетков розов коробков бирюзов колготов спинов пальтов`.split(
    /\s+/,
  )
const notFounder = new Set(things.map(nameKey))
/** «дозировка», «сортировка»; but «Владимировка» and «Кировка» are villages. */
const doing = /(?<!владим|^к)иров$/u
/** Of water and hills, whatever stands before: «Ескенебұлағы», «Желдықұдық». */
const onWater = /^.{3,}(?:булак|булаги|кудик|кудук|бастау|суат|тогаи|шоки|озек|кистау)$/u
const onRiver = /^.{3,}[ое]во$/u
const notOnRiver =
  /^(?:готов|здоров|клеим|капуч|дерев|зарев|чрев|бестолк|толков|нездоров|неготов|фигов|хренов|херов|дешев|суров|рисков|бредов|клев|розов|лилов|ерундов|крошев|кружев|молоков|варев|курев|печев)/u

const listed = new Set(names.split(/\s+/).filter(Boolean).map(nameKey))
const stems = new Set([...listed].filter(key => key.length >= 5).map(key => key.replace(/[аеиоу]$/u, '')))

function russianEnd(): RegExp {
  return /(?:ами|ах|ам|ою|ом|ем|ои|еи|иеи|а|е|и|у)$/u
}

/** «Шульба», «Қайнарда»: a village of the list, in whatever case form and letters. */
export const isListedVillage = ofWord((token: Token): boolean => {
  const key = keyOf(token)
  if (key === undefined || plainWords.has(token.key) || publicPlaces.has(token.key)) return false
  if (rootsOf(key).some(root => root.length >= 4 && listed.has(root)) || listed.has(key)) return true
  const stem = key.replace(russianEnd(), '')
  return stem !== key && stem.length >= 4 && stems.has(stem)
})

/** «Тасбұлақта», «Семёновка»: built as villages are called, and nothing else. */
export const isBuiltLikeVillage = ofWord((token: Token): boolean => {
  const key = keyOf(token)
  if (key === undefined || key.length < 5 || plainWords.has(token.key) || publicNames.has(token.key))
    return false
  const roots = rootsOf(key)
  if (roots.some(isOfFounder)) return true
  if (ordinary(token)) return false
  if (roots.some(root => built.has(root) || onWater.test(root))) return true
  return onRiver.test(key) && !notOnRiver.test(key)
})

function isOfFounder(key: string): boolean {
  const founder = key.length >= 7 ? ofFounder.exec(key)?.[1] : undefined
  return founder !== undefined && !notFounder.has(founder) && !doing.test(founder)
}

/** The word without the case endings of either language; a person's «-мын, -біз» may stand behind them. */
function rootsOf(key: string): string[] {
  const bare = key.replace(/(?:мин|миз|биз|ги)$/u, '')
  return [key, ...withoutSuffix(key), bare, ...withoutSuffix(bare), key.replace(russianEnd(), '')]
}

function keyOf(token: Token): string | undefined {
  return token.kind === 'word' && token.text.length >= 3 && token.text.length <= 30
    ? nameKey(token.text)
    : undefined
}
