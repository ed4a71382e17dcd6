import { runCommand } from './backup-command.ts'
import { restoreBackup } from './backup-deeds.ts'

await runCommand(restoreBackup)
