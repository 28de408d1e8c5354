import { readFileSync } from 'node:fs'
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { html } from 'hono/html'
import { controlApi } from './api/control-api.ts'
import { oktaApi } from './api/okta-api.ts'
import { getApp, OrgError } from './org/org.ts'
import type { App } from './org/state.ts'
import { onlyOwnOrigin } from './own-origin.ts'
import { appAssignmentsPages } from './pages/app-assignments.ts'
import { appGeneralPages } from './pages/app-general.ts'
import { appImportPages } from './pages/app-import.ts'
import { appProvisioningPages } from './pages/app-provisioning.ts'
import { appPushGroupsPages } from './pages/app-push-groups.ts'
import { appListPages } from './pages/apps.ts'
import type { Sandbox } from './pages/context.ts'
import { dashboardPages } from './pages/dashboard.ts'
import { groupPages } from './pages/groups.ts'
import { page } from './pages/layout.ts'
import { oauthCallback } from './pages/oauth-callback.ts'
import { peoplePages } from './pages/people.ts'
import { systemLogPages } from './pages/system-log.ts'
import { taskPages } from './pages/tasks.ts'

/** The parts of the one stylesheet, in the order in which they follow each other: `pages/assets/style/`. */
const STYLE = [
  'base',
  'frame',
  'cards-and-buttons',
  'forms',
  'tables',
  'application',
  'menus',
  'system-log',
  'narrow',
]
const asset = (name: string) => readFileSync(new URL(`pages/assets/${name}`, import.meta.url), 'utf8')

/** The whole sandbox as one fetch handler: pages, OAuth callback, control API. */
export function sandboxServer(sandbox: Sandbox): Hono {
  const server = new Hono()

  server.use(onlyOwnOrigin(sandbox.origin))
  server.use(bodyLimit({ maxSize: 5 * 1024 * 1024 }))
  server.use(async (c, next) => {
    await next()
    c.header(
      'Content-Security-Policy',
      "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; frame-ancestors 'none'",
    )
    c.header('X-Content-Type-Options', 'nosniff')
    c.header('Referrer-Policy', 'same-origin')
    if (!c.req.path.startsWith('/assets/')) c.header('Cache-Control', 'no-store')
  })

  const style = STYLE.map((part) => asset(`style/${part}.css`)).join('\n')
  server.get('/assets/style.css', (c) => c.body(style, 200, { 'Content-Type': 'text/css; charset=utf-8' }))
  const live = asset('live.js')
  server.get('/assets/live.js', (c) =>
    c.body(live, 200, { 'Content-Type': 'text/javascript; charset=utf-8' }),
  )

  server.get('/', (c) => c.redirect('/admin/dashboard'))
  server.get('/healthz', (c) => c.text('ok'))
  server.route('/api', controlApi(sandbox))
  server.route('/', oktaApi(sandbox))
  server.get('/admin/app/cpc/:appName/oauth/callback', (c) => oauthCallback(c, sandbox))
  server.route('/admin/dashboard', dashboardPages(sandbox))
  server.route('/admin/users', peoplePages(sandbox))
  server.route('/admin/groups', groupPages(sandbox))
  server.route('/admin/apps', appListPages(sandbox))
  server.route('/admin/tasks', taskPages(sandbox))
  server.route('/admin/reports/system-log', systemLogPages(sandbox))

  const instance = '/admin/app/:appName/instance/:appId'
  const appPages = new Hono<{ Variables: { app: App } }>()
  appPages.use(async (c, next) => {
    c.set('app', getApp(sandbox.org, c.req.param('appId') ?? ''))
    await next()
  })
  for (const pages of [
    appGeneralPages(sandbox),
    appProvisioningPages(sandbox),
    appImportPages(sandbox),
    appAssignmentsPages(sandbox),
    appPushGroupsPages(sandbox),
  ]) {
    appPages.route('/', pages)
  }
  server.get(instance, (c) => c.redirect(`${c.req.path}/general`))
  server.route(instance, appPages)

  server.notFound((c) => {
    if (c.req.path.startsWith('/api/')) return c.json({ error: 'There is nothing here.' }, 404)
    c.status(404)
    return page(c, sandbox, {
      title: 'Not found',
      section: 'dashboard',
      body: html`<h1>Not found</h1><p>There is no such page. <a href="/admin/dashboard">Dashboard</a></p>`,
    })
  })
  server.onError((error, c) => {
    const status = error instanceof OrgError ? error.status : 500
    if (status === 500) console.error(error)
    const text =
      error instanceof OrgError ? error.message : 'Something went wrong. The terminal has the details.'
    if (c.req.path.startsWith('/api/')) return c.json({ error: text }, status)
    c.status(status)
    return page(c, sandbox, {
      title: 'Error',
      section: 'dashboard',
      body: html`<h1>${status === 404 ? 'Not found' : 'Error'}</h1><p>${text}</p>`,
    })
  })
  return server
}
