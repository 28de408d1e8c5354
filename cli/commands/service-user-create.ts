import { createServiceUser } from '#lib/connections/create-service-user'
import { command, UsageError } from '../command.ts'
import { findTeam, OPERATOR, TEAM } from '../find-team.ts'

const DAY_MS = 86_400_000

export const serviceUserCreate = command({
  summary: 'Makes a service user with a static bearer token, for clients without OAuth',
  options: {
    team: TEAM,
    name: { type: 'string', value: 'NAME', help: 'unique in the team: a–z, 0–9 and -', required: true },
    'expires-in-days': { type: 'string', value: 'DAYS', help: 'when its token ends; without it, never' },
  },
  notes: 'The token is shown once; Muster keeps only its hash. In Okta: HTTP Header mode.',
  async run({ team, name, 'expires-in-days': days }) {
    const expiresAt = days === undefined ? undefined : new Date(Date.now() + wholeDays(days) * DAY_MS)
    const { id: teamId } = await findTeam(team)
    const made = await createServiceUser({ teamId, name, createdBy: 'operator', expiresAt, actor: OPERATOR })
    return {
      json: { scimBaseUrl: made.scimBaseUrl, token: made.token },
      text: `SCIM base URL   ${made.scimBaseUrl}\nBearer token    ${made.token}\n\nThe token is not shown again.`,
    }
  },
})

function wholeDays(text: string): number {
  const days = Number(text)
  if (!Number.isInteger(days) || days < 1 || days > 36_500)
    throw new UsageError('--expires-in-days is a whole number of days, 1 to 36500.')
  return days
}
