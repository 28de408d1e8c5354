import { Hono } from 'hono'
import { html } from 'hono/html'
import { getGroup, OrgError } from '../org/org.ts'
import {
  activatePush,
  addPush,
  addRule,
  deactivatePush,
  deleteRule,
  pushNow,
  pushStatus,
  retryAllPushes,
  setRuleActive,
  unlinkPush,
} from '../org/push-groups.ts'
import { enqueue } from '../org/queue.ts'
import type { App, Group, GroupPush, PushRule } from '../org/state.ts'
import { appPage } from './app-frame.ts'
import { appUrl } from './apps.ts'
import { readForm, type Sandbox } from './context.ts'
import { act } from './flash.ts'
import { button, type Html, paged, when } from './layout.ts'
import { pushByName, pushByRule, unlinkForm } from './push-group-forms.ts'

export function appPushGroupsPages(sandbox: Sandbox): Hono<{ Variables: { app: App } }> {
  const { org } = sandbox
  const pages = new Hono<{ Variables: { app: App } }>()

  pages.get('/push-groups', (c) => {
    const app = c.get('app')
    const base = appUrl(app, 'push-groups')
    if (!app.enabled) {
      const off = html`<section class="card centre"><h2>Push Groups</h2><p>Enable provisioning before pushing groups.</p><a class="button primary" href="${appUrl(app, 'provisioning')}">Provisioning</a></section>`
      return appPage(c, sandbox, app, 'push-groups', off)
    }
    const show = c.req.query('show') ?? 'all'
    const filter = (key: string, text: string) =>
      html`<li><a href="${base}?show=${key}" ${show === key ? html`aria-current="page"` : ''}>${text}</a></li>`
    const names = new Map(org.state.groups.map((group) => [group.id, group]))
    const errors = app.pushes.filter((push) => push.status === 'ERROR')
    const shown = app.pushes.filter((push) => {
      if (show === 'name') return push.ruleId === ''
      if (show === 'rule') return push.ruleId !== ''
      return show !== 'errors' || push.status === 'ERROR'
    })
    const { rows, links } = paged(shown, c)
    const body = html`<div class="title toolbar"><h2 class="hidden">Push Groups to ${app.label}</h2><div class="actions">
<details class="menu"><summary class="button primary">Push Groups</summary><ul><li><a href="${base}/new?by=name">Find groups by name</a></li><li><a href="${base}/new?by=rule">Find groups by rule</a></li></ul></details>
${button(`${base}/refresh`, 'Refresh App Groups')}
<details class="menu"><summary class="button plain" aria-label="Group push settings">Settings</summary><form method="post" action="${base}/settings" class="panel"><label class="check"><input type="checkbox" name="rename" value="on" ${app.renameAppGroups ? 'checked' : ''}><span>Rename app groups to match group name in Okta</span></label><button class="plain">Save</button></form></details></div></div>
<div data-live id="push-errors">${errors.length === 0 ? '' : html`<div class="callout error"><p><strong>${errors.length}</strong> ${errors.length === 1 ? 'group has' : 'groups have'} push errors. <a href="${base}?show=errors">Errors</a></p>${button(`${base}/retry-all`, 'Retry All Groups')}</div>`}</div>
<div class="split"><nav aria-label="Filters"><h3 class="nav-heading">Pushed groups</h3><ul class="sub">${filter('all', 'All')}${filter('name', 'By name')}${filter('rule', 'By rule')}${filter('errors', 'Errors')}</ul></nav><div>
${ruleList(app)}
${rows.length === 0 ? html`<p class="empty">${show === 'errors' ? 'No push has failed.' : 'No group is pushed.'}</p>` : pushTable(app, rows, names)}${rows.length === 0 ? '' : links}</div></div>`
    return appPage(c, sandbox, app, 'push-groups', body)
  })

  pages.get('/push-groups/new', (c) => {
    const app = c.get('app')
    const body =
      c.req.query('by') === 'rule'
        ? pushByRule(app)
        : pushByName(app, org.state.groups, c.req.query('group') ?? '')
    return appPage(c, sandbox, app, 'push-groups', body)
  })

  pages.get('/push-groups/:pushId/unlink', (c) => {
    const app = c.get('app')
    const push = app.pushes.find((candidate) => candidate.id === c.req.param('pushId'))
    if (push === undefined) throw new OrgError('This group is not pushed.', 404)
    return appPage(
      c,
      sandbox,
      app,
      'push-groups',
      unlinkForm(app, push, getGroup(org, push.sourceGroupId).name),
    )
  })

  pages.post('/push-groups', async (c) => {
    const app = c.get('app')
    const form = await readForm(c)
    const base = appUrl(app, 'push-groups')
    const back = form.text('then') === 'another' ? `${base}/new?by=name` : base
    const again = `${base}/new?by=name&group=${encodeURIComponent(form.text('groupName'))}`
    return act(
      c,
      back,
      () => {
        const linkTo = form.text('action') === 'LINK' ? { linkTo: form.text('linkTo') } : {}
        const pushMemberships = form.checked('pushMemberships')
        addPush(org, app.id, { groupId: form.text('groupId'), pushMemberships, ...linkTo })
        return `${form.text('groupName')} was added to the pushed groups.`
      },
      again,
    )
  })

  pages.post('/push-groups/rules', async (c) => {
    const app = c.get('app')
    const form = await readForm(c)
    const base = appUrl(app, 'push-groups')
    const operators: PushRule['operator'][] = ['STARTS_WITH', 'ENDS_WITH', 'CONTAINS', 'EQUALS']
    const operator = operators.find((key) => key === form.text('operator')) ?? 'STARTS_WITH'
    const input = {
      name: form.text('name'),
      operator,
      value: form.text('value'),
      pushMemberships: form.checked('pushMemberships'),
    }
    return act(
      c,
      base,
      () => `The rule ${addRule(org, app.id, input).name} was added.`,
      `${base}/new?by=rule`,
    )
  })

  pages.post('/push-groups/rules/:ruleId/:verb', async (c) => {
    const app = c.get('app')
    const { ruleId, verb } = c.req.param()
    return act(c, appUrl(app, 'push-groups'), () => {
      if (verb === 'delete') deleteRule(org, app.id, ruleId, true)
      else if (verb === 'delete-and-leave') deleteRule(org, app.id, ruleId, false)
      else setRuleActive(org, app.id, ruleId, verb === 'activate')
      return 'The rule was changed.'
    })
  })

  pages.post('/push-groups/:verb{retry-all|refresh|settings|bulk}', async (c) => {
    const app = c.get('app')
    const form = await readForm(c)
    return act(c, appUrl(app, 'push-groups'), () => {
      switch (c.req.param('verb')) {
        case 'retry-all':
          return `Retrying ${retryAllPushes(org, app.id)} groups.`
        case 'refresh':
          enqueue(org, app, { kind: 'app-groups.refresh' })
          return 'Refreshing app groups.'
        case 'settings':
          app.renameAppGroups = form.checked('rename')
          org.changed()
          return 'Saved.'
        default: {
          const chosen = form.list('push')
          const verb = { deactivate: deactivatePush, activate: activatePush }[form.text('do')]
          for (const id of chosen) {
            if (verb !== undefined) verb(org, app.id, id)
            else if (form.text('do') === 'delete') unlinkPush(org, app.id, id, true)
          }
          return `${chosen.length} groups changed.`
        }
      }
    })
  })

  pages.post('/push-groups/:pushId/:verb', async (c) => {
    const app = c.get('app')
    const { pushId, verb } = c.req.param()
    const form = await readForm(c)
    return act(c, appUrl(app, 'push-groups'), () => {
      if (verb === 'push-now') pushNow(org, app.id, pushId)
      else if (verb === 'deactivate') deactivatePush(org, app.id, pushId)
      else if (verb === 'activate') activatePush(org, app.id, pushId)
      else if (verb === 'unlink') unlinkPush(org, app.id, pushId, form.text('target') !== 'leave')
      return undefined
    })
  })

  return pages
}

function pushTable(app: App, rows: GroupPush[], groups: Map<string, Group>): Html {
  const base = appUrl(app, 'push-groups')
  return html`<form method="post" action="${base}/bulk" id="bulk"></form><div class="scroll"><table class="push stack"><caption class="hidden">Groups pushed to ${app.label}</caption>
<thead><tr><th scope="col"><span class="hidden">Choose</span></th><th scope="col">Group in Okta</th><th scope="col">Group in ${app.label}</th><th scope="col">Last Push</th><th scope="col">Push Status</th></tr></thead>
<tbody>${rows.map((push) => {
    const name = groups.get(push.sourceGroupId)?.name ?? push.sourceGroupId
    return html`<tr><td><input type="checkbox" form="bulk" name="push" value="${push.id}" aria-label="Choose ${name}"></td><td><a href="/admin/groups/${push.sourceGroupId}">${name}</a></td><td data-label="Group in ${app.label}"><span data-live id="target-${push.id}">${push.targetName}</span></td>
<td data-label="Last Push"><span data-live id="last-${push.id}">${when(push.lastPush)}</span></td><td><div data-live id="status-${push.id}">${statusMenu(app, push, name)}</div></td></tr>`
  })}</tbody></table></div>
<div class="actions"><span class="muted">Bulk Edit</span><button form="bulk" class="plain small" name="do" value="activate">Activate</button><button form="bulk" class="plain small" name="do" value="deactivate">Deactivate</button><button form="bulk" class="danger small" name="do" value="delete">Delete</button></div>`
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

function ruleList(app: App): Html {
  if (app.rules.length === 0) return html``
  const base = `${appUrl(app, 'push-groups')}/rules`
  const text = { STARTS_WITH: 'starts with', ENDS_WITH: 'ends with', CONTAINS: 'contains', EQUALS: 'equals' }
  return html`<section class="card"><h3>Rules</h3><ul class="rules">${app.rules.map(
    (
      rule,
    ) => html`<li><div><strong>${rule.name}</strong><small>Name ${text[rule.operator]} “${rule.value}” · ${app.pushes.filter((push) => push.ruleId === rule.id).length} groups · ${rule.active ? 'Active' : 'Inactive'}</small></div>
<div class="actions">${button(`${base}/${rule.id}/${rule.active ? 'deactivate' : 'activate'}`, rule.active ? 'Deactivate' : 'Activate', { kind: 'plain small', name: `${rule.active ? 'Deactivate' : 'Activate'} ${rule.name}` })}${button(`${base}/${rule.id}/delete`, 'Delete rule and groups', { kind: 'danger small', name: `Delete rule and groups: ${rule.name}` })}${button(`${base}/${rule.id}/delete-and-leave`, 'Delete rule, leave groups', { kind: 'plain small', name: `Delete rule, leave groups: ${rule.name}` })}</div></li>`,
  )}</ul></section>`
}
