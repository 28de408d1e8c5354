import { listActivity } from '#lib/activity/list-activity'
import { teamOfRequest } from '#lib/auth/team-of-request'
import { connectionSummaries } from '#lib/connections/connection-summaries'
import { filterOfQuery } from './activity-search.ts'

const MOST = 99

/**
 * GET …/activity/newer: how many entries that fit the page's filters came after the one named by `before`, as
 * `{count, more}`; counted up to 99, `more` says that there are others. 404 for who may not read the team.
 */
export async function newerActivity(request: Request, slug: string): Promise<Response> {
  const team = await teamOfRequest(request, slug, 'reviewer')
  if (!team) return new Response(null, { status: 404 })
  const { searchParams } = new URL(request.url)
  const filter = await filterOfQuery(team.id, searchParams, await connectionSummaries(team.id), Date.now())
  const page = filter && (await listActivity(team.id, filter, MOST))
  return Response.json(
    { count: page?.rows.length ?? 0, more: page?.before !== undefined },
    { headers: { 'cache-control': 'no-store' } },
  )
}
