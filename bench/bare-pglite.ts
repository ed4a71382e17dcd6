import { openEmbedded } from '../db/embedded.ts'

/** What the start of the bot is compared with: the same directory opened with the same settings, and one query. */
const { client, close } = await openEmbedded(process.argv[2])
await client.query('select 1')
process.stdout.write('open\n')
await close()
