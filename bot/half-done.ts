import { fold } from '../domain/fold.ts'

/** `part` is plain: «хлеб принесли, а лекарства нет»; `doubt` only sounds like it. */
export type HalfDone = 'part' | 'doubt'

const done =
  /^(?:прин[ео]с|прив[её]з|завез|занес|купил|сделал|приезжал|приезж[аи]|приход|приш[её]л|пришл|приех|помог|убрал|помыл|почистил|заход|зашл|достав|отвез|починил|был[аи]?$|дали$|передали|убирал|акел|акеп|келд|келип|жасад|исте[дп]|комектест|сатып|тазалад|жинад|жуд|болды$|alyp|akeld|keld|brought|bring|came|come|bought|did$|helped|fixed|cleaned|delivered|done$|got$|visited|\p{L}{2,}[аиоуые]ли$)/u
const contrast = /^(?:а|но|однако|зато|бирак|ал|алайда|but|however|though|yet|birak|biraq)$/u
const only = /^(?:только|лишь|тек|гана|only|tek|gana)$/u
const half = /^(?:половин|полдела|частичн|жартыс|жартыла|half$|partly$|partially$)/u
const lack =
  /^(?:не|нет|нету|без|ни|жок|емес|not|no|didnt|hasnt|havent|nothing|without|never|забыл[аи]?|умыт\p{L}*|forgot|кроме|except|осталось|остальное|остальных|\p{L}+(?:меди|мади|мады|беди|бады|педи|пады|меген|маган|бегаен|беген|баган|пеген|паган)|zhok|joq|zhoq|emes)$/u
/** «Пришли не сразу, но всё сделали», «претензий нет»: nothing is missing there. */
const praise =
  /не (?:сразу|зря|только|быстро|вовремя|ожидал|думал|сомнева)|только что|(?:претензи|проблем|вопрос|жалоб|нарекани|замечани|слов|сомнени)\p{L}* нет|нет (?:претензи|проблем|вопрос|жалоб|нарекани|замечани|слов|сомнени)|no (?:problem|complaint|question|issue)|шагым\p{L}* жок|соз жок|not only|тек кана емес|but everything|но все (?:сделал|хорош|отлич|помог)|но помогли|но сделали/u

/**
 * Something was brought or done, and something was not: «принесли только хлеб», «келді, бірақ дәрі жоқ». Such words
 * hold those of a yes, and are none.
 */
export function halfDone(text: string): HalfDone | undefined {
  const folded = fold(text).replace(/['’`]/g, '')
  if (praise.test(folded)) return undefined
  const words = folded.match(/\p{L}+/gu) ?? []
  const did = words.findIndex((word, at) => done.test(word) && !lack.test(word) && !isDenied(words[at - 1]))
  if (did < 0) return undefined
  if (words.some(word => only.test(word) || half.test(word))) return 'part'
  const turn = words.findIndex((word, at) => at > 0 && contrast.test(word))
  const missing = words.findLastIndex(word => lack.test(word))
  if (missing < 0) return undefined
  if (turn > 0) return missing > turn && did < turn ? 'part' : 'doubt'
  // «Хлеб принесли, лекарства нет»: the sign stands for the «но».
  return missing > did + 1 && /[,.;–—-]/u.test(text) ? 'doubt' : undefined
}

const isDenied = (before: string | undefined) =>
  before !== undefined && /^(?:не|not|didnt|nothing)$/u.test(before)
