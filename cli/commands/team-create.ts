import { inPrismaTransaction } from '#lib/db/prisma-transaction'
import { createTeam } from '#lib/directory/teams/create-team'
import { env } from '#lib/platform/env'
import { command } from '../command.ts'
import { OPERATOR } from '../find-team.ts'

export const teamCreate = command({
  summary: 'Makes a team, with its built-in roles and groups',
  options: {
    name: { type: 'string', value: 'NAME', help: 'as people read it, 1 to 60 characters', required: true },
    slug: { type: 'string', value: 'SLUG', help: 'its part of the address; without it, made from the name' },
  },
  notes:
    'On a fresh installation this makes the first team without a browser; "member create" then makes its owner.',
  async run({ name, slug }) {
    const team = await inPrismaTransaction((tx) => createTeam(tx, { name, slug, actor: OPERATOR }))
    const url = `${env().PUBLIC_URL}/${team.slug}`
    return {
      json: { teamId: team.id, slug: team.slug, name: team.name, url },
      text: `Made the team ${team.name}: ${url}`,
    }
  },
})
