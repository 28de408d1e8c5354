import { Hono } from 'hono'
import { addGroup, changeGroupMembers, deleteGroup, renameGroup } from '../org/groups.ts'
import { getGroup } from '../org/org.ts'
import type { Sandbox } from '../pages/context.ts'
import { readJson } from './read-json.ts'

/** The control API's `/groups`: those of the org. */
export function controlGroups({ org }: Sandbox): Hono {
  const api = new Hono()
  api.post('/', async (c) => {
    const body = await readJson<{ name: string; description?: string; members?: string[] }>(c)
    const group = addGroup(org, body)
    if (body.members !== undefined) changeGroupMembers(org, group.id, { add: body.members })
    return c.json(group, 201)
  })
  api.patch('/:id', async (c) => {
    const id = c.req.param('id')
    const body = await readJson<{ name?: string; description?: string; add?: string[]; remove?: string[] }>(c)
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
  api.delete('/:id', (c) => {
    deleteGroup(org, c.req.param('id'))
    return c.json({})
  })
  return api
}
