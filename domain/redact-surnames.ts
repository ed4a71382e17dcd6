import { familyNames } from './given-names.ts'
import { declined, nameKey } from './name-key.ts'
import { plainWords, publicNames, publicPlaces } from './plain-words.ts'
import { ordinary } from './redact-everyday.ts'
import { isMedicine } from './redact-medicines.ts'
import { isNameKey } from './redact-name-words.ts'
import { ofWord, type Token } from './redact-page.ts'

const families: ReadonlySet<string> = new Set(
  familyNames
    .split(/\s+/)
    .filter(Boolean)
    .flatMap(entry => familyForms(entry.replace('?', '').toLowerCase()))
    .map(nameKey)
    .filter(key => key.length > 3 && !plainWords.has(key)),
)

function familyForms(name: string): string[] {
  if (/(?:ов|ев|ин)$/u.test(name)) return ['', 'а', 'у', 'ым', 'е', 'ой', 'ы', 'ых'].map(end => name + end)
  return declined(name)
}

export const isFamily = ofWord(token => families.has(nameKey(token.text)))
const patronymic =
  /^.{2,}(?:[оеь]вич|ович|евич|иевич|ьич)(?:а|у|ем|ом|е|и|ам)?$|^.{2,}(?:овн|евн)(?:а|е|и|у|ои|оиу)$|^(?:.{2,}иничн|никитичн|лукиничн|фоминичн|кузминичн|илиничн)(?:а|е|и|у|ои)$|^(?:илич|кузмич|фомич|лукич|никитич)(?:а|у|ем|ом|е)?$|^(?:иван|михал|степан|пал|сан|сем[её]н|никола|роман|богдан|демян|емелян|макс)и?ич(?:а|у|ем|е)?$|^(?:пал|сергев|николав|михал|алексев|андрев|иван|васил|дмитрев|вален?тин)н(?:а|е|и|у|ои)$|^(?:николавн|николаевн|андрев?н|григорн|василн|леонидн)(?:а|е|и|у|ои)$/u
const notPatronymic =
  /(?:дневн|ревн|шевн|чевн|гневн|харчевн|царевн|королевн|душевн)|^(?:осно|рав|ров|вино|усло|безусло|духо|церко|кро|голо|верхо|любо|стихо|слов|дух|пло|но|вирaж|годов|полов|готов|сыно|панов|грехо|толко|мужич|бров|чино|столо|зерно|кедр|шипо|приро|терно|корено|рядо|часо|бело|хле|басно|лекарс|коровн)/u
const kazakhPatronymic =
  /^(.{3,})(?:кизи|кизин|кизина|кизинин|кизима|кизинан|кизимен|кизинин|уликизи)$|^(.{3,})(?:ули|улина|улинин|улинан|улимен)$/u
const notKazakhPatronymic =
  /^(?:капсул|ампул|гранул|каникул|акул|формул|стул|аул|ауил|скул|мул|модул|пилиул|кастриул|пул|нул|шул|загул|прогул|рул|патрул|сутул|скамул|мулула|лапул|бабул|дедул|мамул|папул|корул|шкатул|консул)/u

export const isPatronymic = ofWord(token => {
  if (token.kind !== 'word' || token.text.length > 40 || token.text.length < 5) return false
  const key = nameKey(token.text)
  if (plainWords.has(token.key)) return false
  if (patronymic.test(key)) return !notPatronymic.test(key)
  const found = kazakhPatronymic.exec(key)
  if (found === null) return false
  if (found[1] !== undefined) return true
  return (
    !notKazakhPatronymic.test(key) &&
    (/ұл[ыі]/iu.test(token.text) || token.title || isNameKey(found[2] ?? ''))
  )
})

const surname =
  /(?:ов|ев)(?:а|у|ым|им|е|ои|и|их)?$|(?:баи|бек|гали|хан|жан|кул|мурат|султан)(?:ов|ев)|енко$|чук$|иук$|швили|дзе$|иан(?:а|у)?$/u
const surnameIn = /(?:ин|кин|ский|ски|цки)(?:а|у|им|е|ои|и|аиа|уиу|ого|ому)?$|ска(?:иа)$/u
const notSurname = new Set(
  'плов плова лев хлев кров остров готов здоров здорова готова дрова корова снова слова голова основа слева дева королева нова новова килев ростов саратов псков тамбов азов петропавловск посев нагрев напев засев покров обува улов зов хлебов носков продуктов рубле дров соков бинтов памперсов часов килограмов градусов метров литров литро дом домов годов волков цветов зубов врачов столов полов снов анализов очков орехов огурцов помидоров грибов кусков мешков половина корнев деревиев сухарев'.split(
    ' ',
  ),
)

const endsBeside = ofWord(token => readEnding(token, true))
const endsAlone = ofWord(token => readEnding(token, false))

/** Whether a word ends like a surname; `beside` a name even «Ильина» and «Бородинский» count. */
export const endsLikeSurname = (token: Token, beside: boolean): boolean =>
  beside ? endsBeside(token) : endsAlone(token)

function readEnding(token: Token, beside: boolean): boolean {
  if (token.kind !== 'word' || token.text.length < 4 || token.text.length > 30) return false
  if (
    plainWords.has(token.key) ||
    publicPlaces.has(token.key) ||
    publicNames.has(token.key) ||
    isMedicine(token.key)
  )
    return false
  const key = nameKey(token.text)
  if (notSurname.has(key)) return false
  if (beside) return surname.test(key) || surnameIn.test(key) || families.has(key)
  return (
    families.has(key) || /(?:ов|ев)(?:а|у|им|ои|их|и|ими)?$/u.test(key) || /(?:енко|чук|швили)$/u.test(key)
  )
}

/** Long Kazakh endings of surnames which no everyday word carries, so that small letters do. */
export const kazakhSurname = ofWord(
  token =>
    token.kind === 'word' &&
    token.text.length >= 7 &&
    token.text.length < 30 &&
    /(?:баев|беков|галиев|жанов|ханов|муратов|султанов|магамбетов|берген?ов|метов|кулов|шаев|киреев|генов)(?:а|у|им|ои|е|ага|тин|тан)?$/u.test(
      nameKey(token.text),
    ) &&
    !plainWords.has(token.key),
)

const kazakhName =
  /^.{2,}(?:гул|гули|жан|бек|баи|хан|нур|султан|гали|мурат|болат|берген|гелди|келди|аиим|бике|магамбет|мухамед|ола|зада|тази|кожа|мирза|тора|сулу|бану|шаш)(?:га|ге|ка|ке|нин|дин|тин|ни|ди|ти|дан|ден|мен|а|у|е|ом)?$/u
const notKazakhName =
  /^(?:балажан|апажан|атажан|акежан|анажан|баклажан|алтибаи|узбек|озбек|кампит|магази|туган|аптек|библиот|анализ|сарихан|тархан|орхан|жанга|разгул|прогул|кармана|школа|кола|пола|хлола|болмаиди|ауила|баршаниз|бала|бола|рахмет|кеше|жихан|китапхан|емхан|аурухан|асхан|шаихан|баспахан|мейманхан|меиманхан|шеберхан|жатакхан|зертхан|кабилдаухан)/u

/** Built like a Kazakh name: «Төлебике», «Қуандықбай». Trusted with a capital letter only. */
export const builtLikeName = ofWord(token => {
  if (!token.title || token.text.length < 5 || token.text.length > 25) return false
  const key = nameKey(token.text)
  return kazakhName.test(key) && !notKazakhName.test(key) && !ordinary(token)
})

const respectful = /^(.{1,5}?)(?:еке|екен|екем|ака|акен|ке|кен|кем)(?:нин|ге|ни|ден|мен|га)?$/u
const notRespectful = new Set(
  'мереке береке екен аптеке еке кеке реке веке опеке аке акем акен коке кокем тоске доске полке булке банке пачке печке кошке речке ручке внучке дочке лавке кеше неке лепешке бабушке дедушке кофеке шеке теке'.split(
    ' ',
  ),
)
const firstParts = new Set(
  'зе нур са ма ба жа та да ка ас ер се му то дос каир мар сер ну бе же аи жан аск бо ша бау ам аб са тол ор ом раха ме ахм мух ак бол дау кана рах шаи кас серик бол зеин қан кан қай каи нурл ках каж доса ед'.split(
    ' ',
  ),
)

/** «Зеке», «Нұрекең»: a respectful short form. */
export const isRespectful = ofWord(token => {
  if (
    !token.title ||
    token.text.length < 4 ||
    token.text.length > 12 ||
    !/(?:еке|екең|екен|екем|кең|кем|еке.{2,4})$/iu.test(token.text)
  )
    return false
  const key = nameKey(token.text)
  const found = respectful.exec(key)
  return found !== null && !notRespectful.has(key) && firstParts.has(found[1] ?? '') && !ordinary(token)
})
