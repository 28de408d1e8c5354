import { Hono } from 'hono'
import { html } from 'hono/html'
import { pushStatus } from '../org/push-groups.ts'
import { appUrl } from './apps.ts'
import type { Sandbox } from './context.ts'
import { counted, page } from './layout.ts'

export function dashboardPages(sandbox: Sandbox): Hono {
  const { org } = sandbox
  const pages = new Hono()
  pages.get('/', (c) => {
    const { people, groups, apps } = org.state
    const tasks = apps.reduce((sum, app) => sum + app.tasks.length, 0)
    const figure = (one: string, value: number, href: string, many = `${one}s`) =>
      html`<li><a href="${href}"><strong>${value}</strong> ${value === 1 ? one : many}</a></li>`
    const body = html`<h1>Dashboard</h1><p class="lead">This is an Okta sandbox: an org made for trying and testing provisioning. It speaks to applications as Okta does, and it is not Okta.</p>
<ul class="figures">${figure('person', people.length, '/admin/users', 'people')}${figure('group', groups.length, '/admin/groups')}${figure('application', apps.length, '/admin/apps')}${figure('task', tasks, '/admin/tasks')}</ul>
<section class="card" data-live id="apps"><h2>Applications</h2>${
      apps.length === 0
        ? html`<p>Begin with <a href="/admin/apps/new">Add application</a>.</p>`
        : html`<ul class="features">${apps.map((app) => {
            const active = app.pushes.filter((push) => pushStatus(app, push) === 'Active').length
            const waiting = app.jobs.length === 0 ? '' : ` · ${counted(app.jobs.length, 'operation')} waiting`
            return html`<li><div><a href="${appUrl(app, 'provisioning')}">${app.label}</a><small>${app.enabled ? 'Provisioning enabled' : 'Provisioning not enabled'} · ${app.pushes.length === 0 ? 'no group pushed' : `${active} of ${counted(app.pushes.length, 'pushed group')} active`}${waiting}</small></div></li>`
          })}</ul>`
    }</section>`
    return page(c, sandbox, { title: 'Dashboard', section: 'dashboard', body })
  })
  return pages
}
