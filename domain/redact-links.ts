import { mask } from './redact-page.ts'

/**
 * Every repeat is bounded or possessive by its alphabet, so a hostile text costs no more than a long one.
 * Before each stands the sign without which it cannot match: most requests carry none of them.
 */
const links: readonly (readonly [RegExp, RegExp])[] = [
  [/:\/\//u, /\b[a-z][a-z\d+.-]{1,15}:\/\/[^\s<>]+/giu],
  [/www\./iu, /\bwww\.[^\s<>]+/giu],
  [
    /\.(?:me|com|gl|be|gis|kz|ru|ly)\//iu,
    /(?<![\p{L}\p{N}])(?:t|wa|telegram|vk|instagram|facebook|fb|goo|maps|maps\.app|go|2gis|api\.whatsapp|chat\.whatsapp|m|ok|tiktok|youtu|viber)\.(?:me|com|gl|be|gis|kz|ru|ly)\/[^\s<>]+/giu,
  ],
  [/[@＠]/u, /[\p{L}\p{N}._%+-]{1,64} ?[@＠] ?[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,24}){1,4}/gu],
  [
    /собак|собач|[[(]at/iu,
    /[\p{L}\p{N}._%+-]{1,64} ?(?:\(собака\)|\[at\]|\(at\)|\[собака\]|собака|собачка) ?[\p{L}\p{N}-]{1,30} ?(?:\.|точка) ?(?:ru|kz|com|net|org|ру|кз|ком)(?![\p{L}\p{N}])/giu,
  ],
  [
    / (?:at|эт) /iu,
    /[\p{L}\p{N}._%+-]{1,64} (?:at|эт) (?:gmail|mail|yandex|inbox|bk|hotmail|outlook|icloud|yahoo)(?: (?:dot|дот) [a-z]{2,4})?/giu,
  ],
  [
    /собака|@/iu,
    /[\p{L}\p{N}._%+-]{1,64} ?(?:собака|@) ?(?:gmail|mail|mаil|yandex|inbox|bk|hotmail|outlook|icloud|джимейл|мейл|мэйл|маил|яндекс|гмейл)(?:[. ](?:точка )?(?:ru|kz|com|ру|кз|ком))?/giu,
  ],
  [/[@＠]/u, /(?<![\p{L}\p{N}])[@＠]\s?[\p{L}\p{N}_.]{2,64}/gu],
  [
    /\.(?:kz|ru|com|net|org|me|info|io|ly|link|app|qaz|қаз|рф|su|biz|online|site|gl|kg|uz)/iu,
    /(?<![\p{L}\p{N}.-])[\p{L}\p{N}][\p{L}\p{N}-]{0,62}(?:\.[\p{L}\p{N}][\p{L}\p{N}-]{0,62}){0,3}\.(?:kz|ru|com|net|org|me|info|io|ly|link|app|qaz|қаз|рф|su|biz|online|site|gl|kg|uz)(?:\/[^\s<>]*)?(?![\p{L}\p{N}])/giu,
  ],
  [/geo:/iu, /\bgeo:[^\s<>]+/giu],
  [/_/u, /(?<![\p{L}\p{N}_.])[a-z][a-z\d]{1,30}_[a-z\d_.]{1,30}(?![\p{L}\p{N}])/giu],
]

const latinLetter = /[a-z]/iu

const networks =
  /((?<![\p{L}])(?:инстаграмм?|инст[аеуы]|инстe|instagram|insta|телеграмм?|телега|телеге|telegram|тг|tg|ник|никнейм|логин|login|nickname|username|скайп|skype|facebook|фейсбук|вконтакте|вк|vk|tiktok|тик ?ток|тикток|аккаунт|account|snapchat|imo)(?:е|да|де|ым|ім|м|та)?(?:\s{1,2}(?:мой|моя|is|мне|менің|её|ее|его|у меня|у нее|у неё))?\s{0,2}[:=–—-]?\s{0,2})([a-z][a-z\d_.]{2,40})/giu

const networkWords =
  /^(?:samsung|whatsapp|telegram|instagram|kaspi|is|the|and|for|my|on|to|in|app|please|not|messages?|call|account|number|video|group|chat|or|how|does|doesn|with|so|but|has|can|she|he|keeps|works?|stopped|premium|install\w*|setup|set|help|was|will|because|you)$/iu

/** Links, e-mails and account names, found in the raw text because their dots and dashes are part of them. */
export function hideLinks(text: string): string {
  let linkless = text
  for (const [sign, link] of links) if (sign.test(linkless)) linkless = linkless.replace(link, mask)
  if (!latinLetter.test(linkless)) return linkless
  return linkless.replace(networks, (whole, cue: string, name: string) =>
    networkWords.test(name) || (/^[a-z ]+$/iu.test(cue) && /^[a-z]+$/iu.test(name)) ? whole : cue + mask,
  )
}
