import { Hono } from 'hono'
import { retryTasks } from '../org/apps.ts'
import { assign, forceSync, provisionUsers, unassign } from '../org/assignments.ts'
import { getApp } from '../org/org.ts'
import { activatePush, addPush, deactivatePush, pushNow, unlinkPush } from '../org/push-groups.ts'
import { enqueue } from '../org/queue.ts'
import type { Sandbox } from '../pages/context.ts'
import { readJson } from './read-json.ts'

/** The control API's `/apps/{id}/…`: what an app is made to do. */
export function controlProvisioning({ org }: Sandbox): Hono {
  const api = new Hono()
  api.post('/:id/:verb{assign|unassign}', async (c) => {
    const what = await readJson<{ people?: string[]; groups?: string[] }>(c)
    if (c.req.param('verb') === 'assign') assign(org, c.req.param('id'), what)
    else unassign(org, c.req.param('id'), what)
    return c.json({})
  })
  api.post('/:id/provision', async (c) => {
    provisionUsers(org, c.req.param('id'), (await readJson<{ people: string[] }>(c)).people)
    return c.json({})
  })
  api.post('/:id/force-sync', (c) => c.json({ users: forceSync(org, c.req.param('id')) }))
  api.post('/:id/import', (c) => {
    enqueue(org, getApp(org, c.req.param('id')), { kind: 'import' })
    return c.json({}, 202)
  })
  api.post('/:id/retry-tasks', (c) => {
    const app = getApp(org, c.req.param('id'))
    const ids = app.tasks.map((task) => task.id)
    retryTasks(org, app.id, ids)
    return c.json({ tasks: ids.length })
  })
  api.post('/:id/push-groups', async (c) => {
    const {
      groupId,
      pushMemberships = true,
      linkTo,
    } = await readJson<{
      groupId: string
      pushMemberships?: boolean
      linkTo?: string
    }>(c)
    const input = { groupId, pushMemberships, ...(linkTo === undefined ? {} : { linkTo }) }
    return c.json(addPush(org, c.req.param('id'), input), 201)
  })
  api.post('/:id/push-groups/:pushId/:verb{push-now|activate|deactivate|unlink}', (c) => {
    const { id, pushId, verb } = c.req.param()
    if (verb === 'push-now') pushNow(org, id, pushId)
    else if (verb === 'activate') activatePush(org, id, pushId)
    else if (verb === 'deactivate') deactivatePush(org, id, pushId)
    else unlinkPush(org, id, pushId, c.req.query('target') !== 'leave')
    return c.json({})
  })
  return api
}
