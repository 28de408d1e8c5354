import { extensionSummaries } from '#lib/directory/extensions/manage-extensions'
import { command } from '../command.ts'
import { findTeam, TEAM } from '../find-team.ts'

export const schemaList = command({
  summary: 'Lists the extension schemas of a team, with their attributes',
  options: { team: TEAM },
  async run({ team }) {
    const schemas = await extensionSummaries((await findTeam(team)).id)
    const lines = schemas.map(({ urn, attributes }) => `${urn}\n  ${attributes.join(', ')}`)
    return {
      json: schemas,
      text: lines.length > 0 ? lines.join('\n') : 'The team has no extension schemas of its own.',
    }
  },
})
