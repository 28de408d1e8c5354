import { readFile } from 'node:fs/promises'
import { registerExtension } from '#lib/directory/extensions/manage-extensions'
import { command, UsageError } from '../command.ts'
import { findTeam, OPERATOR, TEAM } from '../find-team.ts'
import { readStandardInput } from '../standard-input.ts'

export const schemaAdd = command({
  summary: 'Registers an extension schema of the SCIM User for a team, or replaces the one with its URN',
  options: {
    team: TEAM,
    file: {
      type: 'string',
      value: 'FILE',
      help: 'the schema as JSON, in the form of RFC 7643 §7; - reads standard input',
      required: true,
    },
  },
  notes: `The least that a schema needs:
  {"id": "urn:example:scim:schemas:extension:hr:1.0:User", "attributes": [{"name": "badge"}]}`,
  async run({ team, file }) {
    const { id: teamId } = await findTeam(team)
    const { urn } = await registerExtension(teamId, await read(file), OPERATOR)
    return { json: { urn }, text: `Registered ${urn}.` }
  },
})

async function read(file: string): Promise<string> {
  if (file === '-') return readStandardInput()
  try {
    return await readFile(file, 'utf8')
  } catch (cause) {
    throw new UsageError(`--file cannot be read: ${(cause as Error).message}.`)
  }
}
