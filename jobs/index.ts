import { broadcast } from './broadcast.ts'
import { digest } from './digest.ts'
import type { Job } from './job.ts'
import { nudges } from './nudges.ts'
import { retention } from './retention.ts'
import { sweep } from './sweep.ts'
import { thanks } from './thanks.ts'
import { watch } from './watch.ts'

/** All that the clock starts. */
export const jobs: readonly Job[] = [digest, watch, broadcast, nudges, thanks, sweep, retention]
