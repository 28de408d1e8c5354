import { Hono } from 'hono'
import {
  activatePerson,
  addPerson,
  deactivatePerson,
  editPerson,
  resetPassword,
  suspendPerson,
  unsuspendPerson,
} from '../org/people.ts'
import type { Profile } from '../org/state.ts'
import type { Sandbox } from '../pages/context.ts'
import { readJson } from './read-json.ts'

/** The control API's `/people`. */
export function controlPeople({ org }: Sandbox): Hono {
  const api = new Hono()
  api.post('/', async (c) => {
    const body = await readJson<
      (Partial<Profile> & { login: string }) | (Partial<Profile> & { login: string })[]
    >(c)
    const people = [body].flat().map((input) => addPerson(org, input))
    return c.json(Array.isArray(body) ? people : people[0], 201)
  })
  api.patch('/:id', async (c) => {
    editPerson(org, c.req.param('id'), await readJson<Partial<Profile>>(c))
    return c.json({})
  })
  api.post('/:id/:verb{activate|deactivate|suspend|unsuspend|password}', (c) => {
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
  return api
}
