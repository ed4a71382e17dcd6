import { runCommand } from './backup-command.ts'
import { moveDatabase } from './backup-deeds.ts'

await runCommand(moveDatabase)
