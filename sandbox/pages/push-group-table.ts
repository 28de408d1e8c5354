import { html } from 'hono/html'
import { OPERATOR_TEXT, pushStatus } from '../org/push-groups.ts'
import type { App, Group, GroupPush } from '../org/state.ts'
import { appUrl } from './apps.ts'
import { button, counted, type Html, when } from './layout.ts'
import { unlinkChoice } from './push-group-forms.ts'

/** The pushed groups. In bulk mode each has a box that belongs to {@link bulkForm}. */
export function pushTable(app: App, rows: GroupPush[], groups: Map<string, Group>, bulk: boolean): Html {
  return html`<div class="scroll"><table class="push stack"><caption class="hidden">Groups pushed to ${app.label}</caption>
<thead><tr>${bulk ? html`<th scope="col"><span class="hidden">Choose</span></th>` : ''}<th scope="col">Group in Okta</th><th scope="col">Group in ${app.label}</th><th scope="col">Last Push</th><th scope="col">Push Status</th></tr></thead>
<tbody>${rows.map((push) => {
    const name = groups.get(push.sourceGroupId)?.name ?? push.sourceGroupId
    return html`<tr>${bulk ? html`<td><input type="checkbox" form="bulk" name="push" value="${push.id}" aria-label="Choose ${name}"></td>` : ''}<td><a href="/admin/groups/${push.sourceGroupId}">${name}</a></td><td data-label="Group in ${app.label}"><span data-live id="target-${push.id}">${push.targetName}</span></td>
<td data-label="Last Push"><span data-live id="last-${push.id}">${when(push.lastPush)}</span></td><td><div data-live id="status-${push.id}">${statusMenu(app, push, name)}</div></td></tr>`
  })}</tbody></table></div>`
}

/** *Bulk Edit*: what is to happen to the chosen groups. */
export function bulkForm(app: App): Html {
  const base = appUrl(app, 'push-groups')
  return html`<form method="post" action="${base}/bulk" id="bulk" class="card"><h3>Bulk Edit</h3><p>Choose groups below, and what happens to them.</p>
<div class="actions"><button class="plain" name="do" value="activate">Activate</button><button class="plain" name="do" value="deactivate">Deactivate</button></div>
<fieldset><legend>On deleting</legend>${unlinkChoice()}</fieldset>
<div class="actions"><button class="danger" name="do" value="delete">Delete</button><a href="${base}">Cancel</a></div></form>`
}

function statusMenu(app: App, push: GroupPush, name: string): Html {
  const base = `${appUrl(app, 'push-groups')}/${push.id}`
  const status = pushStatus(app, push)
  const items = [
    status === 'Inactive' ? '' : html`<li>${button(`${base}/push-now`, 'Push now', { kind: 'item' })}</li>`,
    status === 'Inactive'
      ? html`<li>${button(`${base}/activate`, 'Activate group push', { kind: 'item' })}</li>`
      : html`<li>${button(`${base}/deactivate`, 'Deactivate group push', { kind: 'item' })}</li>`,
    html`<li><a href="${base}/unlink">Unlink pushed group</a></li>`,
  ]
  return html`<details class="menu right"><summary class="status ${status.toLowerCase()}" aria-label="Push Status of ${name}: ${status}">${status}</summary><ul>${items}</ul></details>${
    status === 'Error'
      ? html`<details class="info"><summary aria-label="Why the push of ${name} failed">(i)</summary><p>${push.errorSummary}</p><p class="muted">Time of failure: ${when(push.errorAt)}</p></details>`
      : ''
  }`
}

/** The rules that find groups to push, with what can be done to each. */
export function ruleList(app: App): Html {
  if (app.rules.length === 0) return html``
  const base = `${appUrl(app, 'push-groups')}/rules`
  return html`<section class="card"><h3>Rules</h3><ul class="rules">${app.rules.map(
    (
      rule,
    ) => html`<li><div><strong>${rule.name}</strong><small>Name ${OPERATOR_TEXT[rule.operator]} “${rule.value}” · ${counted(app.pushes.filter((push) => push.ruleId === rule.id).length, 'group')} · ${rule.active ? 'Active' : 'Inactive'}</small></div>
<div class="actions">${button(`${base}/${rule.id}/${rule.active ? 'deactivate' : 'activate'}`, rule.active ? 'Deactivate' : 'Activate', { kind: 'plain small', name: `${rule.active ? 'Deactivate' : 'Activate'} ${rule.name}` })}${button(`${base}/${rule.id}/delete`, 'Delete rule and groups', { kind: 'danger small', name: `Delete rule and groups: ${rule.name}` })}${button(`${base}/${rule.id}/delete-and-leave`, 'Delete rule, leave groups', { kind: 'plain small', name: `Delete rule, leave groups: ${rule.name}` })}</div></li>`,
  )}</ul></section>`
}
