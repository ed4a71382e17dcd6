import { phrases, type Token } from './words.ts'

/** Words of courtesy: they change nothing in an answer. */
export const courtesies: ReadonlySet<string> = new Set(
  phrases(
    'пожалуйста, пожалуста, пожалуйсто, пожалста, плиз, спасибо, спс, рахмет, рақмет, благодарю, здравствуйте, ' +
      'здравствуй, добрый, день, вечер, утро, доброе, привет, ассалаумагалейкум, саламатсыз, сәлеметсіз, ' +
      'сәлем, салем, доченька, дочка, дочь, сынок, милая, милый, дорогая, дорогой, дорогие, девушка, уважаемые, ' +
      'айналайын, балам, қарағым, жаным, өтінемін, өтінем, ну, ой, ох, вот, же, ведь, уж, ли, бы, а, ' +
      'большое, вам, сізге, сіздерге, үлкен, ғой, енді, please, thanks, thank, you, hello, hi, dear, well, oh, ' +
      'much, подскажите, скажите, извините, простите, кешіріңіз, айтыңызшы, sorry, excuse',
  ),
)

/** The word behind or before them is refused. */
export const negations: ReadonlySet<string> = new Set(phrases('не, без, емес, not, dont, didnt'))

/** They tell «хорошо» from «очень хорошо». */
export const intensifiers: ReadonlySet<string> = new Set(phrases('очень, өте, аса, so, very, really'))

/** Words that carry an answer without being one: «мне … пожалуйста», «маған … керек». */
export const fillers: ReadonlySet<string> = new Set([
  ...courtesies,
  ...intensifiers,
  ...phrases(
    'давайте, давай, мне, меня, нам, нас, я, мы, мой, моя, мое, моей, моего, мои, моему, хочу, хотела, хотел, ' +
      'хотелось, можно, нужно, нужен, нужна, нужны, надо, нада, буду, будет, будем, выбираю, выберу, выбрала, ' +
      'выбрал, беру, пусть, пускай, это, эта, этот, эту, тот, та, то, там, тут, здесь, наверное, наверно, ' +
      'думаю, скорее, просто, только, тогда, так, значит, если, по, на, в, во, с, со, к, ко, у, за, о, об, ' +
      'для, из, от, до, и, или, но, да, ага, ответ, вариант, варианты, номер, цифра, цифру, пункт, ' +
      'пункту, кнопка, кнопку, выбор, нажала, нажал, нажимаю, под, номером, цифрой, число, который, которое, ' +
      'подойдет, подходит, лучше, бала, балла, баллов, балл, балов, оценка, ставлю, поставлю, поставьте, моя, ' +
      'такое, такой, такая, такие, очень, прошу, помогите, помощь, маған, маган, бізге, менің, біздің, керек, керегі, керекті, еді, ' +
      'ма, ме, ба, бе, па, пе, болса, болсын, болады, бола, берші, беріңіз, беріңізші, деген, деп, сол, осы, ' +
      'мына, ана, үшін, туралы, мен, бен, пен, және, немесе, иә, нөмір, нөмірі, нөмірін, сан, саны, цифр, ' +
      'цифры, нұсқа, нұсқасы, таңдаймын, таңдадым, таңдайын, қалаймын, қажет, болар, шығар, жазыңыз, ' +
      'қойыңыз, қоямын, қойдым, плюс, плюсом, минус, минусом, болды, болған, кісі, адам, адамға, біреу, баға, ұпай, балл, көмек, көмектесіңіз, көмектесіңізші, көмектесіңіздер, көмектесіңіздерші, i, im, the, a, an, want, need, ' +
      'would, like, to, my, me, we, our, for, it, is, its, of, with, in, some, and, or, this, that, number, ' +
      'option, choose, choice, answer, pick, take, ill, will, go, lets, can, could, have, get, maybe, think, ' +
      'so, just, points, help',
  ),
])

/** The words left without «не знаю», «как дела» and the like; beside such words nothing is a firm answer. */
export function withoutHedges(tokens: readonly Token[]): { tokens: Token[]; hedged: boolean } {
  const kept: Token[] = []
  for (let at = 0; at < tokens.length; ) {
    const length = [3, 2, 1].find(size => hedges.has(soundsAt(tokens, at, size)))
    const token = tokens[at]
    if (length === undefined && token) kept.push(token)
    at += length ?? 1
  }
  return { tokens: kept, hedged: kept.length < tokens.length }
}

/** A question of the person's own rather than an answer to ours. */
export function asksBack(sounds: readonly string[]): boolean {
  return sounds.some(sound => interrogatives.has(sound))
}

const hedges = new Set(
  phrases(
    'не знаю, незнаю, не понимаю, не поняла, не понял, непонятно, затрудняюсь, не уверена, не уверен, не помню, ' +
      'білмеймін, білмедім, білмим, түсінбедім, түсінбеймін, есімде жоқ, dont know, do not know, not sure, no idea, ' +
      'dont understand, погодите, подождите, минуту, минутку, сейчас позову, күте тұрыңыз, күте тұрыңызшы, күте тұр, күте тұршы, күте тұрыңдар, бір минут, погоди, подожди, секунду, ' +
      'секундочку, сейчас найду, сейчас посмотрю, қазір табам, wait a minute, one moment, just a moment, hold on, one sec, как дела, как вы, как поживаете, как ваши дела, қалайсыз, қалыңыз қалай, халіңіз қалай, ' +
      'қал қалай, how are you, how do you do, меня зовут, мое имя, моя фамилия, менің атым, атым, есімім, ' +
      'my name, my name is, im called',
  ),
)

function soundsAt(tokens: readonly Token[], at: number, size: number): string {
  return tokens
    .slice(at, at + size)
    .map(token => token.sound)
    .join(' ')
}

export const interrogatives = new Set(
  phrases(
    'что, чего, где, куда, почему, зачем, сколько, кто, какой, какая, какие, откуда, неге, қанша, кім, қандай, қашан, ' +
      'қайда, қайдан, қайдансыз, қайдансыздар, қайдасыз, қайдасыздар, кімсіз, кімсіздер, неше, what, why, who, how, when, where, which',
  ),
)
