import {
  houseWords,
  streetAfter,
  streetBefore,
  streets,
  villageAfter,
  villageBefore,
} from './address-words.ts'
import { shortNames } from './given-names.ts'
import { nameKey, withoutSuffix } from './name-key.ts'
import { kinAfter, kinBefore, plainWords, publicPlaces } from './plain-words.ts'
import { givenName } from './redact-name-words.ts'
import { hide, isNumber, isSign, isWord, type Page, readPage, type Token } from './redact-page.ts'
import { isPatronymic } from './redact-surnames.ts'

/** The names of the people of a request and the private words of its address, as they wrote them. */
export interface Known {
  names: readonly string[]
  places: readonly string[]
}

interface Secret {
  readonly key: string
  readonly stem: string
  /** An everyday word as well, to be hidden only where it is written as a name. */
  readonly everyday: boolean
}

/** Hides what the request's own card says: it may be an unheard-of name, so that no dictionary would help. */
export function hideKnown(page: Page, known: Partial<Known>): void {
  const names = (known.names ?? []).flatMap(nameSecrets)
  const places = (known.places ?? []).flatMap(placeSecrets)
  const pairs = new Set((known.places ?? []).map(housePair).filter(pair => pair !== ''))
  if (names.length === 0 && places.length === 0) return
  const capitals = page.some(token => token.title)
  page.forEach((token, at) => {
    if (isNumber(token)) hidePair(page, at, pairs)
    if (!isWord(token)) return
    const key = keyWithDigit(page, at)
    if (names.some(secret => matches(secret, key, token) && shown(secret, page, at, capitals)))
      hide(page, isNumber(page[at - 1]) && token.joined ? at - 1 : at, at + 1)
    if (
      places.some(secret => matches(secret, key, token) && shown(secret, page, at, true)) &&
      !/^(?:облыс|област|район|аудан)/u.test(page[at + 1]?.key ?? '')
    )
      hide(page, at)
  })
}

/** «3ейнеп» with the figure three. */
function keyWithDigit(page: Page, at: number): string {
  const [before, token] = [page[at - 1], page[at]]
  const figure =
    token?.joined && isNumber(before) ? { 3: 'З', 0: 'О', 4: 'Ч', 6: 'Б' }[before.text] : undefined
  return nameKey((figure ?? '') + (token?.text ?? ''))
}

function nameSecrets(name: string): Secret[] {
  return readPage(name)
    .filter(
      token =>
        isWord(token) &&
        token.text.length > 1 &&
        !kinAfter.has(token.key) &&
        (!kinBefore.has(token.key) || token.text.length < 2),
    )
    .flatMap(token => [token.text, ...shortFormsOf(token.text)].map(secretOf))
}

function shortFormsOf(name: string): string[] {
  const key = nameKey(name)
  return Object.entries(shortNames).flatMap(([full, forms]) =>
    nameKey(full) === key ? forms.split(' ') : [],
  )
}

function placeSecrets(place: string): Secret[] {
  return readPage(place)
    .filter(
      (token, at, page) => isWord(token) && token.text.length > 2 && !isCity(page, at) && !isMarker(token),
    )
    .map(token => secretOf(token.text))
}

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

function secretOf(word: string): Secret {
  const key = nameKey(word)
  const [token] = readPage(word)
  const common =
    token !== undefined &&
    (plainWords.has(token.key) ||
      streets.has(token.key) ||
      ['capital', 'company'].includes(givenName(token) ?? 'sure'))
  return { key, stem: key.replace(/(?:иа|а|и|е|ои|аиа)$/u, ''), everyday: common }
}

const caseEnding =
  /^(?:а|е|и|у|ои|ом|ем|еи|иу|иа|им|ого|ому|ами|ах|ам|ою|аиа|уиу|ие|ии|ию|иеи|ин|ина|ину|s|к[аиуе]|очк[аиуе]|ечк[аиуе]|енк[аиуе]|ушк[аиуе]|ик|ика|ику|чик|ков)$/u

function matches(secret: Secret, key: string, token: Token): boolean {
  if (key === secret.key) return secret.key.length > 3 || token.title || !secret.everyday
  if (secret.key.length < 3) return false
  if (withoutSuffix(key).includes(secret.key)) return true
  if (
    secret.stem.length >= 3 &&
    key.startsWith(secret.stem) &&
    caseEnding.test(key.slice(secret.stem.length))
  )
    return true
  if (
    withoutSuffix(key).some(
      root =>
        secret.stem.length >= 4 && root.startsWith(secret.stem) && root.length - secret.stem.length <= 2,
    )
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
export function nearly(wanted: string, word: string): boolean {
  if (wanted[0] !== word[0] || Math.abs(wanted.length - word.length) > 1) return false
  let same = 0
  while (same < wanted.length && wanted[same] === word[same]) same++
  const [left, right] = [wanted.slice(same), word.slice(same)]
  if (left.slice(1) === right.slice(1) || left === right.slice(1) || left.slice(1) === right) return true
  return left[0] === right[1] && left[1] === right[0] && left.slice(2) === right.slice(2)
}

function shown(secret: Secret, page: Page, at: number, capitals: boolean): boolean {
  const token = page[at]
  if (!secret.everyday || token === undefined) return true
  if (token.title) return !token.opens || !plainWords.has(token.key)
  const [before, next] = [page[at - 1], page[at + 1]]
  if (isNumber(next) || (before !== undefined && (kinBefore.has(before.key) || streetBefore.has(before.key))))
    return true
  if (next !== undefined && (kinAfter.has(next.key) || (isWord(next) && isPatronymic(next)))) return true
  return !capitals && !plainWords.has(token.key)
}

/** House and flat of the card as «12-5», wherever they stand. */
function housePair(place: string): string {
  const numbers = readPage(place).filter(isNumber)
  return numbers.length < 2
    ? ''
    : numbers
        .slice(-2)
        .map(token => token.key)
        .join(' ')
}

function hidePair(page: Page, at: number, pairs: ReadonlySet<string>): void {
  const next = isSign(page[at + 1], '-–/,') ? at + 2 : at + 1
  if (isNumber(page[next]) && pairs.has(`${page[at]?.key} ${page[next]?.key}`)) hide(page, at, next + 1)
}
