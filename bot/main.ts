import { enableCompileCache } from 'node:module'

// What V8 made of the sources at an earlier start is taken over; it saves a fifth of the start's time.
enableCompileCache()
await import('./run.ts')
