import { Hono } from 'hono'
import { addApp, editApp, noFaults } from '../org/apps.ts'
import { getApp } from '../org/org.ts'
import type { App, Faults, Integration, ToApp } from '../org/state.ts'
import type { Sandbox } from '../pages/context.ts'
import { saveIntegration, saveToApp } from '../provisioning/api-integration.ts'
import { publicApp } from './public-app.ts'
import { readJson } from './read-json.ts'

/** The control API's `/apps`: what an app is set to. */
export function controlApps({ org, pace, origin }: Sandbox): Hono {
  const api = new Hono()
  api.post('/', async (c) => {
    const { label = 'Muster', name = 'muster', dialect = 'oin' } = await readJson<Partial<App>>(c)
    return c.json(publicApp(addApp(org, { label, name, dialect }), origin), 201)
  })
  api.patch('/:id', async (c) => {
    const app = getApp(org, c.req.param('id'))
    const { label, name, dialect, chunkSize, concurrentChunks, renameAppGroups } =
      await readJson<Partial<App>>(c)
    editApp(org, app.id, {
      label: label ?? app.label,
      name: name ?? app.name,
      dialect: dialect ?? app.dialect,
    })
    app.chunkSize = chunkSize ?? app.chunkSize
    app.concurrentChunks = concurrentChunks ?? app.concurrentChunks
    app.renameAppGroups = renameAppGroups ?? app.renameAppGroups
    org.changed()
    return c.json(publicApp(app, origin))
  })
  api.put('/:id/integration', async (c) => {
    const app = getApp(org, c.req.param('id'))
    const { enabled = true, ...integration } = await readJson<Partial<Integration> & { enabled?: boolean }>(c)
    await saveIntegration(org, app.id, enabled, { ...app.integration, ...integration }, pace)
    return c.json(publicApp(app, origin))
  })
  api.put('/:id/to-app', async (c) => {
    const app = getApp(org, c.req.param('id'))
    await saveToApp(org, app.id, { ...app.toApp, ...(await readJson<Partial<ToApp>>(c)) }, pace)
    return c.json(publicApp(app, origin))
  })
  api.put('/:id/faults', async (c) => {
    const app = getApp(org, c.req.param('id'))
    app.faults = { ...noFaults(), ...(await readJson<Partial<Faults>>(c)) }
    org.changed()
    return c.json(app.faults)
  })
  return api
}
