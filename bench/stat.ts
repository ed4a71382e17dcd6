import { openPeople } from './load/people.ts'
import { openPlatform } from './load/platform.ts'
import { startOurs } from './load/bots.ts'
import postgres from 'postgres'
import { createTemporaryDatabase } from './server.ts'
const d = await createTemporaryDatabase()
const admin = postgres('postgres://postgres@127.0.0.1:5432/postgres', { max: 1 })
await admin.unsafe(`alter database ${d.name} set log_statement = 'all'`)
const people = openPeople(() => p)
const p = await openPlatform(people.hear)
const b = await startOurs(p.root, 'webhook', d.url)
p.callAt([b.address ?? ''])
await people.talk({ count: 100, seconds: 5, pauseMs: 1200 })
process.stdout.write(`MARK ${new Date().toISOString()}\n`)
const r = await people.talk({ count: 100, seconds: 10, pauseMs: 1200 })
process.stdout.write(`END ${new Date().toISOString()} messages ${r.ms.length} db ${d.name}\n`)
await b.stop(); p.close(); await d.drop(); process.exit()
