import { Hono } from 'hono'
import { html } from 'hono/html'
import { addApp } from '../org/apps.ts'
import type { App } from '../org/state.ts'
import type { Dialect } from '../scim-client/call.ts'
import { type Form, readForm, type Sandbox } from './context.ts'
import { act } from './flash.ts'
import { field, type Html, page } from './layout.ts'

const DIALECT_TEXT: Record<Dialect, string> = {
  oin: 'Catalog app (OIN): PATCH',
  aiw: 'Private app (AIW): GET then PUT',
}

export function appUrl(app: App, tab = 'general'): string {
  return `/admin/app/${app.name}/instance/${app.id}/${tab}`
}

export function appListPages(sandbox: Sandbox): Hono {
  const { org } = sandbox
  const pages = new Hono()

  pages.get('/', (c) => {
    const body = html`<div class="title"><h1>Applications</h1><a class="button primary" href="/admin/apps/new">Add application</a></div>
${
  org.state.apps.length === 0
    ? html`<p class="empty">No application yet. <a href="/admin/apps/new">Add an application</a> to provision people to it.</p>`
    : html`<div class="scroll"><table class="stack"><caption class="hidden">Applications of this org</caption><thead><tr><th scope="col">Application</th><th scope="col">Kind</th><th scope="col">Provisioning</th><th scope="col" class="number">Assigned</th></tr></thead>
<tbody>${org.state.apps.map(
        (
          app,
        ) => html`<tr><td><a href="${appUrl(app)}">${app.label}</a><small>${app.name}</small></td><td data-label="Kind">${DIALECT_TEXT[app.dialect]}</td>
<td data-label="Provisioning">${app.enabled ? html`<span class="pill active">Enabled</span>` : html`<span class="pill">Not enabled</span>`}</td>
<td class="number" data-label="Assigned">${Object.values(app.appUsers).filter((appUser) => appUser.assigned).length}</td></tr>`,
      )}</tbody></table></div>`
}`
    return page(c, sandbox, { title: 'Applications', section: 'apps', body })
  })

  pages.get('/new', (c) => {
    const body = html`<h1>Add application</h1><form method="post" action="/admin/apps" class="card">${appFields({ label: 'Muster', name: 'muster', dialect: 'oin' })}
<div class="actions"><button class="primary">Done</button><a href="/admin/apps">Cancel</a></div></form>`
    return page(c, sandbox, { title: 'Add application', section: 'apps', body })
  })

  pages.post('/', async (c) => {
    const input = readApp(await readForm(c))
    let to = '/admin/apps'
    const response = await act(
      c,
      '/admin/apps',
      () => {
        to = appUrl(addApp(org, input), 'provisioning')
        return undefined
      },
      '/admin/apps/new',
    )
    return to === '/admin/apps' ? response : c.redirect(to, 303)
  })

  return pages
}

export function appFields(app: { label: string; name: string; dialect: Dialect }): Html {
  return html`${field('label', 'Application label', app.label, { required: true })}
${field('name', 'App name', app.name, { required: true, hint: 'The text between /app/ and /instance/ of the admin URL, such as muster or trial7464750_muster_1. It is part of the redirect URI.' })}
<fieldset><legend>How it writes</legend>${(['oin', 'aiw'] as const).map(
    (dialect) =>
      html`<label class="check"><input type="radio" name="dialect" value="${dialect}" ${app.dialect === dialect ? 'checked' : ''}><span>${DIALECT_TEXT[dialect]}</span></label>`,
  )}</fieldset>`
}

export function readApp(form: Form) {
  return {
    label: form.text('label'),
    name: form.text('name'),
    dialect: form.text('dialect') === 'aiw' ? ('aiw' as const) : ('oin' as const),
  }
}
