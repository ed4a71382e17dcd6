import { fold } from './fold.ts'
import { givenNames } from './given-names.ts'
import { declined, nameKey, withoutSuffix } from './name-key.ts'
import { plainWords, publicNames, publicPlaces } from './plain-words.ts'
import { ofWord, type Token } from './redact-page.ts'

/** How sure a name is: hidden always, hidden when written as a name, hidden only beside a sign of a person. */
export type Sureness = 'sure' | 'capital' | 'company'

const special =
  'Льва Льву Львом Павла Павлу Павлом Павле Петра Петру Петром Петре Любови Любовью Лилии Лилией Марии Наталье Натальи Наталью Софьи Софье Софью Дарьи Дарье Дарью Ваньк Машк'

const rank: Record<Sureness, number> = { sure: 0, capital: 1, company: 2 }
/** The names as they stand in a passport: only these take Kazakh endings. */
const bases = new Map<string, Sureness>()
const dictionary = buildDictionary()

function buildDictionary(): ReadonlyMap<string, Sureness> {
  const found = new Map<string, Sureness>()
  for (const entry of givenNames.split(/\s+/).filter(Boolean)) {
    const name = entry.replace(/\?+$/u, '')
    const sureness = entry.endsWith('??') ? 'company' : entry.endsWith('?') ? 'capital' : 'sure'
    put(bases, nameKey(name), sureness)
    for (const form of declined(name)) put(found, nameKey(form), sureness)
  }
  for (const name of special.split(' '))
    put(found, nameKey(name), /^(?:Льв|Люб|Лил)/u.test(name) ? 'capital' : 'sure')
  return found
}

/** The stricter reading of a form shared by two names wins, and an everyday word is never sure. */
function put(found: Map<string, Sureness>, key: string, sureness: Sureness): void {
  const known = found.get(key)
  const everyday = plainWords.has(key)
    ? 'company'
    : key.length <= 3 && sureness === 'sure'
      ? 'capital'
      : sureness
  if (known === undefined || rank[everyday] > rank[known]) found.set(key, everyday)
}
export const isNameKey = (key: string): boolean => dictionary.has(key)

/** Everyday words which read like a case form of a name. */
const notNames = new Set(
  `команда гранат салат балкон марк марка карта карте картан малин малина малинка калин калина калинка кармен аманат
  клим клима климе толк толку толка толга тон тоне тони валит вали галк галка галке сани сане лен лени
  саган сонда сонди заман заманда келди болди токта калам калада аже макси мишки мишка асар азан саида
  саиде азиа азии ани тема теми теме тему темои назаринизга баланда заре ден данаш ранат балаш алмад
  каре осе мана мани тана танда алим анама роман романтика алиби верен мирно мира миру миром мире любои
  любу любим сидор платон нестор ломка лизин розови сало касимда вербное `.split(/\s+/),
)

/** Whether the word is a given name, in whatever case form, and how sure that is. */
export const givenName = (token: Token): Sureness | undefined => sureness(token) ?? undefined

const sureness = ofWord((token): Sureness | null =>
  token.kind === 'word' && token.text.length >= 2 && token.text.length <= 30
    ? (findName(token.text) ?? null)
    : null,
)

/** A word with one of these letters is Kazakh: «қате» (mistake) is no case form of Катя. */
const kazakhLetter = /[әғқңөұүһі]/iu

function findName(text: string): Sureness | undefined {
  const folded = fold(text)
  const key = nameKey(text)
  const latinWord = /[a-z]/u.test(folded)
  if (latinWord && englishWords.has(folded)) return undefined
  const direct = (kazakhLetter.test(text) ? bases : dictionary).get(key)
  const everyday =
    [plainWords, publicPlaces, publicNames].some(words => words.has(folded)) || notNames.has(key)
  if (direct !== undefined)
    return everyday ? 'company' : latinWord && key.length < 5 && direct === 'sure' ? 'capital' : direct
  if (everyday) return undefined
  if (key.length >= 5)
    for (const root of withoutSuffix(key)) {
      const found = bases.get(root)
      if (found !== undefined && !notNames.has(root))
        return root.length < 5 && found === 'sure' ? 'capital' : found
    }
  const pet =
    /^(.{2,6})(?:очк|ечк|еньк|онк|енк|ушк|иушк)[аиуе]$|^(.{2,6})(?:очк|ечк|енк|ушк|иушк)(?:ои|еи)$/u.exec(key)
  const root = pet?.[1] ?? pet?.[2]
  if (root !== undefined && (dictionary.get(`${root}а`) === 'sure' || dictionary.get(`${root}иа`) === 'sure'))
    return 'capital'
  return undefined
}

const englishWords = new Set(
  "said marina roman alma mira rose may dana dina asia area arena mark max ray lana made male mile miles mama papa sara dan den ten tan tin karma real rita ali all ally alla mail main man men mine line lion lena asa also aim air aid add army art said salt sale salad same sam sum son sun sea see set sit soon kim coal cola kola come bill hall hand help here hair care dad day dear tom tim toma time times tame team dim dime gen gas guy gala bank market area ram kilo ana any anna's ana ira era aura maria's on an as at in is it to no ola liza's zona dom mira vera rosa nina's sale valid sonya's solo oil able valley raise token serge tokens zone dial deal mail moral oral"
    .split(' ')
    .filter(word => !word.includes("'")),
)
