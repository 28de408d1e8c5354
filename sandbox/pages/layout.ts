import type { Context } from 'hono'
import { html } from 'hono/html'
import type { HtmlEscapedString } from 'hono/utils/html'
import type { Sandbox } from './context.ts'
import { readFlash } from './flash.ts'

export type Html = HtmlEscapedString | Promise<HtmlEscapedString>

export type Section = 'dashboard' | 'tasks' | 'people' | 'groups' | 'apps' | 'log'

const NAVIGATION: { heading: string; links: { section: Section; href: string; text: string }[] }[] = [
  {
    heading: 'Dashboard',
    links: [
      { section: 'dashboard', href: '/admin/dashboard', text: 'Dashboard' },
      { section: 'tasks', href: '/admin/tasks', text: 'Tasks' },
    ],
  },
  {
    heading: 'Directory',
    links: [
      { section: 'people', href: '/admin/users', text: 'People' },
      { section: 'groups', href: '/admin/groups', text: 'Groups' },
    ],
  },
  { heading: 'Applications', links: [{ section: 'apps', href: '/admin/apps', text: 'Applications' }] },
  { heading: 'Reports', links: [{ section: 'log', href: '/admin/reports/system-log', text: 'System Log' }] },
]

/** The frame of every page: who this is, the navigation, the message of the last action, the content. */
export function page(
  c: Context,
  sandbox: Sandbox,
  content: { title: string; section: Section; body: Html },
): Response | Promise<Response> {
  const flash = readFlash(c)
  const tasks = sandbox.org.state.apps.reduce((sum, app) => sum + app.tasks.length, 0)
  const navigation = NAVIGATION.map(
    (part) =>
      html`<li><span class="nav-heading">${part.heading}</span><ul>${part.links.map(
        (link) =>
          html`<li><a href="${link.href}" ${link.section === content.section ? html`aria-current="page"` : ''}>${link.text}${
            link.section === 'tasks' && tasks > 0 ? html` <span class="count">${tasks}</span>` : ''
          }</a></li>`,
      )}</ul></li>`,
  )
  return c.html(html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${content.title} · Okta sandbox</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/assets/style.css">
<script src="/assets/live.js" defer></script>
</head>
<body>
<a class="skip" href="#content">Skip to content</a>
<header class="top">
<a class="brand" href="/admin/dashboard">Okta sandbox</a>
<p class="stand-in">A stand-in, not Okta</p>
<p class="org">${sandbox.org.state.name}</p>
</header>
<div class="frame">
<nav class="side" aria-label="Admin Console"><ul class="nav">${navigation}</ul></nav>
<main id="content">
${
  flash === undefined
    ? ''
    : html`<div class="callout ${flash.kind}" role="${flash.kind === 'error' ? 'alert' : 'status'}"><p>${flash.text}</p></div>`
}
${content.body}
</main>
</div>
</body>
</html>`)
}

/** "1 group", "2 groups". */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`
}

export function when(iso: string): Html {
  if (iso === '') return html`–`
  return html`<time datetime="${iso}"><span>${iso.slice(0, 10)}</span> <span>${iso.slice(11, 19)} UTC</span></time>`
}

export function checkbox(name: string, label: string, checked: boolean, hint = ''): Html {
  return html`<label class="check"><input type="checkbox" name="${name}" value="on" ${checked ? 'checked' : ''}><span>${label}${
    hint === '' ? '' : html`<small>${hint}</small>`
  }</span></label>`
}

export function field(
  name: string,
  label: string,
  value: string,
  options: {
    type?: string
    hint?: string
    autocomplete?: string
    required?: boolean
    readonly?: boolean
  } = {},
): Html {
  const hint = options.hint === undefined ? '' : html`<small id="${name}-hint">${options.hint}</small>`
  return html`<div class="field"><label for="${name}">${label}</label><input id="${name}" name="${name}" type="${options.type ?? 'text'}" value="${value}" autocomplete="${options.autocomplete ?? 'off'}" spellcheck="false" ${
    options.required === true ? 'required' : ''
  } ${options.readonly === true ? 'readonly' : ''} ${options.hint === undefined ? '' : html`aria-describedby="${name}-hint"`}>${hint}</div>`
}

/** A form that is one button. */
export function button(
  action: string,
  label: string,
  options: { kind?: string; name?: string; fields?: Record<string, string> } = {},
): Html {
  const fields = Object.entries(options.fields ?? {}).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`,
  )
  return html`<form method="post" action="${action}" class="inline">${fields}<button class="${options.kind ?? 'plain'}" ${
    options.name === undefined ? '' : html`aria-label="${options.name}"`
  }>${label}</button></form>`
}

export const PAGE_SIZE = 50

/** The rows of one page and the links to its neighbours. */
export function paged<T>(rows: T[], c: Context): { rows: T[]; links: Html } {
  const pages = Math.max(1, Math.ceil(rows.length / PAGE_SIZE))
  const current = Math.min(pages, Math.max(1, Number.parseInt(c.req.query('page') ?? '1', 10) || 1))
  const href = (number: number) => {
    const query = new URLSearchParams(c.req.query())
    query.delete('flash')
    query.set('page', String(number))
    return `?${query}`
  }
  const links =
    pages === 1
      ? html`<p class="paging">${rows.length} in all</p>`
      : html`<nav class="paging" aria-label="Pages">${
          current > 1 ? html`<a href="${href(current - 1)}">Previous</a>` : ''
        }<span>Page ${current} of ${pages}, ${rows.length} in all</span>${
          current < pages ? html`<a href="${href(current + 1)}">Next</a>` : ''
        }</nav>`
  return { rows: rows.slice((current - 1) * PAGE_SIZE, current * PAGE_SIZE), links }
}

export function searchForm(c: Context, label: string, hidden: Record<string, string> = {}): Html {
  const fields = Object.entries(hidden).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`,
  )
  return html`<form method="get" class="search" role="search">${fields}<label for="q">${label}</label><input id="q" name="q" type="search" value="${
    c.req.query('q') ?? ''
  }"><button class="plain">Search</button></form>`
}
