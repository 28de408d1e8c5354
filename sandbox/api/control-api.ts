import { Hono } from 'hono'
import { emptyOrg } from '../org/org.ts'
import type { Sandbox } from '../pages/context.ts'
import { seedSmall } from '../seed.ts'
import { controlApps } from './control-apps.ts'
import { controlGroups } from './control-groups.ts'
import { controlPeople } from './control-people.ts'
import { controlProvisioning } from './control-provisioning.ts'
import { publicApp } from './public-app.ts'
import { readJson } from './read-json.ts'

const IDLE_MILLISECONDS = 30_000

/** For tests and demos only: the same verbs as the pages, as JSON. Documented in README.md. */
export function controlApi(sandbox: Sandbox): Hono {
  const { org, runner } = sandbox
  const api = new Hono()
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
    const { seed } = await readJson<{ seed?: string }>(c)
    for (const app of org.state.apps) app.jobs = []
    await runner.idle(IDLE_MILLISECONDS)
    Object.assign(org.state, emptyOrg(org.now()))
    if (seed === 'small') seedSmall(org.state)
    org.changed()
    return c.json({ people: org.state.people.length, groups: org.state.groups.length })
  })
  api.route('/people', controlPeople(sandbox))
  api.route('/groups', controlGroups(sandbox))
  api.route('/apps', controlApps(sandbox))
  api.route('/apps', controlProvisioning(sandbox))
  return api
}
