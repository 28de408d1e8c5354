import { html } from 'hono/html'
import { OPERATOR_TEXT } from '../org/push-groups.ts'
import type { App, Group, GroupPush } from '../org/state.ts'
import { appUrl } from './apps.ts'
import { checkbox, field, type Html } from './layout.ts'

/** *Find groups by name*: find, see the match, choose the push action, save. */
export function pushByName(app: App, groups: Group[], query: string): Html {
  const base = appUrl(app, 'push-groups')
  const pushed = new Set(app.pushes.map((push) => push.sourceGroupId))
  const open = groups.filter((group) => !pushed.has(group.id)).sort((a, b) => a.name.localeCompare(b.name))
  const text = query.trim().toLowerCase()
  const found = open.filter((group) => group.name.toLowerCase().includes(text))
  const exact =
    found.find((group) => group.name.toLowerCase() === text) ?? (found.length === 1 ? found[0] : undefined)
  const group = text === '' ? undefined : exact
  const others = text === '' || group !== undefined ? [] : found.slice(0, 20)
  return html`<section class="card"><h2>Push groups by name</h2>
<form method="get" action="${base}/new" class="search"><input type="hidden" name="by" value="name"><label for="group">Find groups by name</label><input id="group" name="group" type="search" list="groups" value="${query}" autocomplete="off"><datalist id="groups">${open.slice(0, 500).map((candidate) => html`<option value="${candidate.name}"></option>`)}</datalist><button class="plain">Find</button></form>
${others.length === 0 ? '' : html`<ul class="found">${others.map((candidate) => html`<li><a href="${base}/new?by=name&amp;group=${encodeURIComponent(candidate.name)}">${candidate.name}</a> <small>${candidate.members.length} people</small></li>`)}</ul>`}
${text !== '' && found.length === 0 ? html`<p class="empty">No group of that name is left to push.</p>` : ''}
${group === undefined ? html`<div class="actions"><a href="${base}">Cancel</a></div>` : chosenGroup(app, group)}</section>`
}

function chosenGroup(app: App, group: Group): Html {
  const base = appUrl(app, 'push-groups')
  const match = app.appGroups.find((candidate) => candidate.displayName === group.name)
  const targets = [...app.appGroups].sort((a, b) => a.displayName.localeCompare(b.displayName))
  return html`<form method="post" action="${base}"><input type="hidden" name="groupId" value="${group.id}"><input type="hidden" name="groupName" value="${group.name}">
<h3>${group.name}</h3><p class="muted">${group.members.length} people</p>
${checkbox('pushMemberships', 'Push group memberships immediately', true)}
<div class="field"><label for="action">Match result &amp; push action</label><p id="match" class="muted">${match === undefined ? 'No match found' : 'Match found'}</p>
<select id="action" name="action" aria-describedby="match"><option value="CREATE" ${match === undefined ? 'selected' : ''}>Create Group</option><option value="LINK" ${match === undefined ? '' : 'selected'}>Link Group</option></select></div>
${
  targets.length === 0
    ? html`<p class="muted">To link a group that exists in ${app.label}, choose Refresh App Groups first.</p>`
    : html`<div class="field link-to"><label for="linkTo">Group in ${app.label}</label><select id="linkTo" name="linkTo">${targets.map((target) => html`<option value="${target.id}" ${target.id === match?.id ? 'selected' : ''}>${target.displayName}</option>`)}</select></div>`
}
<div class="actions"><button class="primary" name="then" value="list">Save</button><button class="plain" name="then" value="another">Save &amp; Add Another</button><a href="${base}">Cancel</a></div></form>`
}

/** *Find groups by rule*: every group whose name fits is pushed, now and later. */
export function pushByRule(app: App): Html {
  const base = appUrl(app, 'push-groups')
  return html`<form method="post" action="${base}/rules" class="card"><h2>Push groups by rule</h2>${field('name', 'Rule name', '')}
<div class="grid"><div class="field"><label for="operator">Group name</label><select id="operator" name="operator">${Object.entries(OPERATOR_TEXT).map(([key, text]) => html`<option value="${key}">${text}</option>`)}</select></div>${field('value', 'Text', '', { required: true })}</div>
${checkbox('pushMemberships', 'Immediately push groups found by this rule', true)}
<div class="actions"><button class="primary">Create Rule</button><a href="${base}">Cancel</a></div></form>`
}

export function unlinkForm(app: App, push: GroupPush, groupName: string): Html {
  const base = appUrl(app, 'push-groups')
  return html`<form method="post" action="${base}/${push.id}/unlink" class="card"><h2>Unlink pushed group ${groupName}</h2>
<fieldset><legend>What happens to ${push.targetName} in ${app.label}</legend>
${unlinkChoice()}</fieldset>
<div class="actions"><button class="danger">Unlink</button><a href="${base}">Cancel</a></div></form>`
}

export function unlinkChoice(): Html {
  return html`<label class="check"><input type="radio" name="target" value="delete" checked><span>Delete the group in the target app (recommended)</span></label>
<label class="check"><input type="radio" name="target" value="leave"><span>Leave the group in the target app</span></label>`
}
