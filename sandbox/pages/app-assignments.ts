import { Hono } from 'hono'
import { html } from 'hono/html'
import { assign, forceSync, needsProvisioning, provisionUsers, unassign } from '../org/assignments.ts'
import { fullName } from '../org/org.ts'
import type { App, AppUser, Person } from '../org/state.ts'
import { appPage } from './app-frame.ts'
import { appUrl } from './apps.ts'
import { readForm, type Sandbox } from './context.ts'
import { act } from './flash.ts'
import { button, counted, type Html, page, paged, searchForm } from './layout.ts'
import { findPeople } from './people.ts'

const NOBODY_FOUND = 'Nobody has such a name or username.'
const FLAG =
  'User was assigned this application before Provisioning was enabled and not provisioned in the downstream application. Click Provision User.'

export function appAssignmentsPages(sandbox: Sandbox): Hono<{ Variables: { app: App } }> {
  const { org } = sandbox
  const pages = new Hono<{ Variables: { app: App } }>()

  pages.get('/assignments', (c) => {
    const app = c.get('app')
    const base = appUrl(app, 'assignments')
    const show = c.req.query('show') === 'groups' ? 'groups' : 'people'
    const flagged = Object.values(app.appUsers).filter((appUser) => needsProvisioning(app, appUser))
    const filter = (key: string, text: string) =>
      html`<li><a href="${base}?show=${key}" ${show === key ? html`aria-current="page"` : ''}>${text}</a></li>`
    const content = show === 'groups' ? groupTable() : peopleTable()
    const body = html`<div class="title toolbar"><h2 class="hidden">Assignments</h2><div class="actions">
<details class="menu"><summary class="button primary">Assign</summary><ul><li><a href="${base}/people">Assign to People</a></li><li><a href="${base}/groups">Assign to Groups</a></li></ul></details>
${flagged.length === 0 ? '' : button(`${base}/provision`, 'Provision User')}${app.enabled ? button(`${base}/force-sync`, 'Force Sync') : ''}</div></div>
${flagged.length === 0 ? '' : html`<div class="callout error"><p><strong>${flagged.length}</strong> assigned before provisioning was enabled. Click Provision User to create them in ${app.label}. Force Sync does not create them.</p></div>`}
<div class="split"><nav aria-label="Filters"><h3 class="nav-heading">Filters</h3><ul class="sub">${filter('people', 'People')}${filter('groups', 'Groups')}</ul></nav><div>${content}</div></div>`
    return appPage(c, sandbox, app, 'assignments', body)

    function peopleTable(): Html {
      const people = findPeople(org.state.people, c.req.query('q') ?? '').filter((person) => {
        const appUser = app.appUsers[person.id]
        return appUser?.assigned === true
      })
      const { rows, links } = paged(people, c)
      if (people.length === 0)
        return html`${searchForm(c, 'Search people')}<p class="empty">${c.req.query('q') ? NOBODY_FOUND : 'Nobody is assigned. Choose Assign.'}</p>`
      return html`${searchForm(c, 'Search people')}<div class="scroll"><table class="stack"><caption class="hidden">People assigned to ${app.label}</caption>
<thead><tr><th scope="col">Person</th><th scope="col">Type</th><th scope="col">Status</th><th scope="col"><span class="hidden">Unassign</span></th></tr></thead>
<tbody>${rows.map((person) => personRow(app, person))}</tbody></table></div>${links}`
    }

    function groupTable(): Html {
      const groups = org.state.groups.filter((group) => app.assignedGroups.includes(group.id))
      if (groups.length === 0) return html`<p class="empty">No group is assigned. Choose Assign.</p>`
      return html`<div class="scroll"><table><caption class="hidden">Groups assigned to ${app.label}</caption><thead><tr><th scope="col">Group</th><th scope="col" class="number">People</th><th scope="col"><span class="hidden">Unassign</span></th></tr></thead>
<tbody>${groups.map(
        (group) =>
          html`<tr><td><a href="/admin/groups/${group.id}">${group.name}</a></td><td class="number">${group.members.length}</td><td class="number">${button(`${base}/unassign`, 'Unassign', { kind: 'plain small', name: `Unassign ${group.name}`, fields: { group: group.id } })}</td></tr>`,
      )}</tbody></table></div>`
    }
  })

  pages.get('/assignments/people', (c) => {
    const app = c.get('app')
    const base = appUrl(app, 'assignments')
    const people = findPeople(org.state.people, c.req.query('q') ?? '').filter(
      (person) => person.status !== 'DEPROVISIONED' && !app.assignedPeople.includes(person.id),
    )
    const { rows, links } = paged(people, c)
    return page(c, sandbox, {
      title: `Assign ${app.label} to People`,
      section: 'apps',
      body: html`<div class="title"><h1>Assign ${app.label} to People</h1><a class="button primary" href="${base}">Done</a></div>${searchForm(c, 'Search people')}
${rows.length === 0 ? html`<p class="empty">${c.req.query('q') ? `${NOBODY_FOUND} Who is assigned already is not listed.` : 'Nobody is left to assign.'}</p>` : assignForm()}`,
    })

    function assignForm(): Html {
      return html`<form method="post" action="${base}/assign?then=people"><div class="scroll"><table><caption class="hidden">People who can be assigned</caption>
<thead><tr><th scope="col"><span class="hidden">Choose</span></th><th scope="col">Person</th><th scope="col"><span class="hidden">Assign</span></th></tr></thead>
<tbody>${rows.map(
        (person) =>
          html`<tr><td><input type="checkbox" name="person" value="${person.id}" aria-label="Choose ${fullName(person)}"></td><td>${fullName(person)}<small>${person.profile.login}</small></td>
<td class="number"><button class="plain small" name="person" value="${person.id}" aria-label="Assign ${fullName(person)}">Assign</button></td></tr>`,
      )}</tbody></table></div><div class="actions"><button class="plain">Assign chosen people</button></div></form>${links}`
    }
  })

  pages.get('/assignments/groups', (c) => {
    const app = c.get('app')
    const base = appUrl(app, 'assignments')
    const q = (c.req.query('q') ?? '').toLowerCase()
    const groups = org.state.groups
      .filter((group) => !app.assignedGroups.includes(group.id) && group.name.toLowerCase().includes(q))
      .sort((a, b) => a.name.localeCompare(b.name))
    const { rows, links } = paged(groups, c)
    const table =
      () => html`<form method="post" action="${base}/assign?then=groups"><div class="scroll"><table><caption class="hidden">Groups that can be assigned</caption><thead><tr><th scope="col">Group</th><th scope="col" class="number">People</th><th scope="col"><span class="hidden">Assign</span></th></tr></thead>
<tbody>${rows.map(
        (group) =>
          html`<tr><td>${group.name}</td><td class="number">${group.members.length}</td><td class="number"><button class="plain small" name="group" value="${group.id}" aria-label="Assign ${group.name}">Assign</button></td></tr>`,
      )}</tbody></table></div></form>${links}`
    const none = q === '' ? 'No group is left to assign.' : 'No group of that name is left to assign.'
    return page(c, sandbox, {
      title: `Assign ${app.label} to Groups`,
      section: 'apps',
      body: html`<div class="title"><h1>Assign ${app.label} to Groups</h1><a class="button primary" href="${base}?show=groups">Done</a></div>${searchForm(c, 'Search groups')}
${rows.length === 0 ? html`<p class="empty">${none}</p>` : table()}`,
    })
  })

  pages.post('/assignments/:verb', async (c) => {
    const app = c.get('app')
    const form = await readForm(c)
    const base = appUrl(app, 'assignments')
    const then = c.req.query('then')
    const groups = form.list('group')
    const back =
      then === 'people' || then === 'groups'
        ? `${base}/${then}`
        : groups.length > 0
          ? `${base}?show=groups`
          : base
    const what = { people: form.list('person'), groups }
    return act(c, back, () => {
      switch (c.req.param('verb')) {
        case 'assign':
          assign(org, app.id, what)
          return 'Assigned.'
        case 'unassign':
          unassign(org, app.id, what)
          return 'Unassigned.'
        case 'provision': {
          const flagged = Object.values(app.appUsers).filter((appUser) => needsProvisioning(app, appUser))
          const chosen = what.people.length > 0 ? what.people : flagged.map((appUser) => appUser.personId)
          provisionUsers(org, app.id, chosen)
          return `Provisioning ${counted(chosen.length, 'user')}.`
        }
        case 'force-sync':
          return `Syncing the profiles of ${counted(forceSync(org, app.id), 'user')}.`
        default:
          return undefined
      }
    })
  })

  return pages
}

function personRow(app: App, person: Person): Html {
  const appUser = app.appUsers[person.id]
  if (appUser === undefined) return html``
  const base = appUrl(app, 'assignments')
  return html`<tr><td><a href="/admin/users/${person.id}">${person.profile.firstName} ${person.profile.lastName}</a><small>${person.profile.login}</small></td>
<td data-label="Type">${appUser.scope === 'USER' ? 'Individual' : 'Group'}</td><td><div data-live id="app-user-${person.id}">${appUserStatus(app, appUser, person)}</div></td>
<td class="number">${appUser.scope === 'USER' ? button(`${base}/unassign`, 'Unassign', { kind: 'plain small', name: `Unassign ${fullName(person)}`, fields: { person: person.id } }) : ''}</td></tr>`
}

function appUserStatus(app: App, appUser: AppUser, person: Person): Html {
  if (needsProvisioning(app, appUser) && appUser.syncState !== 'SYNCING') {
    return html`<p class="flag">${appUser.error === '' ? FLAG : appUser.error}</p>${button(`${appUrl(app, 'assignments')}/provision`, 'Provision User', { kind: 'plain small', name: `Provision User ${fullName(person)}`, fields: { person: person.id } })}`
  }
  if (appUser.syncState === 'ERROR') return html`<p class="flag">${appUser.error}</p>`
  const text = {
    PROVISIONED: 'Provisioned',
    PENDING: 'Pending',
    STAGED: 'Staged',
    ACTIVE: 'Assigned',
    DEPROVISIONED: 'Deprovisioned',
  }[appUser.status]
  const pill = appUser.status === 'PROVISIONED' ? 'active' : appUser.status === 'PENDING' ? 'pushing' : ''
  return html`<span class="pill ${pill}">${appUser.syncState === 'SYNCING' && appUser.status === 'PROVISIONED' ? 'Syncing' : text}</span>${appUser.externalId === '' ? '' : html`<small>${appUser.externalId}</small>`}`
}
