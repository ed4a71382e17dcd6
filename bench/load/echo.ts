import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Bot, webhookCallback } from 'grammy'
import postgres from 'postgres'

/**
 * The reference: a bare grammY bot that writes each message down, committed, and says it back. By long polling, or by
 * webhook with the second argument.
 */
const [databaseUrl = '', way] = process.argv.slice(2)
const { BENCH_API_ROOT = '', BENCH_TOKEN = '' } = process.env
const sql = postgres(databaseUrl, { max: 10, onnotice() {} })
await sql`create table if not exists echoes (id bigserial primary key, chat bigint not null, words text not null)`
const bot = new Bot(BENCH_TOKEN, { client: { apiRoot: BENCH_API_ROOT } })

bot.on('message:text', async context => {
  await sql`insert into echoes (chat, words) values (${context.chat.id}, ${context.message.text})`
  await context.reply(context.message.text)
})

if (way === 'webhook') {
  await bot.init()
  const server = createServer(webhookCallback(bot, 'http'))
  server.listen(0, '127.0.0.1', () => {
    process.stdout.write(`listens at ${(server.address() as AddressInfo).port}\n`)
  })
} else {
  void bot.start({
    onStart: () => {
      process.stdout.write('listens at 0\n')
    },
  })
}
