import type { Inbound, Outgoing, Receipt } from '../../bot/channel.ts'
import type { Town } from './town.ts'

/** A tiny bot for the page to talk to: it asks, posts to the group, edits, and leads into private. */
export async function echo(town: () => Town, inbound: Inbound): Promise<Receipt> {
  const { content, chat, sender } = inbound
  const send = (message: Omit<Outgoing, 'id' | 'chat'>, to = chat.id) =>
    town().playground.send({ id: `${inbound.externalId} ${to}`, chat: to, ...message })
  switch (content.type) {
    case 'start':
      await send({
        text: content.code ? `Код: ${content.code}` : 'Сәлеметсіз бе! Қандай көмек керек?',
        buttons: [
          [
            { label: 'Азық-түлік', data: 'need:food' },
            { label: 'Дәрі', data: 'need:medicine' },
          ],
          [{ label: 'Адаммен сөйлесу', data: 'need:person' }],
          [{ label: 'Толығырақ', url: 'https://example.org/' }],
        ],
      })
      return {}
    case 'button':
      return pressed(content, sender.name ?? '', send)
    case 'media':
      await send({ text: `Алдым: ${content.kind}, ${content.file.bytes} байт`, media: again(content) })
      return {}
    case 'text':
      await send({
        text: content.edited ? `Түзетілді: ${content.text}` : `Естідім: ${content.text}`,
        requests:
          chat.kind === 'group'
            ? []
            : [
                { what: 'contact', label: 'Нөмірімді жіберу' },
                { what: 'location', label: 'Орнымды жіберу' },
              ],
      })
      return {}
    case 'contact':
      await send({ text: `Рахмет! Нөміріңіз: ${content.phone}` })
      return {}
    case 'location':
      await send({ text: 'Мына жерге келеміз.', location: content })
      return {}
    default:
      return {}
  }
}

function again(content: Extract<Inbound['content'], { type: 'media' }>): Outgoing['media'] {
  return content.kind === 'file' ? undefined : { kind: content.kind, ref: content.file }
}

async function pressed(
  content: Extract<Inbound['content'], { type: 'button' }>,
  name: string,
  send: (message: Omit<Outgoing, 'id' | 'chat'>, to?: string) => Promise<unknown>,
): Promise<Receipt> {
  if (content.data === 'claim') {
    await send({ text: `№7 өтініш. Азық-түлік\nКөмектесетін ерікті: ${name}`, editOf: content.messageId })
    return { notice: 'Рахмет! Бот сізге жазды.', openPrivate: 'claim-7' }
  }
  await send({ text: 'Өтінішіңіз қабылданды.', editOf: content.messageId })
  await send(
    {
      text: '№7 өтініш. Азық-түлік, дәрі-дәрмек\nБүгін\nАлматы, Бостандық ауданы\nКім көмектесе алады?',
      buttons: [[{ label: 'Мен көмектесемін', data: 'claim' }]],
    },
    'g-volunteers',
  )
  return { notice: 'Қабылданды' }
}
