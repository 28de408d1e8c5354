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
  retryAllPushes,
  setRuleActive,
  unlinkPush,
} from '../org/push-groups.ts'
import { enqueue } from '../org/queue.ts'
import type { App, PushRule } from '../org/state.ts'
import { appPage } from './app-frame.ts'
import { appUrl } from './apps.ts'
import { readForm, type Sandbox } from './context.ts'
import { act } from './flash.ts'
import { button, counted, paged } from './layout.ts'
import { pushByName, pushByRule, unlinkForm } from './push-group-forms.ts'
import { bulkForm, pushTable, ruleList } from './push-group-table.ts'

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
    const bulk = c.req.query('bulk') !== undefined
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
${button(`${base}/refresh`, 'Refresh App Groups')}${rows.length === 0 ? '' : html`<a class="button plain" href="${base}?show=${show}&amp;bulk=1">Bulk Edit</a>`}
<details class="menu gear"><summary class="button plain" aria-label="Group Push Settings">⚙</summary><form method="post" action="${base}/settings" class="panel"><h3>Group Push Settings</h3><label class="check"><input type="checkbox" name="rename" value="on" ${app.renameAppGroups ? 'checked' : ''}><span>Rename app groups to match group name in Okta</span></label><button class="plain">Save</button></form></details></div></div>
<div data-live id="push-errors">${errors.length === 0 ? '' : html`<div class="callout error"><p><strong>${errors.length}</strong> ${errors.length === 1 ? 'group has' : 'groups have'} push errors. <a href="${base}?show=errors">Errors</a></p>${button(`${base}/retry-all`, 'Retry All Groups')}</div>`}</div>
<div class="split"><nav aria-label="Filters"><h3 class="nav-heading">Pushed Groups</h3><ul class="sub">${filter('all', 'All')}${filter('name', 'By name')}${filter('rule', 'By rule')}${filter('errors', 'Errors')}</ul></nav><div>
${show === 'all' || show === 'rule' ? ruleList(app) : ''}${bulk ? bulkForm(app) : ''}
${rows.length === 0 ? html`<p class="empty">${show === 'errors' ? 'No push has failed.' : 'No group is pushed.'}</p>` : pushTable(app, rows, names, bulk)}${rows.length === 0 ? '' : links}</div></div>`
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
      return verb.startsWith('delete') ? 'The rule was deleted.' : 'The rule was changed.'
    })
  })

  pages.post('/push-groups/:verb{retry-all|refresh|settings|bulk}', async (c) => {
    const app = c.get('app')
    const form = await readForm(c)
    return act(c, appUrl(app, 'push-groups'), () => {
      switch (c.req.param('verb')) {
        case 'retry-all':
          return `Retrying ${counted(retryAllPushes(org, app.id), 'group')}.`
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
            else if (form.text('do') === 'delete')
              unlinkPush(org, app.id, id, form.text('target') !== 'leave')
          }
          return `${counted(chosen.length, 'group')} changed.`
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
