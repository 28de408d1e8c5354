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
    const found = sandbox.org.state.log
      .filter((entry) => {
        if (show === 'http' && entry.http === null) return false
        if (show === 'events' && entry.http !== null) return false
        if (show === 'failures' && entry.outcome === 'SUCCESS') return false
        return q === '' || `${entry.type} ${entry.message} ${entry.target}`.toLowerCase().includes(q)
      })
      .reverse()
    const { rows, links } = paged(found, c)
    const filter = (key: string, text: string) =>
      html`<li><a href="/admin/reports/system-log?show=${key}" ${show === key ? html`aria-current="page"` : ''}>${text}</a></li>`
    const body = html`<h1>System Log</h1><nav aria-label="Show"><ul class="tabs small">${filter('all', 'All')}${filter('events', 'Events')}${filter('http', 'Requests')}${filter('failures', 'Failures')}</ul></nav>
${searchForm(c, 'Search the log', { show })}
<div data-live id="log">${rows.length === 0 ? html`<p class="empty">Nothing here yet.</p>` : html`<ol class="log">${rows.map((entry) => logRow(entry, apps.get(entry.appId) ?? ''))}</ol>`}${links}</div>`
    return page(c, sandbox, { title: 'System Log', section: 'log', body })
  })

  return pages
}

function logRow(entry: LogEntry, app: string): Html {
  const outcome = html`<span class="tick ${entry.outcome === 'SUCCESS' ? 'on' : 'bad'}"><span class="hidden">${entry.outcome}</span></span>`
  if (entry.http === null) {
    return html`<li>${outcome}${when(entry.at)}<code>${entry.type}</code><span class="wide">${entry.message}</span><span class="muted">${[entry.target, app].filter((text) => text !== '').join(' · ')}</span></li>`
  }
  const { http } = entry
  const url = new URL(http.url)
  const status = http.status === 0 ? 'no answer' : String(http.status)
  return html`<li class="http"><details><summary>${outcome}${when(entry.at)}<code><b>${http.method}</b> ${safeDecode(url.pathname + url.search)}</code><span class="code-${String(http.status).charAt(0)}">${status}</span><span class="muted">${http.milliseconds} ms${http.injected ? ' · injected fault' : ''}</span></summary>
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
