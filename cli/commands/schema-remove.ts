import { removeExtension } from '#lib/directory/extensions/manage-extensions'
import { command } from '../command.ts'
import { findTeam, OPERATOR, TEAM } from '../find-team.ts'

export const schemaRemove = command({
  summary: 'Removes an extension schema from a team',
  options: {
    team: TEAM,
    urn: { type: 'string', value: 'URN', help: 'as schema list shows it', required: true },
  },
  notes:
    'What users have stored under it is kept, unseen, and is there again when the schema is registered again.',
  async run({ team, urn }) {
    const { id: teamId } = await findTeam(team)
    await removeExtension(teamId, urn, OPERATOR)
    return { json: { removed: urn }, text: `Removed ${urn}.` }
  },
})
