import { runCommand } from './backup-command.ts'
import { makeBackup } from './backup-deeds.ts'

await runCommand(makeBackup)
