import { digest } from './digest.ts'
import type { Job } from './job.ts'
import { sweep } from './sweep.ts'
import { watch } from './watch.ts'

/** All that the clock starts. */
export const jobs: readonly Job[] = [digest, watch, sweep]
