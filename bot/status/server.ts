import { Hono } from 'hono'
import type { Health } from '../health.ts'
import type { Metrics } from '../metrics.ts'

/** What watchers ask: is it alive, may it get work, how is it, how much of what. Never on the port of the platforms. */
export function statusRoutes({ health, metrics }: { health: Health; metrics: Metrics }): Hono {
  const app = new Hono()
  // Answering at all is the answer; a restart helps no database.
  app.get('/health/live', context => context.json({ live: true }))
  app.get('/health/ready', async context => {
    const { ready } = await health.look()
    return context.json({ ready }, ready ? 200 : 503)
  })
  app.get('/health', async context => {
    const look = await health.look()
    return context.json(look, look.ready ? 200 : 503)
  })
  app.get('/metrics', async context => {
    const page = await metrics.page(await health.look())
    return context.body(page, 200, { 'content-type': metrics.contentType })
  })
  return app
}
