import {
  houseWords,
  streetAfter,
  streetBefore,
  streets,
  villageAfter,
  villageBefore,
} from './address-words.ts'
import { shortNames } from './given-names.ts'
import { declined, nameKey, withoutSuffix } from './name-key.ts'
import { kinAfter, kinBefore, plainWords, publicNames, publicPlaces } from './plain-words.ts'
import { doesSomething, introduced } from './redact-introduced.ts'
import { beginsLikeMedicine } from './redact-medicines.ts'
import { givenName } from './redact-name-words.ts'
import { hide, isNumber, isSign, isWord, ofWord, type Page, readPage, type Token } from './redact-page.ts'
import { isPatronymic } from './redact-surnames.ts'
import { isGoods, isQuotedBrand, isSetPhrase, isTime } from './redact-time-words.ts'
import { remembered } from './remember.ts'

/** The names of the people of a request and the private words of its address, as they wrote them. */
export interface Known {
  names: readonly string[]
  places: readonly string[]
}

interface Secret {
  readonly key: string
  readonly stem: string
  /** The case forms of a name whose stem is too short to know them by. */
  readonly forms: ReadonlySet<string>
  /** An everyday word as well, to be hidden only where it is written as a name. */
  readonly everyday: boolean
}

/** Hides what the request's own card says: it may be an unheard-of name, so that no dictionary would help. */
export function hideKnown(page: Page, known: Partial<Known>, capitals = writesCapitals(page)): void {
  const names = (known.names ?? []).flatMap(nameSecrets)
  const places = (known.places ?? []).flatMap(placeSecrets)
  if (names.length === 0 && places.length === 0) return
  const pairs = new Set((known.places ?? []).map(housePair).filter(pair => pair !== ''))
  const blocks = new Set((known.places ?? []).flatMap(numberedBlocks))
  page.forEach((token, at) => {
    if (isNumber(token)) hidePair(page, at, pairs)
    if (!isWord(token) || isTime(page, at)) return
    const key = keyWithDigit(page, at)
    if (names.some(secret => matches(secret, key, token) && shown(secret, page, at, capitals)))
      hide(page, isNumber(page[at - 1]) && token.joined ? at - 1 : at, at + 1)
    if (
      places.some(secret => matches(secret, key, token) && shown(secret, page, at, true)) &&
      !/^(?:облыс|област|район|аудан)/u.test(page[at + 1]?.key ?? '')
    )
      hide(page, at)
    if (isSign(page[at + 1], '-–') && blocks.has(`${key} ${page[at + 2]?.key}`)) hide(page, at, at + 3)
  })
}

/** Whoever writes capital letters writes names with them; a mask stands where a capital letter was. */
export const writesCapitals = (page: Page): boolean =>
  page.some(token => token.title || token.kind === 'mask')

/** «3ейнеп» with the figure three. */
function keyWithDigit(page: Page, at: number): string {
  const [before, token] = [page[at - 1], page[at]]
  if (token === undefined) return ''
  const figure =
    token.joined && isNumber(before) ? { 3: 'З', 0: 'О', 4: 'Ч', 6: 'Б' }[before.text] : undefined
  return figure ? nameKey(figure + token.text) : plainKey(token)
}

const plainKey = ofWord(token => nameKey(token.text))

/** As many as one request has: no more of people's names and addresses stays in memory. */
const secretsMax = 8

const nameSecrets = remembered(secretsMax, (name: string): readonly Secret[] =>
  readPage(name)
    .filter(
      token =>
        isWord(token) &&
        token.text.length > 1 &&
        !kinAfter.has(token.key) &&
        (!kinBefore.has(token.key) || token.text.length < 2),
    )
    .flatMap(token => [token.text, ...(shortForms.get(nameKey(token.text)) ?? [])].map(secretOf)),
)

const shortForms: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries(shortNames).map(([full, forms]) => [nameKey(full), forms.split(' ')]),
)

const placeSecrets = remembered(secretsMax, (place: string): readonly Secret[] =>
  readPage(place)
    .filter(
      (token, at, page) => isWord(token) && token.text.length > 2 && !isCity(page, at) && !isMarker(token),
    )
    .map(token => secretOf(token.text)),
)

/** «Ақсу-2»: the town's name alone may be read, with its number it is a block of houses. */
const numberedBlocks = remembered(secretsMax, (place: string): readonly string[] => {
  const page = readPage(place)
  return page.flatMap((token, at) =>
    isWord(token) && isSign(page[at + 1], '-–') && isNumber(page[at + 2])
      ? [`${nameKey(token.text)} ${page[at + 2]?.key}`]
      : [],
  )
})

const isMarker = (token: Token) =>
  streetBefore.has(token.key) ||
  streetAfter.has(token.key) ||
  villageBefore.has(token.key) ||
  villageAfter.has(token.key) ||
  houseWords.has(token.key) ||
  /^(?:обл|облыс|област|р-н|район|аудан|город|кала|каз)/u.test(token.key)

function isCity(page: readonly Token[], at: number): boolean {
  const before = isSign(page[at - 1], '.') ? page[at - 2] : page[at - 1]
  const street = before !== undefined && (streetBefore.has(before.key) || villageBefore.has(before.key))
  const next = page[at + 1]
  return (
    !street &&
    !(next !== undefined && streetAfter.has(next.key)) &&
    !isNumber(next) &&
    publicPlaces.has(page[at]?.key ?? '')
  )
}

/** Names which are things, plants and feelings too: in small letters they are hidden only beside a person's sign. */
const things: ReadonlySet<string> = new Set(
  `роза лилия вера надежда любовь виктория слава света мира маргарита камелия жасмин виола астра яна мая майя марта
  август августа алма анар раушан жібек күміс алтын әсем қымбат болат нұрлы бақыт мейрам жеңіс достық ораз ораза меруерт
  гауһар маржан інжу шолпан сәуле айна бота құралай қарлығаш бұлбұл гүл шынар терек алуа сабыр рахат қуат арман үміт
  думан береке жұма шәкір асыл бал балғын самал нұр таң жұлдыз ай күн hope rose lily grace faith joy may june april mark
  bill will pearl ruby daisy violet iris roman лев алға жарқын`
    .split(/\s+/)
    .map(nameKey),
)

function secretOf(word: string): Secret {
  const key = nameKey(word)
  const [token] = readPage(word)
  const common =
    token !== undefined &&
    (plainWords.has(token.key) ||
      streets.has(token.key) ||
      things.has(key) ||
      ['capital', 'company'].includes(givenName(token) ?? 'sure'))
  const stem = key.replace(/(?:иа|а|и|е|ои|аиа)$/u, '')
  const forms = new Set(stem.length < 3 && key.length > 2 ? formsOf(word, stem) : [])
  return { key, stem, forms, everyday: common }
}

/** «Зоя», «Рая», «Илья»: two letters alone would match too much. */
const formsOf = (word: string, stem: string): string[] => [
  ...declined(word).map(nameKey),
  ...['ечк', 'енк', 'инк', 'ушк', 'иушк'].flatMap(small =>
    ['а', 'е', 'и', 'у', 'ои'].map(end => stem + small + end),
  ),
]

const caseEnding =
  /^(?:а|е|и|у|ои|ом|ем|еи|иу|иа|им|ого|ому|ами|ах|ам|ою|аиа|уиу|ие|ии|ию|иеи|ин|ина|ину|s|к[аиуе]|очк[аиуе]|ечк[аиуе]|енк[аиуе]|ушк[аиуе]|ик|ика|ику|чик|ков)$/u

function matches(secret: Secret, key: string, token: Token): boolean {
  // Whatever a name turns into, it keeps its first letter.
  if (key[0] !== secret.key[0] && !secret.forms.has(key)) return false
  if (key === secret.key) return secret.key.length > 3 || token.title || !secret.everyday
  if (secret.key.length < 3) return false
  if (secret.forms.has(key)) return token.title || !plainWords.has(token.key)
  const roots = withoutSuffix(key)
  if (roots.includes(secret.key)) return true
  if (
    secret.stem.length >= 3 &&
    key.startsWith(secret.stem) &&
    caseEnding.test(key.slice(secret.stem.length))
  )
    return true
  if (
    secret.stem.length >= 4 &&
    roots.some(root => root.startsWith(secret.stem) && root.length - secret.stem.length <= 2)
  )
    return true
  return (
    respectfulOf(secret.key, key) ||
    (secret.key.length >= 5 &&
      (token.title || secret.key.length >= 6) &&
      nearly(secret.key, key) &&
      !plainWords.has(token.key)) ||
    (token.title &&
      secret.stem.length >= 4 &&
      !plainWords.has(token.key) &&
      nearly(secret.stem, key.replace(/(?:ои|ом|а|е|у|и)$/u, '')))
  )
}

/** «Зейнеп» is «Зеке» and «Зекең»; «Нұрлан» is «Нұреке». */
function respectfulOf(name: string, key: string): boolean {
  const found = /^(.{2,5}?)е?к(?:е|ен|ем)(?:нин|ге|ни|ден|мен)?$/u.exec(key)
  const root = found?.[1]
  return root !== undefined && key.length >= 4 && name.startsWith(root) && key !== 'екен'
}

/** One letter wrong, missing, extra or swapped with its neighbour. */
function nearly(wanted: string, word: string): boolean {
  if (wanted[0] !== word[0] || Math.abs(wanted.length - word.length) > 1) return false
  let same = 0
  while (same < wanted.length && wanted[same] === word[same]) same++
  const [left, right] = [wanted.slice(same), word.slice(same)]
  if (left.slice(1) === right.slice(1) || left === right.slice(1) || left.slice(1) === right) return true
  return left[0] === right[1] && left[1] === right[0] && left.slice(2) === right.slice(2)
}

/** «Валерия просит валериану»: the medicine is no case form of the name. */
const isMedicineBeside = (secret: Secret, token: Token) =>
  beginsLikeMedicine(token.key) && nameKey(token.text) !== secret.key

/** «Гүл апа гүлін суара алмайды»: the relative's word has its name already. */
const namedBefore = (token: Token | undefined) =>
  token !== undefined && (token.hidden || token.kind === 'mask')

function shown(secret: Secret, page: Page, at: number, capitals: boolean): boolean {
  const token = page[at]
  if (token === undefined || isMedicineBeside(secret, token)) return false
  if (!secret.everyday) return true
  if (isGoods(page, at) || isSetPhrase(page, at) || isQuotedBrand(page, at)) return false
  if (!token.title && capitals && secret.key !== nameKey(token.text) && publicNames.has(token.key))
    return false
  const [before, next] = [page[at - 1], page[at + 1]]
  if (token.title) return !token.opens || !plainWords.has(token.key) || doesSomething(page, at + 1)
  if (
    (isNumber(next) && !next.kept) ||
    introduced(page, at) ||
    (before !== undefined &&
      ((kinBefore.has(before.key) && !namedBefore(page[at - 2])) || streetBefore.has(before.key)))
  )
    return true
  if (next !== undefined && (kinAfter.has(next.key) || (isWord(next) && isPatronymic(next)))) return true
  return !capitals && !plainWords.has(token.key)
}

/** House and flat of the card as «12-5», wherever they stand. */
const housePair = remembered(secretsMax, (place: string): string => {
  const numbers = readPage(place).filter(isNumber)
  return numbers.length < 2
    ? ''
    : numbers
        .slice(-2)
        .map(token => token.key)
        .join(' ')
})

function hidePair(page: Page, at: number, pairs: ReadonlySet<string>): void {
  const next = isSign(page[at + 1], '-–/,') ? at + 2 : at + 1
  if (isNumber(page[next]) && pairs.has(`${page[at]?.key} ${page[next]?.key}`)) hide(page, at, next + 1)
}
