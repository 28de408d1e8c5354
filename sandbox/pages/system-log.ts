import { Hono } from 'hono'
import { html } from 'hono/html'
import type { LogEntry } from '../org/state.ts'
import type { Sandbox } from './context.ts'
import { type Html, page, paged, searchForm, when } from './layout.ts'

export function systemLogPages(sandbox: Sandbox): Hono {
  const pages = new Hono()

  pages.get('/', (c) => {
    const show = c.req.query('show') ?? 'all'
    const q = (c.req.query('q') ?? '').toLowerCase()
    const apps = new Map(sandbox.org.state.apps.map((app) => [app.id, app.label]))
    const app = c.req.query('app') ?? ''
    const found = sandbox.org.state.log
      .filter((entry) => {
        if (app !== '' && entry.appId !== app) return false
        if (show === 'http' && entry.http === null) return false
        if (show === 'events' && entry.http !== null) return false
        if (show === 'failures' && entry.outcome === 'SUCCESS') return false
        return q === '' || `${entry.type} ${entry.message} ${entry.target}`.toLowerCase().includes(q)
      })
      .reverse()
    const { rows, links } = paged(found, c)
    const only = app === '' ? '' : `&app=${encodeURIComponent(app)}`
    const filter = (key: string, text: string) =>
      html`<li><a href="/admin/reports/system-log?show=${key}${only}" ${show === key ? html`aria-current="page"` : ''}>${text}</a></li>`
    const body = html`<h1>System Log</h1>
${app === '' ? '' : html`<p class="muted">Only what concerns ${apps.get(app) ?? app}. <a href="/admin/reports/system-log?show=${show}">Show everything</a></p>`}<nav aria-label="Show"><ul class="tabs small">${filter('all', 'All')}${filter('events', 'Events')}${filter('http', 'Requests')}${filter('failures', 'Failures')}</ul></nav>
${searchForm(c, 'Search the log', app === '' ? { show } : { show, app })}
<div data-live id="log">${rows.length === 0 ? html`<p class="empty">Nothing here yet.</p>` : html`<ol class="log">${rows.map((entry) => logRow(entry, apps.get(entry.appId) ?? ''))}</ol>`}${links}</div>`
    return page(c, sandbox, { title: 'System Log', section: 'log', body })
  })

  return pages
}

function logRow(entry: LogEntry, app: string): Html {
  const outcome = html`<span class="tick ${entry.outcome === 'SUCCESS' ? 'on' : 'bad'}"><span class="hidden">${entry.outcome}</span></span>`
  if (entry.http === null) {
    const targets = [...new Set([entry.target, app])].filter((text) => text !== '').join(' · ')
    return html`<li>${outcome}${when(entry.at)}<span class="wide">${entry.message}<small><code>${entry.type}</code></small></span><span class="muted">${targets}</span></li>`
  }
  const { http } = entry
  const url = new URL(http.url)
  const status = http.status === 0 ? 'no answer' : String(http.status)
  return html`<li class="http"><details><summary>${outcome}${when(entry.at)}<code class="wide"><b>${http.method}</b> ${safeDecode(url.pathname + url.search)}</code><span><span class="code-${String(http.status).charAt(0)}">${status}</span> <span class="muted">${http.milliseconds} ms${http.injected ? ' · injected fault' : ''}</span></span></summary>
<div class="exchange"><div><h2>Request</h2><pre tabindex="0">${http.method} ${url.pathname}${url.search}
Host: ${url.host}
${headerLines(http.requestHeaders)}

${http.requestBody}</pre></div><div><h2>Response</h2><pre tabindex="0">${status}
${headerLines(http.responseHeaders)}

${http.responseBody}</pre></div></div></details></li>`
}

function headerLines(headers: Record<string, string>): string {
  return Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n')
}

function safeDecode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
