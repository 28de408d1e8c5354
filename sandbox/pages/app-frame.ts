import type { Context } from 'hono'
import { html } from 'hono/html'
import type { App } from '../org/state.ts'
import { appUrl } from './apps.ts'
import type { Sandbox } from './context.ts'
import { type Html, page } from './layout.ts'

const TABS = {
  general: 'General',
  provisioning: 'Provisioning',
  import: 'Import',
  assignments: 'Assignments',
  'push-groups': 'Push Groups',
} as const

export type Tab = keyof typeof TABS

/** The application's header and tabs around one tab's content. */
export function appPage(c: Context, sandbox: Sandbox, app: App, tab: Tab, content: Html) {
  const tabs = Object.entries(TABS).map(
    ([key, text]) =>
      html`<li><a href="${appUrl(app, key)}" ${key === tab ? html`aria-current="page"` : ''}>${text}</a></li>`,
  )
  const body = html`<p class="crumb"><a href="/admin/apps">Applications</a></p>
<div class="app-header"><span class="app-icon" aria-hidden="true">${app.label.charAt(0).toUpperCase()}</span><div><h1>${app.label}</h1>
<p class="muted"><span class="pill active">Active</span> ${app.name} · ${app.dialect === 'oin' ? 'Catalog app' : 'Private app'} · <a href="/admin/reports/system-log?app=${app.id}">View Logs</a></p></div></div>
<nav aria-label="Application"><ul class="tabs">${tabs}</ul></nav>${content}`
  return page(c, sandbox, { title: `${TABS[tab]} · ${app.label}`, section: 'apps', body })
}
