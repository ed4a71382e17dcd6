import { serve } from '@hono/node-server'
import { Hono } from 'hono'

/** The webhook on a real port, as the process mounts it. */
export async function mounted(
  webhook: (request: Request) => Promise<Response>,
): Promise<{ url: string; close(): Promise<void> }> {
  const app = new Hono()
  app.all('/whatsapp', context => webhook(context.req.raw))
  return new Promise(resolve => {
    const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 }, ({ port }) =>
      resolve({
        url: `http://127.0.0.1:${port}/whatsapp`,
        close: () => new Promise(done => server.close(() => done())),
      }),
    )
  })
}
