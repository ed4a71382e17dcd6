import type { Control } from './control-phrases.ts'
import { fillers } from './filler-words.ts'
import { soundsOf } from './words.ts'

/**
 * A command said as a sentence of one's own: one word of each list with any ending, and nothing else but small
 * words. «Свяжите меня с оператором» is one, «человек упал на улице» is not.
 */
export function findSentence(sounds: readonly string[]): Control | undefined {
  if (sounds.length < 2 || sounds.length > sentenceWordsMax) return undefined
  return sentences.find(sentence => holds(sentence, sounds))?.control
}

const sentenceWordsMax = 9
const endingMax = 9

interface Sentence {
  control: Control
  lists: readonly Stems[]
}

interface Stems {
  stems: readonly string[]
  /** Their first two letters: few words of a message begin so. */
  beginnings: ReadonlySet<string>
}

function holds({ lists }: Sentence, sounds: readonly string[]): boolean {
  const met = new Set<number>()
  for (const sound of sounds) {
    const beginning = sound.slice(0, 2)
    const list = lists.findIndex(
      ({ stems, beginnings }) => beginnings.has(beginning) && stems.some(stem => isFormOf(sound, stem)),
    )
    if (list < 0 && !small.has(sound) && !helpers.has(sound) && !fillers.has(sound)) return false
    if (list >= 0) met.add(list)
  }
  return met.size === lists.length
}

/** Short stems are whole words: «бот» is not «ботинки». */
function isFormOf(sound: string, stem: string): boolean {
  if (sound === stem) return true
  return stem.length >= 4 && sound.startsWith(stem) && sound.length - stem.length <= endingMax
}

const small = new Set(
  sounds(
    'я мне меня мои мою мой свои мы нам нас с со к ко в во на о об обо по это этот эту этого все всю уже хочу хотела ' +
      'хотел хотелось можно нужно надо нужен нужна прошу давайте дайте дай могу можете лучше сначала если пожалуйста ' +
      'маған мені менімен менің мен біз бізді өз бәрін барлық барлығын керек еді болса болады ма ба ме бе қазір ' +
      'бір бірден алайын сюда этим вашим ваш еще больше кого кем нибудь бот бота боте енді енді осы бұл i me my to a an the with please want would like need can could you let all do does ' +
      'did is it this from about now just id',
  ),
)

const helpers = new Set(
  ['tasta', 'ber', 'jiber', 'koi', 'sal', 'al', 'kor'].flatMap(root => {
    return ['niz', 'iniz', 'saniz', 'seniz', 'nwi', 'wi', ''].flatMap(end => [root + end, `${root}${end}wi`])
  }),
)

const sentences: readonly Sentence[] = [
  sentence(
    'human',
    'оператор координатор специалист сотрудник менеджер консультант человеком человека человек людьми адаммен адамды ' +
      'адам адамға адамдармен үйлестіруші қызметкер маманмен маманды person human agent operator ' +
      'coordinator staff',
    'соедин свяж связ позов позва поговор говорить говорил говорите побесед бесед переключ общат перевед байланыс қосыңыз қосыңызшы қосып шақыр сөйлесейін ' +
      'сөйлескім сөйлессем сөйлесуге сөйлесу сөйлесіп тілдес хабарлас connect talk speak call transfer switch contact живой ' +
      'живым живого тірі нақты нағыз настоящ real live',
  ),
  sentence(
    'delete',
    'данные данных сведен инфо информац профил аккаунт переписк деректер мәлімет ақпарат ' +
      'information data account profile everything',
    'удал стер стереть сотр очист убер забуд өшір жойың жойып жойыңыз жойса жою құрт delete erase remove clear',
  ),
  sentence(
    'delete',
    'все всё моё мое меня бәрін барлығын мені me everything',
    'удал стер стереть сотр забуд өшір жойың жойып жойса delete erase forget',
  ),
  sentence(
    'language',
    'язык язык языке тілін тілге тіліне тілді тілінде русск казахск английск қазақша орысша ағылшынша қазақ орыс ' +
      'kazakh russian english language',
    'смен помен переключ перейд перейт говори пишите пиши переведи ауыс өзгерт көшір көш сөйле сөйлес жаз жазың жазыңыз ' +
      'switch change speak write',
  ),
  sentence(
    'stop',
    'не больше хватит перестан прекрат stop dont not no енді',
    'пишите пиши писать писат присыл шлите сообщен рассыл звоните звонить беспоко жазбаңыз жіберме мазалама хабарлама ' +
      'sending messag texting writing contact',
  ),
  sentence(
    'help',
    'как қалай how what',
    'пользова работает отвечать ответить нажимать нажать заполн программ приложен ботом бот бота қолдан пайдалан ' +
      'жұмыс істейді істеймін жауап басу басамын басам беремін use using work works answer bot app press reply',
  ),
  sentence(
    'menu',
    'меню мәзір мәзірге mazir menu начал началу басына',
    'верн вернут вернуться выйти выход войти зайти попасть откр покаж перей перейти назад главн қайт қайтар ашың көрсет бастан өту өтейік басты open show back main return go',
  ),
  sentence(
    'back',
    'назад обратно артқа кері back предыдущ прошл алдыңғы previous',
    'верн вернут вернуться шаг вопрос сұрақ сұраққа қайт қайтар қайту бару question step return go take',
  ),
  sentence(
    'cancel',
    'отмен отказ тоқтат болдырма cancel',
    'просьб заявк запрос заказ всё все өтініш тапсырыс бәрін request order everything',
  ),
]

function sentence(control: Control, ...lists: string[]): Sentence {
  return {
    control,
    lists: lists.map(sounds).map(stems => ({
      stems,
      beginnings: new Set(stems.map(stem => stem.slice(0, 2))),
    })),
  }
}

function sounds(list: string): string[] {
  return list.split(' ').flatMap(word => soundsOf(word))
}
