import { Hono } from 'hono'
import { html } from 'hono/html'
import { deleteApp, editApp, noFaults } from '../org/apps.ts'
import { getApp } from '../org/org.ts'
import type { App, Faults } from '../org/state.ts'
import { callbackUrl } from '../provisioning/api-integration.ts'
import { appPage } from './app-frame.ts'
import { appFields, appUrl, readApp } from './apps.ts'
import { readForm, type Sandbox } from './context.ts'
import { act } from './flash.ts'
import { button, checkbox, counted, field, type Html } from './layout.ts'

const FAULT_TEXT: Record<Faults['next'], string> = {
  none: 'The application’s own answer',
  '429-seconds': '429 with Retry-After',
  '429-silent': '429 without Retry-After',
  '429-date': '429 with Retry-After as a date, which Okta does not read',
  '502-html': '502 with an HTML page',
  '409': '409 Conflict',
  timeout: 'No answer: the request never arrives (time-out)',
  'lost-answer': 'No answer: it is done, and the answer is lost (time-out)',
}

export function appGeneralPages(sandbox: Sandbox): Hono<{ Variables: { app: App } }> {
  const { org } = sandbox
  const pages = new Hono<{ Variables: { app: App } }>()

  pages.get('/general', (c) => {
    const app = c.get('app')
    const base = appUrl(app)
    const body = html`<section class="card"><h2>App Settings</h2><form method="post" action="${base}">${appFields(app)}<div class="actions"><button class="primary">Save</button></div></form>
${field('redirectUri', 'Redirect URI', callbackUrl(sandbox.origin, app), { readonly: true, hint: 'Where the app sends the browser back to. The app must know it exactly.' })}<dl><dt>Instance</dt><dd><code>${app.id}</code></dd></dl></section>
${pushSettings(app)}${faultPanel(app)}
<section class="card"><h2>Delete application</h2><p>Takes the application and its assignments out of the org. Nothing is sent to it.</p>${button(`${base}/delete`, 'Delete application', { kind: 'danger' })}</section>`
    return appPage(c, sandbox, app, 'general', body)
  })

  pages.post('/general', async (c) => {
    const app = c.get('app')
    const input = readApp(await readForm(c))
    const response = await act(
      c,
      `/admin/app/${encodeURIComponent(input.name)}/instance/${app.id}/general`,
      () => {
        editApp(org, app.id, input)
        return 'App settings saved.'
      },
      appUrl(app),
    )
    return response
  })

  pages.post('/general/delete', (c) => {
    const app = c.get('app')
    return act(c, '/admin/apps', () => {
      deleteApp(org, app.id)
      return `${app.label} was deleted.`
    })
  })

  pages.post('/general/sending', async (c) => {
    const app = c.get('app')
    const form = await readForm(c)
    return act(c, appUrl(app), () => {
      app.chunkSize = Math.min(1000, Math.max(1, Number.parseInt(form.text('chunkSize'), 10) || 100))
      app.concurrentChunks = form.checked('concurrentChunks')
      org.changed()
      return 'Saved.'
    })
  })

  pages.post('/general/faults', async (c) => {
    const app = c.get('app')
    const form = await readForm(c)
    return act(c, appUrl(app), () => {
      const next =
        (Object.keys(FAULT_TEXT) as Faults['next'][]).find((key) => key === form.text('next')) ?? 'none'
      app.faults = {
        ...noFaults(),
        next,
        remaining: Math.min(1000, Math.max(0, Number.parseInt(form.text('remaining'), 10) || 1)),
        skip: Math.max(0, Number.parseInt(form.text('skip'), 10) || 0),
        retryAfterSeconds: Math.max(0, Number.parseInt(form.text('retryAfterSeconds'), 10) || 0),
        unknownMember: form.checked('unknownMember'),
        unknownGroup: form.checked('unknownGroup'),
      }
      org.changed()
      return 'The faults are set.'
    })
  })

  pages.post('/general/spoil-token', (c) => {
    const app = getApp(org, c.get('app').id)
    return act(c, appUrl(app), () => {
      if (app.tokens === null) return 'There is no access token.'
      app.tokens.accessToken = 'spoiled-by-the-fault-panel'
      org.changed()
      return 'The next request carries a wrong access token, gets 401 and refreshes.'
    })
  })

  return pages
}

function pushSettings(app: App): Html {
  return html`<section class="card"><h2>How memberships are sent</h2><form method="post" action="${appUrl(app)}/sending">
${field('chunkSize', 'Group membership changes in one PATCH', String(app.chunkSize), { type: 'number', hint: 'Okta lets catalog apps choose 100 to 1,000. Private apps send the whole group.' })}
${checkbox('concurrentChunks', 'Send the requests of one push at the same time', app.concurrentChunks)}
<div class="actions"><button class="plain">Save</button></div></form></section>`
}

function faultPanel(app: App): Html {
  const { faults } = app
  const options = Object.entries(FAULT_TEXT).map(
    ([key, text]) => html`<option value="${key}" ${faults.next === key ? 'selected' : ''}>${text}</option>`,
  )
  return html`<section class="card"><h2>Fault injection</h2><p class="muted">Okta has no such panel. ${
    faults.next === 'none'
      ? 'No fault is set.'
      : `${FAULT_TEXT[faults.next]}, for ${counted(faults.remaining, 'more request')}.`
  }</p><form method="post" action="${appUrl(app)}/faults">
<div class="field"><label for="next">The next requests get</label><select id="next" name="next">${options}</select></div>
<div class="grid">${field('remaining', 'How many requests', String(faults.remaining || 1), { type: 'number' })}${field('skip', 'After how many others', String(faults.skip || 0), { type: 'number' })}${field('retryAfterSeconds', 'Retry-After in seconds', String(faults.retryAfterSeconds), { type: 'number' })}</div>
${checkbox('unknownMember', 'Add a member that the application does not know to the next push', faults.unknownMember)}
${checkbox('unknownGroup', 'Send the next push under a group id that the application does not know', faults.unknownGroup)}
<div class="actions"><button class="plain">Set faults</button></div></form>
${app.integration.mode === 'oauth2' ? button(`${appUrl(app)}/spoil-token`, 'Spoil the access token') : ''}</section>`
}
