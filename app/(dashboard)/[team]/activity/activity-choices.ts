import type { FilterChoice } from '#components/filter/filter-bar'
import type { ConnectionSummary } from '#lib/connections/connection-summaries'
import { METHODS } from '#lib/http/activity/activity-search'

type Named = { id: string; name: string }

const choice = (
  name: string,
  label: string,
  any: string,
  values: readonly (readonly [string, string])[],
) => ({
  name,
  label,
  options: [{ value: '', label: any }, ...values.map(([value, words]) => ({ value, label: words }))],
})

/** The filters of the activity log that are always in sight. */
export const COMMON_CHOICES: readonly FilterChoice[] = [
  choice('kind', 'Kind', 'Requests and changes', [
    ['exchanges', 'Requests'],
    ['changes', 'Changes by people'],
  ]),
  choice('outcome', 'Outcome', 'Any outcome', [
    ['ok', 'Succeeded'],
    ['errors', 'Refused or failed'],
  ]),
  choice('range', 'Time', 'Any time', [
    ['1h', 'Last hour'],
    ['24h', 'Last 24 hours'],
    ['7d', 'Last 7 days'],
    ['30d', 'Last 30 days'],
  ]),
]

/** Those behind “More filters”. */
export function furtherChoices(
  connections: readonly ConnectionSummary[],
  members: readonly Named[],
): FilterChoice[] {
  const serviceUsers = new Map(connections.map((each) => [each.serviceUserId, each.serviceUserName]))
  return [
    choice('actor', 'Actor', 'Anybody', [
      ...serviceUsers,
      ...members.map(({ id, name }) => [id, name] as const),
    ]),
    choice(
      'connection',
      'Connection',
      'Any connection',
      connections.map((each) => [each.id, each.name]),
    ),
    choice('type', 'Resource', 'Any resource', [
      ['User', 'Users'],
      ['Group', 'Groups'],
      ['Role', 'Roles'],
    ]),
    choice('status', 'Status', 'Any status', [
      ['2', '2xx: done'],
      ['4', '4xx: refused'],
      ['5', '5xx: failed'],
    ]),
    choice(
      'method',
      'Method',
      'Any method',
      METHODS.map((method) => [method, method]),
    ),
  ]
}
