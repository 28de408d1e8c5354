import { createClient } from '#lib/connections/create-client'
import { command } from '../command.ts'
import { findTeam, OPERATOR } from '../find-team.ts'

export const clientCreate = command({
  summary: 'Registers an OAuth client, Okta say, that may ask for access',
  options: {
    name: { type: 'string', value: 'NAME', help: 'what the approve screen calls it', required: true },
    'redirect-uri': {
      type: 'string',
      value: 'URI',
      help: 'where it may be sent back to; repeat it for each',
      required: true,
      multiple: true,
    },
    team: { type: 'string', value: 'SLUG', help: 'the only team it may connect; without it, any' },
  },
  notes: 'The secret is shown once; Muster keeps only its hash.',
  async run({ name, 'redirect-uri': redirectUris, team }) {
    const ownerTeamId = team === undefined ? undefined : (await findTeam(team)).id
    const { clientId, clientSecret } = await createClient({
      name,
      redirectUris,
      ownerTeamId,
      registeredBy: 'operator',
      actor: OPERATOR,
    })
    return {
      json: { clientId, clientSecret },
      text: `Client id       ${clientId}\nClient secret   ${clientSecret}\n\nThe secret is not shown again.`,
    }
  },
})
