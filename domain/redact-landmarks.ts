import { houseWords, landmarks, liveCues, nearWords } from './address-words.ts'
import { ordinalsOf } from './number-words.ts'
import { wordSet } from './plain-words.ts'
import { clauseEnd, clauseStart } from './redact-clause.ts'
import { hide, isNumber, isWord, type Page, type Token } from './redact-page.ts'

const colour =
  /^(?:зелен|голуб|красн|черн|желт|коричнев|оранжев|розов|бордов|ржав|бирюзов|фиолетов|салатов|деревян|железн|кирпичн|металлич|металлопроф|кован|шиферн|крашен|кызыл|жасыл|когилдир|конур|конир|темир|кирпиш|агаш$|сары$|кок$|ак$|кара$|сур$|blue$|green$|red$|white$|black$|yellow$|brown$|gr[ea]y$|orange$|pink$|iron$|wooden$|brick$|metal$|rusty$|син(?:ий|ия|ее|ие|его|ему|им|ем|юю|яя|их|ими|ей)$|бел(?:ый|ая|ое|ые|ого|ому|ым|ом|ую|ых|ыми|ой)$|сер(?:ый|ая|ое|ые|ого|ому|ым|ом|ую|ых|ыми|ой)$)/u
const outside =
  /^(?:забор(?:а|у|ом|е|чик)?|ворот(?:а|ам|ами|ах)?|крыш(?:а|и|е|у|ей)|калитк(?:а|и|е|у|ой)|двер(?:ь|и|ью)|штакетник(?:а|у|ом|е)?|изгород[ьи]ю?|ставн[ия](?:ми)?|крыльц(?:о|а|ом|е)|какпа(?:сы|лы|ли)?|шарбак(?:ты|тин|тын)?|дуал(?:ы|ды)?|коршау(?:лы)?|шатыр(?:лы|ы)?|тобе(?:си|ли)|есик(?:ти)?|gates?|fence|roof|door|shutters)$/u
/** Whoever speaks so wants it painted, mended or bought. */
const work =
  /^(?:покрас|краск|краси|крась|почин|отремонт|ремонт|слома|упал|завал|течет|протек|дыряв|купи|постав|замен|сдела|бояу|боя[уп]|жонде|сынд|сынып|агып|кула|сатып|ауыстыр|тазала|поменя|смаз|скрип|заклин|почист|помы|вымы|мыть|протер|жу[уы]п?$|сурт|wash|clean|убр|ашылма|paint|fix|repair|broke|leak|mend|replace|buy|fell|build|install)/u

const more = wordSet(`
мечеть мечети мечетью мечетей церковь церкви церковью церковью школы школой школе магазина магазином магазине акимата акиматом почты почтой рынка рынком базара базаром парка парком аптеки аптекой больницы больницей поликлиники поликлиникой садика садиком детсада детсадом колонки колонкой моста мостом реки рекой кладбища кладбищем остановки остановкой заправки заправкой вокзала вокзалом мельницы мельницей элеватора элеватором клуба клубом бани баней котельной водокачки водокачкой водонапорной башни башней переезда переездом памятника памятником стадиона стадионом бассейна фабрики завода заводом тойханы тойханой столовой поста сквера площади арыка арыком озера оврага пекарни пекарней библиотеки музея театра тоо трассы трассой поворота поворотом
мешит мешиттин мешити мектеп мектептин дукен дукеннин аким акимдик акимдиктин емхана емхананын аурухана аурухананын базар базардын копир копирдин озен озеннин зират зираттын аялдама аялдаманын бекет балабакша балабакшанын дарихана дарихананын парк парктин
mosque church school shop store market bridge river station park pharmacy hospital kindergarten cemetery bakery mill akimat library stop`)
const near = wordSet(`
за напротив возле около рядом позади у перед через сразу между недалеко близ вплотную слева справа прямо следующий
behind opposite near beside next by past across after`)
const nearAfter = /^(?:жанын|касын|карсысын|карсы$|артын|манын|арт?жагын|жагын)/u
/** Words that say nothing but where. */
const wherewords = wordSet(`
от до дороги дорогу дорогой с со из на в во по и к последний последняя первый первая крайний крайняя угловой угол углу справа слева прямо сразу направо налево
напротив дом дома доме домик двор дворе живу живет живем находится находимся стоит мой наш моя наша там тут здесь сторона стороне стороны конец конце начале
уй уйи уйим уйимиз турамын турады турамыз бурыш бурышта шеткы шет соңгы бирден орналаскан the to of is my our house home live lives we i on at corner last first left right it with just`)
const home =
  /^(?:дом|дома|доме|домик|живу|живет|живем|жив|уй|уйи|уйим|уйимиз|турамын|турады|турамыз|house|home|live|lives)$/u

/** «Синие ворота», «за мечетью», «мешіттің жанында»: what shows the way to a home as well as its number does. */
export function hideLandmarksTold(page: Page): void {
  for (let at = 0; at < page.length; at++) {
    const token = page[at]
    if (!isWord(token)) continue
    if (colour.test(token.key)) hidePainted(page, at)
    if (isLandmark(token)) hideNear(page, at)
  }
}

const isLandmark = (token: Token | undefined): boolean =>
  token !== undefined && (landmarks.has(token.key) || more.has(token.key))

function hidePainted(page: Page, at: number): void {
  let part = at + 1
  while (part < at + 3 && isWord(page[part]) && colour.test(page[part]?.key ?? '')) part++
  // «За мостом белый дом»: a house has a colour too, where the way to it is told.
  const house = page[at - 1]?.hidden && /^(?:дом|домик|уй|house)$/u.test(page[part]?.key ?? '')
  if ((!house && !outside.test(page[part]?.key ?? '')) || page[part]?.newLine) return
  const [from, to] = [clauseStart(page, at), clauseEnd(page, part)]
  if (isWork(page, from, to) || /^(?:холодильник|шкаф|fridge)/u.test(page[part + 1]?.key ?? '')) return
  hide(page, at, part + 1)
}

const isWork = (page: Page, from: number, to: number) =>
  page.slice(Math.max(0, from - 1), to + 1).some(token => isWord(token) && work.test(token.key))

function hideNear(page: Page, at: number): void {
  const before = [1, 2, 3]
    .map(back => at - back)
    .find(place => near.has(page[place]?.key ?? '') && !crossed(page, place, at))
  const after = nearAfter.test(page[at + 1]?.key ?? '') ? at + 1 : undefined
  if (before === undefined && after === undefined) return
  const [first, last] = [before ?? at, after ?? at]
  const [from, to] = [clauseStart(page, first), clauseEnd(page, last)]
  if (!tellsHome(page, from, first) && !saysOnlyWhere(page, from, to)) return
  hide(page, first, last + 1)
}

const crossed = (page: Page, from: number, to: number) =>
  page.slice(from + 1, to + 1).some(token => token.kind === 'sign' || token.newLine)

/** «Живу в Узынагаше за мечетью», «дом у мечети». */
const tellsHome = (page: Page, from: number, first: number) =>
  page.slice(from, first).some(token => isWord(token) && (home.test(token.key) || liveCues.has(token.key)))

/** «За мечетью, нужны дрова»: a clause for the way alone. «У мечети помочь убраться» tells more. */
function saysOnlyWhere(page: Page, from: number, to: number): boolean {
  if (to - from < 2 || !isApart(page[from - 1], page[from]) || !isApart(page[to], page[to])) return false
  return page
    .slice(from, to)
    .every(
      token =>
        token.hidden ||
        token.kind !== 'word' ||
        isNumber(token) ||
        isLandmark(token) ||
        near.has(token.key) ||
        nearWords.has(token.key) ||
        nearAfter.test(token.key) ||
        wherewords.has(token.key) ||
        houseWords.has(token.key) ||
        colour.test(token.key) ||
        outside.test(token.key) ||
        ordinalsOf(token.key).length > 0,
    )
}

const isApart = (beside: Token | undefined, line: Token | undefined) =>
  beside === undefined || beside.kind === 'sign' || line?.newLine === true
