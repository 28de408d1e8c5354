import { Hono } from 'hono'
import { html } from 'hono/html'
import { addGroup, changeGroupMembers, deleteGroup, renameGroup } from '../org/groups.ts'
import { fullName, getGroup } from '../org/org.ts'
import { readForm, type Sandbox } from './context.ts'
import { act } from './flash.ts'
import { button, field, page, paged, searchForm, when } from './layout.ts'
import { findPeople, statusPill } from './people.ts'

export function groupPages(sandbox: Sandbox): Hono {
  const { org } = sandbox
  const pages = new Hono()

  pages.get('/', (c) => {
    const q = (c.req.query('q') ?? '').toLowerCase()
    const found = org.state.groups
      .filter((group) => group.name.toLowerCase().includes(q))
      .sort((a, b) => a.name.localeCompare(b.name))
    const { rows, links } = paged(found, c)
    const table = () => html`<div class="scroll"><table><caption class="hidden">Groups of this org</caption>
<thead><tr><th scope="col">Group</th><th scope="col" class="number">People</th><th scope="col" class="number">Applications</th></tr></thead>
<tbody>${rows.map(
      (
        group,
      ) => html`<tr><td><a href="/admin/groups/${group.id}">${group.name}</a><small>${group.description}</small></td>
<td class="number">${group.members.length}</td><td class="number">${org.state.apps.filter((app) => app.assignedGroups.includes(group.id)).length}</td></tr>`,
    )}</tbody></table></div>${links}`
    const none = q === '' ? 'No group yet.' : 'No group has such a name.'
    const body = html`<div class="title"><h1>Groups</h1><a class="button primary" href="/admin/groups/new">Add group</a></div>
${searchForm(c, 'Search groups')}
${rows.length === 0 ? html`<p class="empty">${none}</p>` : table()}`
    return page(c, sandbox, { title: 'Groups', section: 'groups', body })
  })

  pages.get('/new', (c) => {
    const body = html`<h1>Add group</h1><form method="post" action="/admin/groups" class="card">${field('name', 'Name', '', { required: true })}${field('description', 'Description', '')}
<div class="actions"><button class="primary">Save</button><a href="/admin/groups">Cancel</a></div></form>`
    return page(c, sandbox, { title: 'Add group', section: 'groups', body })
  })

  pages.post('/', async (c) => {
    const form = await readForm(c)
    const input = { name: form.text('name'), description: form.text('description') }
    return act(c, '/admin/groups', () => `${addGroup(org, input).name} was added.`, '/admin/groups/new')
  })

  pages.get('/:id', (c) => {
    const group = getGroup(org, c.req.param('id'))
    const base = `/admin/groups/${group.id}`
    const inGroup = new Set(group.members)
    const members = findPeople(org.state.people, '').filter((person) => inGroup.has(person.id))
    const { rows, links } = paged(members, c)
    const body = html`<div class="title"><div><h1>${group.name}</h1><p class="muted">${group.description}</p></div>
<div class="actions"><a class="button plain" href="${base}/assign">Assign people</a>${button(`${base}/delete`, 'Delete group', { kind: 'danger' })}</div></div>
<section class="card"><h2>Profile</h2><form method="post" action="${base}">${field('name', 'Name', group.name, { required: true })}${field('description', 'Description', group.description)}<div class="actions"><button class="primary">Save</button></div></form></section>
<section><h2>People</h2>${
      members.length === 0
        ? html`<p class="empty">Nobody is in this group. <a href="${base}/assign">Assign people</a></p>`
        : html`<form method="post" action="${base}/members"><div class="scroll"><table class="stack"><caption class="hidden">Members of ${group.name}</caption>
<thead><tr><th scope="col"><span class="hidden">Choose</span></th><th scope="col">Person &amp; username</th><th scope="col">Status</th><th scope="col"><span class="hidden">Remove</span></th></tr></thead>
<tbody>${rows.map(
            (
              person,
            ) => html`<tr><td><input type="checkbox" name="remove" value="${person.id}" aria-label="Choose ${fullName(person)}"></td>
<td><a href="/admin/users/${person.id}">${fullName(person)}</a><small>${person.profile.login}</small></td><td>${statusPill(person)}</td>
<td class="number"><button class="plain small" name="remove" value="${person.id}" aria-label="Remove ${fullName(person)}">Remove</button></td></tr>`,
          )}</tbody></table></div><div class="actions"><button class="plain">Remove chosen people</button></div></form>${links}`
    }</section><p class="muted">Created ${when(group.created)} · ${group.id}</p>`
    return page(c, sandbox, { title: group.name, section: 'groups', body })
  })

  pages.get('/:id/assign', (c) => {
    const group = getGroup(org, c.req.param('id'))
    const inGroup = new Set(group.members)
    const others = findPeople(org.state.people, c.req.query('q') ?? '').filter(
      (person) => !inGroup.has(person.id),
    )
    const { rows, links } = paged(others, c)
    const table =
      () => html`<form method="post" action="/admin/groups/${group.id}/members?then=assign"><div class="scroll"><table><caption class="hidden">People who are not in ${group.name}</caption>
<thead><tr><th scope="col"><span class="hidden">Choose</span></th><th scope="col">Person &amp; username</th><th scope="col"><span class="hidden">Assign</span></th></tr></thead>
<tbody>${rows.map(
        (
          person,
        ) => html`<tr><td><input type="checkbox" name="add" value="${person.id}" aria-label="Choose ${fullName(person)}"></td><td>${fullName(person)}<small>${person.profile.login}</small></td>
<td class="number"><button class="plain small" name="add" value="${person.id}" aria-label="Assign ${fullName(person)}">Assign</button></td></tr>`,
      )}</tbody></table></div><div class="actions"><button class="plain">Assign chosen people</button></div></form>${links}`
    const nobody = c.req.query('q')
      ? 'Nobody outside the group has such a name or username.'
      : 'Everybody is in this group.'
    const body = html`<div class="title"><h1>Assign people to ${group.name}</h1><a class="button primary" href="/admin/groups/${group.id}">Done</a></div>
${searchForm(c, 'Search people')}
${rows.length === 0 ? html`<p class="empty">${nobody}</p>` : table()}`
    return page(c, sandbox, { title: `Assign people to ${group.name}`, section: 'groups', body })
  })

  pages.post('/:id', async (c) => {
    const id = c.req.param('id')
    const form = await readForm(c)
    return act(c, `/admin/groups/${id}`, () => {
      renameGroup(org, id, { name: form.text('name'), description: form.text('description') })
      return 'The group was saved.'
    })
  })

  pages.post('/:id/members', async (c) => {
    const id = c.req.param('id')
    const form = await readForm(c)
    const back = `/admin/groups/${id}${c.req.query('then') === 'assign' ? '/assign' : ''}`
    return act(c, back, () => {
      changeGroupMembers(org, id, { add: form.list('add'), remove: form.list('remove') })
      return 'The members were changed.'
    })
  })

  pages.post('/:id/delete', (c) => {
    const id = c.req.param('id')
    return act(c, '/admin/groups', () => {
      deleteGroup(org, id)
      return 'The group was deleted.'
    })
  })

  return pages
}
