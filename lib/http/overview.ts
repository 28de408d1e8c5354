import { dayCounts, errorsOfLastDay } from '#lib/activity/activity-counts'
import { errorCauses } from '#lib/activity/error-causes'
import { latestChanges } from '#lib/activity/latest-changes'
import { connectionSummaries } from '#lib/connections/connection-summaries'
import { tokensRunningOut } from '#lib/connections/tokens-running-out'
import { FreshReads } from '#lib/db/fresh-reads'
import { directoryCounts } from '#lib/directory/pages/directory-counts'
import { groupsInNeed } from '#lib/directory/pages/groups-in-need'
import { managedCounts } from '#lib/directory/pages/managed-counts'
import { singleton } from '#lib/platform/singleton'

const CAUSES = 20
const CHANGES = 10
const DAYS = 30

export type Overview = Awaited<ReturnType<typeof readOverview>>

/**
 * What has arrived in a team, what has not, and why. During a push every open tab asks for it at the same moments: those
 * that ask together are answered from one reading, which begins after the last of them asked.
 */
export async function overviewOf(teamId: string): Promise<Overview> {
  const reads = singleton(
    'overview-reads',
    () => new FreshReads<Overview>(async (team) => new Map([['all', await readOverview(team)]])),
  )
  return (await reads.read(teamId, 'all')) as Overview
}

async function readOverview(teamId: string) {
  const now = Date.now()
  const [counts, connections, errors, days, changes, groups, causes, managed, tokens] = await Promise.all([
    directoryCounts(teamId),
    connectionSummaries(teamId),
    errorsOfLastDay(teamId, now),
    dayCounts(teamId, now, DAYS),
    latestChanges(teamId, CHANGES),
    groupsInNeed(teamId, now),
    errorCauses(teamId, now, CAUSES),
    managedCounts(teamId),
    tokensRunningOut({ teamId, now }),
  ])
  return { counts, connections, errors, days, changes, groups, causes, managed, tokens, now }
}
