import type { Context } from 'hono'
import { html } from 'hono/html'
import { OrgError } from '../org/org.ts'
import { finishAuthorization, takeAuthorization } from '../provisioning/api-integration.ts'
import { appUrl } from './apps.ts'
import type { Sandbox } from './context.ts'
import { redirectWith } from './flash.ts'
import { page } from './layout.ts'

/** Where the app sends the browser back to. Without a known state there is no app to go back to. */
export async function oauthCallback(c: Context, sandbox: Sandbox): Promise<Response> {
  const { code, state, error, error_description: errorDescription } = c.req.query()
  let back: string | undefined
  try {
    const app = takeAuthorization(sandbox.org, c.req.param('appName') ?? '', state)
    back = `${appUrl(app, 'provisioning')}?section=integration&edit=1&ticked=1`
    const callback = {
      ...(code === undefined ? {} : { code }),
      ...(error === undefined ? {} : { error }),
      ...(errorDescription === undefined ? {} : { errorDescription }),
    }
    await finishAuthorization(sandbox.org, app, callback, sandbox.pace)
    return redirectWith(c, back, { kind: 'notice', text: `${app.label} was authenticated successfully` })
  } catch (caught) {
    if (!(caught instanceof OrgError)) throw caught
    if (back !== undefined) return redirectWith(c, back, { kind: 'error', text: caught.message })
    c.status(400)
    return page(c, sandbox, {
      title: 'Authentication failed',
      section: 'apps',
      body: html`<h1>Authentication failed</h1><p>${caught.message}</p><p><a href="/admin/apps">Applications</a></p>`,
    })
  }
}
