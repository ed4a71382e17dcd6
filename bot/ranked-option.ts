import { phrases } from '../domain/words.ts'

/**
 * How much a word says about the kind of help: «пожаловаться на врача» complains whoever it is about, «поговорить с
 * юристом» asks for the lawyer, «машина до больницы» for the car.
 */
export function rankOf(sound: string): number {
  const known = ranks.get(sound)
  if (known !== undefined) return known
  const rank = weights.find(([stems]) => stems.some(stem => sound.startsWith(stem)))?.[1] ?? plain
  if (ranks.size < ranksMax) ranks.set(sound, rank)
  return rank
}

/** Whether it names a thing that is wanted, rather than a place or an errand. */
export function isThing(sound: string): boolean {
  return rankOf(sound) >= plain
}

export function isPlace(sound: string): boolean {
  return rankOf(sound) === place
}

const ranksMax = 5000
const [place, act, paper, plain, ride, wrong] = [0, 1, 2, 3, 4, 5] as const
/** A refusal says nothing without its word. */
const ranks = new Map<string, number>(phrases('не, нет, not, жоқ').map(sound => [sound, act]))

const weights: readonly (readonly [readonly string[], number])[] = [
  [
    phrases(
      'жалоб, жалова, пожал, жалую, претенз, complain, шағым, наразы, обман, мошен, аферист, алаяқ, алдап, алдады, ' +
        'покажи, показать, көрсет, show, көмектесейін, көмектескім, көмектесем, көмектессем, волонт, ерікт, добровол, volunt, объясн, разъясн, поясн, растолк, расска, түсіндір, explain, украл, отбира, отнима, отобра, отнял, ұрлад, ұрлап, избива, fraud, scam, stole, steal, cheat',
    ),
    wrong,
  ],
  [
    phrases(
      'отвез, отвоз, довез, довоз, подвез, подвоз, своз, сопровод, провод, такси, апару, апарып, апарса, апарсаң, ' +
        'апарат, жеткізіп сал, ертіп, drive, ride, lift, taxi, escort, accompany',
    ),
    ride,
  ],
  [
    phrases(
      'емхана, аурухана, поликлиник, больниц, госпитал, диспансер, прием, анализ, процедур, обследован, врачу, дәрігерге, ' +
        'қабылдауға, цон, собес, акимат, әкімдік, банк, почт, вокзал, кладбищ, hospital, clinic',
    ),
    place,
  ],
  [
    phrases(
      'поговор, говорить, побесед, пообща, общат, посовет, консульт, сөйлес, тілдес, ақылдас, әңгімелес, talk, speak, ' +
        'chat, научи, учить, обуч, урок, курс, lesson, class, learn, teach, training, үйрен, үйрет, сабақ, оқу, ' +
        'работать, съезд, поехат, ехать, поезд,  посетить, сходить, пойти, барып, барса, келсе, келіп, келеді, visit, покупк, купить',
    ),
    act,
  ],
  [
    phrases(
      'документ, бумаг, бумаж, справк, оформ, құжат, қағаз, анықтама, рәсімде, document, paper, form, услуг, қызмет, ' +
        'service, вопрос, сұрақ, байланыс, істеме, істен, работает, работают, сломал, поломал, почин, жөнде, бұзыл, жанба, сынды, ' +
        'ашылма, broke, working, repair, fix',
    ),
    paper,
  ],
]
