import { type Context, Hono } from 'hono'
import { assign, unassign } from '../org/assignments.ts'
import { newId } from '../org/ids.ts'
import { getApp, getPerson, type Org, OrgError } from '../org/org.ts'
import { activatePerson, addPerson, deactivatePerson, editPerson } from '../org/people.ts'
import type { App, Person } from '../org/state.ts'

type OktaProfile = {
  login?: string
  email?: string
  firstName?: string
  lastName?: string
  title?: string
  department?: string
}

/**
 * As much of Okta's own API (https://developer.okta.com/docs/api/) as its SCIM test suites use: people, their assignment
 * to an app, and a grant. Paths, answers and errors as Okta's; any API token (`SSWS …`) is taken.
 */
export function oktaApi({ org }: { org: Org }): Hono {
  const api = new Hono()

  api.use('/api/v1/*', apiToken)
  api.use('/governance/api/v1/*', apiToken)
  api.get('/api/v1/apps/:appId', (c) => c.json(appAnswer(getApp(org, c.req.param('appId')))))

  api.post('/api/v1/users', async (c) => {
    const { profile } = await read<{ profile?: OktaProfile }>(c)
    const person = addPerson(org, { ...profile, login: profile?.login ?? '' })
    return c.json(personAnswer(person))
  })
  api.get('/api/v1/users/:id', (c) => c.json(personAnswer(getPerson(org, c.req.param('id')))))
  // POST changes what it names, PUT leaves nothing of the old profile but that.
  api.on(['POST', 'PUT'], '/api/v1/users/:id', async (c) => {
    const { profile = {} } = await read<{ profile?: OktaProfile }>(c)
    const rest = c.req.method === 'PUT' ? { title: '', department: '', displayName: '' } : {}
    editPerson(org, c.req.param('id'), { ...rest, ...profile })
    return c.json(personAnswer(getPerson(org, c.req.param('id'))))
  })
  api.post('/api/v1/users/:id/lifecycle/:verb{activate|deactivate}', (c) => {
    if (c.req.param('verb') === 'activate') activatePerson(org, c.req.param('id'))
    else deactivatePerson(org, c.req.param('id'))
    return c.json({})
  })

  api.post('/api/v1/apps/:appId/users', async (c) => {
    const { id = '' } = await read<{ id?: string }>(c)
    const app = getApp(org, c.req.param('appId'))
    assign(org, app.id, { people: [getPerson(org, id).id] })
    const { status, scope, syncState } = app.appUsers[id] ?? {}
    return c.json({ id, status, scope, syncState })
  })
  api.delete('/api/v1/apps/:appId/users/:id', (c) => {
    unassign(org, c.req.param('appId'), { people: [getPerson(org, c.req.param('id')).id] })
    return c.body(null, 204)
  })

  api.post('/governance/api/v1/grants', async (c) => {
    type Grant = {
      grantType?: string
      targetPrincipal?: { externalId?: string }
      target?: { externalId?: string }
    }
    const { grantType, targetPrincipal, target } = await read<Grant>(c)
    const person = getPerson(org, targetPrincipal?.externalId ?? '')
    const app = getApp(org, target?.externalId ?? '')
    if (!app.appUsers[person.id]?.assigned) throw new OrgError('The user is not assigned to the application.')
    return c.json({ id: newId('gra'), grantType, targetPrincipal, target, status: 'ACTIVE' })
  })

  api.onError((error, c) => {
    if (!(error instanceof OrgError)) {
      console.error(error)
      return c.json({ errorCode: 'E0000009', errorSummary: 'Internal Server Error', errorCauses: [] }, 500)
    }
    const errorCode = error.status === 404 ? 'E0000007' : 'E0000001'
    return c.json({ errorCode, errorSummary: error.message, errorCauses: [] }, error.status)
  })
  return api
}

async function apiToken(c: Context, next: () => Promise<void>) {
  if (c.req.header('authorization')?.startsWith('SSWS ')) return next()
  return c.json({ errorCode: 'E0000011', errorSummary: 'Invalid token provided', errorCauses: [] }, 401)
}

async function read<T>(c: Context): Promise<T> {
  try {
    return (await c.req.json()) as T
  } catch {
    throw new OrgError('The request body was not well-formed.')
  }
}

function personAnswer({ id, status, created, profile }: Person) {
  return { id, status, created, profile }
}

function appAnswer({ id, name, label, enabled, toApp, created }: App) {
  const features = [
    ...(enabled && toApp.createUsers ? ['PUSH_NEW_USERS'] : []),
    ...(enabled && toApp.updateUserAttributes ? ['PUSH_PROFILE_UPDATES'] : []),
    ...(enabled && toApp.deactivateUsers ? ['PUSH_USER_DEACTIVATION'] : []),
  ]
  return { id, name, label, status: 'ACTIVE', created, features }
}
