/**
 * Numbers as they are spoken, in folded spelling. `unit`, `ten` and `hundred` tell how the words join into one
 * number: «семьсот один» is three digits, «сорок пять» is two.
 */
export type NumberWord = 'zero' | 'unit' | 'teen' | 'ten' | 'hundred' | 'times-hundred' | 'thousand'

const spoken: Record<NumberWord, string> = {
  zero: 'ноль нуль нол нуля ноля нолик zero oh нолл nol',
  unit: `один одна одно одну одного два две двух три трех четыре четырех пять пяти шесть шести семь семи восемь восьми
    девять девяти бир еки уш торт бес алты жети сегиз тогыз сегис бырь
    one two three four five six seven eight nine odin dva tri chetyre pyat shest sem vosem devyat bir eki ush tort bes alty jeti zheti segiz togyz`,
  teen: `десять десяти одиннадцать одинадцать двенадцать двенадцати тринадцать четырнадцать пятнадцать шестнадцать
    семнадцать восемнадцать девятнадцать ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen
    desyat dvenadcat dvenadtsat pyatnadcat pyatnadtsat`,
  ten: `двадцать двадцати тридцать тридцати сорок пятьдесят шестьдесят семьдесят восемьдесят девяносто пятдесят
    шестдесят семдесят восемдесят он жиырма отыз кырык елу алпыс жетпис сексен токсан twenty thirty forty fourty fifty
    sixty seventy eighty ninety dvadcat dvadtsat tridcat tridtsat sorok jiyrma zhiyrma otyz kyryk elu alpys jetpis seksen toksan`,
  hundred: `сто двести триста четыреста пятьсот шестьсот семьсот восемьсот девятьсот пятсот шестсот семсот восемсот
    девятсот семьсотпервый sto dvesti trista chetyresta pyatsot shestsot semsot vosemsot devyatsot`,
  'times-hundred': 'жуз hundred juz zhuz',
  thousand: `тысяча тысяч тысячи тысячу тыща тыщи тыщ миллион миллиона миллионов мын мынга мын миллиард thousand million
    tysyacha tysyach myn`,
}

export const numberWords: ReadonlyMap<string, NumberWord> = new Map(
  Object.entries(spoken).flatMap(([kind, words]) =>
    words.split(/\s+/).map(word => [word, kind as NumberWord] as const),
  ),
)

/** Beginnings of ordinals: «в пятой квартире», «он екінші үй». */
const ordinalBeginnings =
  `перв втор третий трет четверт пят шест седьм восьм девят десят одиннадцат двенадцат тринадцат
  четырнадцат пятнадцат шестнадцат семнадцат восемнадцат девятнадцат двадцат тридцат сороков пятидесят шестидесят
  семидесят восьмидесят девяност сот биринши екинши ушинши тортинши бесинши алтыншы жетинши сегизинши тогызыншы оныншы
  жиырмасыншы отызыншы кыркыншы елуинши first second third fourth fifth sixth seventh eighth ninth tenth`
    .split(/\s+/)
    .filter(Boolean)

const ordinalsBySign = new Map<string, string[]>()
for (const start of ordinalBeginnings) {
  const sign = start.slice(0, 2)
  ordinalsBySign.set(sign, [...(ordinalsBySign.get(sign) ?? []), start])
}

/** The beginnings of ordinals this word begins with, found by its first two letters. */
export const ordinalsOf = (key: string): readonly string[] =>
  ordinalsBySign.get(key.slice(0, 2))?.filter(start => key.startsWith(start)) ?? []

/** Endings an ordinal may carry after its beginning; without this list «пятница» would read as «пятый». */
export const ordinalEndings = new Set(
  'ый ий ой ая ое ые ого его ому ему ом ем ую ую ым им ых ей ою ье ья ью ьего ьем ьей ьему го де ди ке га да си синде'.split(
    ' ',
  ),
)
