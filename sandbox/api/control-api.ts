import { type Context, Hono } from 'hono'
import { addApp, editApp, noFaults, retryTasks } from '../org/apps.ts'
import { assign, forceSync, provisionUsers, unassign } from '../org/assignments.ts'
import { addGroup, changeGroupMembers, deleteGroup, renameGroup } from '../org/groups.ts'
import { emptyOrg, getApp, getGroup, OrgError } from '../org/org.ts'
import {
  activatePerson,
  addPerson,
  deactivatePerson,
  editPerson,
  resetPassword,
  suspendPerson,
  unsuspendPerson,
} from '../org/people.ts'
import { activatePush, addPush, deactivatePush, pushNow, pushStatus, unlinkPush } from '../org/push-groups.ts'
import { enqueue } from '../org/queue.ts'
import type { App, Faults, Integration, Profile, ToApp } from '../org/state.ts'
import type { Sandbox } from '../pages/context.ts'
import { callbackUrl, saveIntegration, saveToApp } from '../provisioning/api-integration.ts'
import { seedSmall } from '../seed.ts'

const IDLE_MILLISECONDS = 30_000

/** For tests and demos only: the same verbs as the pages, as JSON. Documented in README.md. */
export function controlApi(sandbox: Sandbox): Hono {
  const { org, runner, pace } = sandbox
  const api = new Hono()
  const read = async <T>(c: Context): Promise<T> => {
    if (!c.req.header('content-type')?.includes('application/json'))
      throw new OrgError('Send application/json.')
    try {
      return (await c.req.json()) as T
    } catch {
      throw new OrgError('The body is not JSON.')
    }
  }

  api.get('/state', (c) =>
    c.json({
      ...org.state,
      log: undefined,
      apps: org.state.apps.map((app) => publicApp(app, sandbox.origin)),
    }),
  )
  api.get('/log', (c) => {
    const { since = '0', kind } = c.req.query()
    return c.json(
      org.state.log.filter(
        (entry) =>
          entry.id > Number(since) && (kind === undefined || (entry.http !== null) === (kind === 'http')),
      ),
    )
  })
  api.post('/wait-idle', async (c) => {
    const milliseconds = Number(c.req.query('milliseconds') ?? IDLE_MILLISECONDS)
    return (await runner.idle(milliseconds)) ? c.json({ idle: true }) : c.json({ idle: false }, 504)
  })
  api.post('/reset', async (c) => {
    const { seed } = await read<{ seed?: string }>(c)
    for (const app of org.state.apps) app.jobs = []
    await runner.idle(IDLE_MILLISECONDS)
    Object.assign(org.state, emptyOrg(org.now()))
    if (seed === 'small') seedSmall(org.state)
    org.changed()
    return c.json({ people: org.state.people.length, groups: org.state.groups.length })
  })

  api.post('/people', async (c) => {
    const body = await read<
      (Partial<Profile> & { login: string }) | (Partial<Profile> & { login: string })[]
    >(c)
    const people = [body].flat().map((input) => addPerson(org, input))
    return c.json(Array.isArray(body) ? people : people[0], 201)
  })
  api.patch('/people/:id', async (c) => {
    editPerson(org, c.req.param('id'), await read<Partial<Profile>>(c))
    return c.json({})
  })
  api.post('/people/:id/:verb{activate|deactivate|suspend|unsuspend|password}', (c) => {
    const verbs = {
      activate: activatePerson,
      deactivate: deactivatePerson,
      suspend: suspendPerson,
      unsuspend: unsuspendPerson,
      password: resetPassword,
    }
    verbs[c.req.param('verb') as keyof typeof verbs](org, c.req.param('id'))
    return c.json({})
  })

  api.post('/groups', async (c) => {
    const body = await read<{ name: string; description?: string; members?: string[] }>(c)
    const group = addGroup(org, body)
    if (body.members !== undefined) changeGroupMembers(org, group.id, { add: body.members })
    return c.json(group, 201)
  })
  api.patch('/groups/:id', async (c) => {
    const id = c.req.param('id')
    const body = await read<{ name?: string; description?: string; add?: string[]; remove?: string[] }>(c)
    if (body.name !== undefined || body.description !== undefined) {
      const { description } = body
      renameGroup(org, id, {
        name: body.name ?? getGroup(org, id).name,
        ...(description === undefined ? {} : { description }),
      })
    }
    changeGroupMembers(org, id, body)
    return c.json(getGroup(org, id))
  })
  api.delete('/groups/:id', (c) => {
    deleteGroup(org, c.req.param('id'))
    return c.json({})
  })

  api.post('/apps', async (c) => {
    const { label = 'Muster', name = 'muster', dialect = 'oin' } = await read<Partial<App>>(c)
    return c.json(publicApp(addApp(org, { label, name, dialect }), sandbox.origin), 201)
  })
  api.patch('/apps/:id', async (c) => {
    const app = getApp(org, c.req.param('id'))
    const { label, name, dialect, chunkSize, concurrentChunks, renameAppGroups } = await read<Partial<App>>(c)
    editApp(org, app.id, {
      label: label ?? app.label,
      name: name ?? app.name,
      dialect: dialect ?? app.dialect,
    })
    app.chunkSize = chunkSize ?? app.chunkSize
    app.concurrentChunks = concurrentChunks ?? app.concurrentChunks
    app.renameAppGroups = renameAppGroups ?? app.renameAppGroups
    org.changed()
    return c.json(publicApp(app, sandbox.origin))
  })
  api.put('/apps/:id/integration', async (c) => {
    const app = getApp(org, c.req.param('id'))
    const { enabled = true, ...integration } = await read<Partial<Integration> & { enabled?: boolean }>(c)
    await saveIntegration(org, app.id, enabled, { ...app.integration, ...integration }, pace)
    return c.json(publicApp(app, sandbox.origin))
  })
  api.put('/apps/:id/to-app', async (c) => {
    const app = getApp(org, c.req.param('id'))
    await saveToApp(org, app.id, { ...app.toApp, ...(await read<Partial<ToApp>>(c)) }, pace)
    return c.json(publicApp(app, sandbox.origin))
  })
  api.post('/apps/:id/:verb{assign|unassign}', async (c) => {
    const what = await read<{ people?: string[]; groups?: string[] }>(c)
    if (c.req.param('verb') === 'assign') assign(org, c.req.param('id'), what)
    else unassign(org, c.req.param('id'), what)
    return c.json({})
  })
  api.post('/apps/:id/provision', async (c) => {
    provisionUsers(org, c.req.param('id'), (await read<{ people: string[] }>(c)).people)
    return c.json({})
  })
  api.post('/apps/:id/force-sync', (c) => c.json({ users: forceSync(org, c.req.param('id')) }))
  api.post('/apps/:id/import', (c) => {
    enqueue(org, getApp(org, c.req.param('id')), { kind: 'import' })
    return c.json({}, 202)
  })
  api.post('/apps/:id/retry-tasks', (c) => {
    const app = getApp(org, c.req.param('id'))
    const ids = app.tasks.map((task) => task.id)
    retryTasks(org, app.id, ids)
    return c.json({ tasks: ids.length })
  })
  api.put('/apps/:id/faults', async (c) => {
    const app = getApp(org, c.req.param('id'))
    app.faults = { ...noFaults(), ...(await read<Partial<Faults>>(c)) }
    org.changed()
    return c.json(app.faults)
  })
  api.post('/apps/:id/push-groups', async (c) => {
    const {
      groupId,
      pushMemberships = true,
      linkTo,
    } = await read<{
      groupId: string
      pushMemberships?: boolean
      linkTo?: string
    }>(c)
    const input = { groupId, pushMemberships, ...(linkTo === undefined ? {} : { linkTo }) }
    return c.json(addPush(org, c.req.param('id'), input), 201)
  })
  api.post('/apps/:id/push-groups/:pushId/:verb{push-now|activate|deactivate|unlink}', (c) => {
    const { id, pushId, verb } = c.req.param()
    if (verb === 'push-now') pushNow(org, id, pushId)
    else if (verb === 'activate') activatePush(org, id, pushId)
    else if (verb === 'deactivate') deactivatePush(org, id, pushId)
    else unlinkPush(org, id, pushId, c.req.query('target') !== 'leave')
    return c.json({})
  })
  return api
}

/** An app without its secrets, with what the pages would show. */
function publicApp(app: App, origin: string) {
  const { clientSecret, headerToken, basicPassword, ...integration } = app.integration
  return {
    ...app,
    integration,
    tokens: undefined,
    pendingAuthorization: undefined,
    authenticated: app.tokens !== null,
    redirectUri: callbackUrl(origin, app),
    pushes: app.pushes.map((push) => ({ ...push, pushStatus: pushStatus(app, push) })),
  }
}
