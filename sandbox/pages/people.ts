import { Hono } from 'hono'
import { html } from 'hono/html'
import type { Org } from '../org/org.ts'
import { fullName, getPerson } from '../org/org.ts'
import {
  activatePerson,
  addPerson,
  deactivatePerson,
  deletePerson,
  editPerson,
  resetPassword,
  suspendPerson,
  unsuspendPerson,
} from '../org/people.ts'
import type { Person, Profile } from '../org/state.ts'
import { type Form, readForm, type Sandbox } from './context.ts'
import { act } from './flash.ts'
import { button, field, type Html, page, paged, searchForm, when } from './layout.ts'

const STATUS_TEXT = { ACTIVE: 'Active', SUSPENDED: 'Suspended', DEPROVISIONED: 'Deactivated' } as const

const VERBS: Record<string, { verb: (org: Org, id: string) => void; done: string; back?: string }> = {
  activate: { verb: activatePerson, done: 'Activated.' },
  deactivate: { verb: deactivatePerson, done: 'Deactivated.' },
  suspend: { verb: suspendPerson, done: 'Suspended. Okta tells applications nothing about it.' },
  unsuspend: { verb: unsuspendPerson, done: 'Unsuspended.' },
  password: { verb: resetPassword, done: 'A new password was set.' },
  delete: { verb: deletePerson, done: 'Deleted.', back: '/admin/users' },
}

export function peoplePages(sandbox: Sandbox): Hono {
  const { org } = sandbox
  const pages = new Hono()

  pages.get('/', (c) => {
    const { rows, links } = paged(findPeople(org.state.people, c.req.query('q') ?? ''), c)
    const table =
      () => html`<div class="scroll"><table class="stack"><caption class="hidden">People of this org</caption>
<thead><tr><th scope="col">Person &amp; username</th><th scope="col">Primary email</th><th scope="col">Status</th></tr></thead>
<tbody>${rows.map(
        (
          person,
        ) => html`<tr><td><a href="/admin/users/${person.id}">${fullName(person)}</a><small>${person.profile.login}</small></td>
<td class="wide" data-label="Email">${person.profile.email}</td><td>${statusPill(person)}</td></tr>`,
      )}</tbody></table></div>${links}`
    const nobody = c.req.query('q') ? 'Nobody has such a name or username.' : 'Nobody yet.'
    const body = html`<div class="title"><h1>People</h1><a class="button primary" href="/admin/users/new">Add person</a></div>
${searchForm(c, 'Search people')}
${rows.length === 0 ? html`<p class="empty">${nobody}</p>` : table()}`
    return page(c, sandbox, { title: 'People', section: 'people', body })
  })

  pages.get('/new', (c) => {
    const body = html`<h1>Add Person</h1><form method="post" action="/admin/users" class="card">${profileFields(undefined)}
<div class="actions"><button class="primary" name="then" value="view">Save</button><button class="plain" name="then" value="new">Save and Add Another</button><a href="/admin/users">Cancel</a></div></form>`
    return page(c, sandbox, { title: 'Add Person', section: 'people', body })
  })

  pages.post('/', async (c) => {
    const form = await readForm(c)
    const back = form.text('then') === 'new' ? '/admin/users/new' : '/admin/users'
    return act(c, back, () => `${fullName(addPerson(org, readProfile(form)))} was added.`, '/admin/users/new')
  })

  pages.get('/:id', (c) => {
    const person = getPerson(org, c.req.param('id'))
    const base = `/admin/users/${person.id}`
    const groups = org.state.groups.filter((group) => group.members.includes(person.id))
    const apps = org.state.apps.filter((app) => app.appUsers[person.id]?.assigned === true)
    const actions = {
      ACTIVE: html`${button(`${base}/password`, 'Reset password')}${button(`${base}/suspend`, 'Suspend')}${button(`${base}/deactivate`, 'Deactivate', { kind: 'danger' })}`,
      SUSPENDED: html`${button(`${base}/unsuspend`, 'Unsuspend')}${button(`${base}/deactivate`, 'Deactivate', { kind: 'danger' })}`,
      DEPROVISIONED: html`${button(`${base}/activate`, 'Activate')}${button(`${base}/delete`, 'Delete', { kind: 'danger' })}`,
    }[person.status]
    const body = html`<div class="title"><div><h1>${fullName(person)}</h1><p class="muted">${person.profile.login} ${statusPill(person)}</p></div><div class="actions">${actions}</div></div>
<section class="card"><h2>Profile</h2><form method="post" action="${base}">${profileFields(person)}<div class="actions"><button class="primary">Save</button></div></form></section>
<section class="card"><h2>Applications</h2>${
      apps.length === 0
        ? html`<p class="muted">Not assigned to any application.</p>`
        : html`<ul>${apps.map((app) => html`<li><a href="/admin/app/${app.name}/instance/${app.id}/assignments">${app.label}</a></li>`)}</ul>`
    }</section>
<section class="card"><h2>Groups</h2>${
      groups.length === 0
        ? html`<p class="muted">Not a member of any group.</p>`
        : html`<ul>${groups.map((group) => html`<li><a href="/admin/groups/${group.id}">${group.name}</a></li>`)}</ul>`
    }</section><p class="muted">Created ${when(person.created)} · ${person.id}</p>`
    return page(c, sandbox, { title: fullName(person), section: 'people', body })
  })

  pages.post('/:id', async (c) => {
    const id = c.req.param('id')
    const form = await readForm(c)
    return act(c, `/admin/users/${id}`, () => {
      editPerson(org, id, readProfile(form))
      return 'The profile was saved.'
    })
  })

  pages.post('/:id/:verb', (c) => {
    const { id, verb } = c.req.param()
    const entry = VERBS[verb]
    if (entry === undefined) return c.notFound()
    return act(
      c,
      entry.back ?? `/admin/users/${id}`,
      () => {
        entry.verb(org, id)
        return entry.done
      },
      `/admin/users/${id}`,
    )
  })

  return pages
}

export function findPeople(people: Person[], query: string): Person[] {
  const q = query.trim().toLowerCase()
  const found = people.filter((person) => {
    const { login, email } = person.profile
    return q === '' || `${fullName(person)} ${login} ${email}`.toLowerCase().includes(q)
  })
  return found.sort((a, b) => fullName(a).localeCompare(fullName(b)))
}

export function statusPill(person: Person): Html {
  return html`<span class="pill ${person.status.toLowerCase()}">${STATUS_TEXT[person.status]}</span>`
}

function profileFields(person: Person | undefined): Html {
  const profile = person?.profile
  return html`<div class="grid">${field('firstName', 'First name', profile?.firstName ?? '', { required: true })}${field('lastName', 'Last name', profile?.lastName ?? '', { required: true })}
${field('login', 'Username', profile?.login ?? '', { required: true, hint: 'In the form of an email address' })}${field('email', 'Primary email', profile?.email ?? '', { type: 'email' })}
${field('displayName', 'Display name', profile?.displayName ?? '')}${field('title', 'Title', profile?.title ?? '')}${field('department', 'Department', profile?.department ?? '')}</div>`
}

function readProfile(form: Form): Profile {
  const text = form.text
  return {
    login: text('login'),
    email: text('email'),
    firstName: text('firstName'),
    lastName: text('lastName'),
    displayName: text('displayName'),
    title: text('title'),
    department: text('department'),
  }
}
