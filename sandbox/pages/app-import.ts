import { Hono } from 'hono'
import { html } from 'hono/html'
import { confirmImported, ignoreImported } from '../org/imported.ts'
import { fullName } from '../org/org.ts'
import { enqueue } from '../org/queue.ts'
import type { App, ImportedUser, Person } from '../org/state.ts'
import { appPage } from './app-frame.ts'
import { appUrl } from './apps.ts'
import { readForm, type Sandbox } from './context.ts'
import { act } from './flash.ts'
import { button, type Html, paged, when } from './layout.ts'

export function appImportPages(sandbox: Sandbox): Hono<{ Variables: { app: App } }> {
  const { org } = sandbox
  const pages = new Hono<{ Variables: { app: App } }>()

  pages.get('/import', (c) => {
    const app = c.get('app')
    const base = appUrl(app, 'import')
    const people = new Map(org.state.people.map((person) => [person.id, person]))
    const open = Object.values(app.importedUsers).filter((user) => user.state !== 'CONFIRMED')
    const { rows, links } = paged(open, c)
    const imports = app.integration.actions.importUsers
    const running = app.jobs.some((job) => job.work.kind === 'import')
    const body = html`<div class="title toolbar"><h2>Import Results</h2>${app.enabled && imports ? button(`${base}/now`, 'Import Now', { kind: 'primary' }) : ''}</div>${app.enabled && !imports ? notSelected(app) : ''}
<div data-live id="import-result">${running ? html`<p class="pill pushing">Importing</p>` : ''}${result(app)}</div>
<div data-live id="imported">${
      open.length === 0
        ? html`<p class="empty">No imported user waits for a decision.</p>`
        : html`<div class="scroll"><table><caption class="hidden">Users found in ${app.label}</caption><thead><tr><th scope="col">App user</th><th scope="col">Okta user</th><th scope="col"><span class="hidden">Actions</span></th></tr></thead><tbody>${rows.map((user) => importedRow(base, user, people))}</tbody></table></div>${links}`
    }</div>`
    return appPage(c, sandbox, app, 'import', body)
  })

  pages.post('/import/:verb', async (c) => {
    const app = c.get('app')
    const form = await readForm(c)
    return act(c, appUrl(app, 'import'), () => {
      switch (c.req.param('verb')) {
        case 'now':
          enqueue(org, app, { kind: 'import' })
          return undefined
        case 'confirm':
          for (const id of form.list('id')) confirmImported(org, app.id, id)
          return 'Confirmed.'
        default:
          for (const id of form.list('id')) ignoreImported(org, app.id, id)
          return 'User is IGNORED in Okta.'
      }
    })
  })

  return pages
}

function notSelected(app: App): Html {
  const form = html`<a href="${appUrl(app, 'provisioning')}?section=integration&amp;edit=1">Provisioning → Integration</a>`
  return html`<div class="callout warn"><p>Import New Users and Profile Updates is not among the provisioning actions of this app. Select it under ${form}.</p></div>`
}

function result(app: App): Html {
  if (app.lastImport === null) return html`<p class="muted">Nothing was imported yet.</p>`
  const { at, lines, error } = app.lastImport
  if (error !== '')
    return html`<div class="callout error"><p>${error}</p><p class="muted">${when(at)}</p></div>`
  return html`<section class="card"><ul class="plain-list">${lines.map((line) => html`<li>${line}</li>`)}</ul><p class="muted">${when(at)}</p></section>`
}

function importedRow(base: string, user: ImportedUser, people: Map<string, Person>): Html {
  const match = people.get(user.personId)
  const proposal =
    user.state === 'IGNORED'
      ? 'IGNORED'
      : match === undefined
        ? 'NEW user'
        : `EXACT match: ${fullName(match)}`
  const name = user.userName
  return html`<tr><td>${user.givenName} ${user.familyName}<small>${name}${user.active ? '' : ' · inactive'}</small></td><td>${proposal}</td><td><div class="actions">${button(`${base}/confirm`, 'Confirm', { kind: 'plain small', name: `Confirm ${name}`, fields: { id: user.id } })}${
    user.state === 'IGNORED'
      ? ''
      : button(`${base}/ignore`, 'Ignore', {
          kind: 'plain small',
          name: `Ignore ${name}`,
          fields: { id: user.id },
        })
  }</div></td></tr>`
}
