import { findClient } from '#lib/connections/find-client'
import { rotateClientSecret } from '#lib/connections/rotate-client-secret'
import { DomainError } from '#lib/platform/domain-error'
import { command, UsageError } from '../command.ts'
import { OPERATOR } from '../find-team.ts'

const HOUR_MS = 3_600_000

export const clientRotateSecret = command({
  summary: 'Makes a new secret for an OAuth client; the one before it goes on for a while',
  options: {
    'client-id': { type: 'string', value: 'ID', help: 'which client', required: true },
    'old-ends-in-hours': {
      type: 'string',
      value: 'HOURS',
      help: 'when the secret before it ends; 0 for now, as for one that leaked; without it, 48',
    },
  },
  notes: 'Connections and their tokens go on: nobody has to approve again. The secret is shown once.',
  async run({ 'client-id': clientId, 'old-ends-in-hours': hours }) {
    const now = Date.now()
    const othersEndAt = hours === undefined ? undefined : new Date(now + wholeHours(hours) * HOUR_MS)
    const client = await findClient(clientId)
    if (!client) throw new DomainError('not_found', `There is no client ${clientId}.`)
    const rotated = await rotateClientSecret({
      teamId: client.ownerTeamId,
      clientRowId: client.id,
      othersEndAt,
      actor: OPERATOR,
      now,
    })
    const ends = rotated.othersEndAt.toISOString()
    return {
      json: { clientId, clientSecret: rotated.secret, oldEndsAt: ends },
      text: `Client secret   ${rotated.secret}\n\nIt is not shown again. The one before it ends ${ends}.`,
    }
  },
})

function wholeHours(text: string): number {
  if (!/^\d{1,4}$/.test(text))
    throw new UsageError('--old-ends-in-hours is a whole number of hours, 0 to 2160.')
  return Number(text)
}
