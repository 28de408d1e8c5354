import type { MiddlewareHandler } from 'hono'

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]'])

/**
 * Takes requests only under the names that the sandbox is known by (against DNS rebinding), and changes
 * only from its own pages (against cross-site forms). There is no sign-in to protect it otherwise.
 */
export function onlyOwnOrigin(origin: string): MiddlewareHandler {
  const own = new URL(origin)
  return async (c, next) => {
    const host = c.req.header('host') ?? ''
    const hostname = host.replace(/:\d+$/, '')
    if (hostname !== own.hostname && !LOOPBACK.has(hostname)) return c.text('Unknown host', 421)
    if (c.req.method !== 'GET' && c.req.method !== 'HEAD') {
      const from = c.req.header('origin')
      const allowed =
        from === undefined
          ? /^\/(governance\/)?api\//.test(c.req.path)
          : from === own.origin || hostOf(from) === host
      if (!allowed || c.req.header('sec-fetch-site') === 'cross-site')
        return c.text('Cross-origin request refused', 403)
    }
    await next()
  }
}

function hostOf(origin: string): string {
  try {
    return new URL(origin).host
  } catch {
    return ''
  }
}
