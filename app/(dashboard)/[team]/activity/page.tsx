import { Activity } from 'lucide-react'
import { ActivityTable } from '#components/activity/activity-table'
import { FilterBar } from '#components/filter/filter-bar'
import { Page } from '#components/frame/page'
import { EmptyState } from '#components/ui/empty-state'
import { LinkButton } from '#components/ui/link-button'
import { ListCard } from '#components/ui/list-card'
import { Pagination } from '#components/ui/pagination'
import { searchHref } from '#components/ui/search-href'
import { listActivity } from '#lib/activity/list-activity'
import { requireTeam } from '#lib/auth/require-member'
import { connectionSummaries } from '#lib/connections/connection-summaries'
import { env } from '#lib/platform/env'
import { isUuid } from '#lib/platform/ids'
import { shownActivity } from '../activity-rows.ts'
import { oneOf, readSearch, type SearchParams } from '../read-search.ts'

export const metadata = { title: 'Activity' }

const HOURS = { '1h': 1, '24h': 24, '7d': 168, '30d': 720 } as const

export default async function ActivityPage({
  params,
  searchParams,
}: {
  params: Promise<{ team: string }>
  searchParams: SearchParams
}) {
  const { team: slug } = await params
  const { team } = await requireTeam(slug, 'reviewer')
  const state = await readSearch(searchParams, [
    'q',
    'kind',
    'connection',
    'type',
    'outcome',
    'method',
    'range',
    'after',
    'before',
  ])
  const path = `/${slug}/activity`
  const range = oneOf(state.range, Object.keys(HOURS) as (keyof typeof HOURS)[])
  const badId = state.q !== undefined && !isUuid(state.q.trim())
  const [connections, page] = await Promise.all([
    connectionSummaries(team.id),
    badId
      ? { rows: [], after: undefined, before: undefined, lookedBackTo: undefined }
      : listActivity(team.id, {
          kind: oneOf(state.kind, ['exchanges', 'changes']),
          connectionId: state.connection && isUuid(state.connection) ? state.connection : undefined,
          resourceType: oneOf(state.type, ['User', 'Group', 'Role']),
          outcome: oneOf(state.outcome, ['ok', 'errors']),
          method: oneOf(state.method, ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']),
          since: range && Date.now() - HOURS[range] * 3_600_000,
          resourceId: state.q?.trim(),
          after: state.after,
          before: state.before,
        }),
  ])
  const options = (any: string, values: [string, string][]) => [
    { value: '', label: any },
    ...values.map(([value, label]) => ({ value, label })),
  ]
  const further = page.after && searchHref(path, state, { after: page.after, before: undefined })
  const kept = `Kept for ${env().ACTIVITY_RETENTION_DAYS} days`
  return (
    <Page
      crumbs={[{ label: 'Activity' }]}
      title="Activity"
      description={`Every request of Okta with its answer, and what people did here. ${kept}.`}
    >
      <FilterBar
        path={path}
        state={state}
        label="Search by id"
        placeholder="Id of a user, group or connection"
        summary={kept}
        choices={[
          {
            name: 'kind',
            label: 'Kind',
            options: options('Requests and changes', [
              ['exchanges', 'Requests'],
              ['changes', 'Changes by people'],
            ]),
          },
          {
            name: 'outcome',
            label: 'Outcome',
            options: options('Any outcome', [
              ['ok', 'Succeeded'],
              ['errors', 'Refused or failed'],
            ]),
          },
          {
            name: 'type',
            label: 'Resource',
            options: options('Any resource', [
              ['User', 'Users'],
              ['Group', 'Groups'],
              ['Role', 'Roles'],
            ]),
          },
          {
            name: 'method',
            label: 'Method',
            options: options(
              'Any method',
              ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].map((method) => [method, method]),
            ),
          },
          {
            name: 'connection',
            label: 'Connection',
            options: options(
              'Any connection',
              connections.map((each) => [each.id, each.name]),
            ),
          },
          {
            name: 'range',
            label: 'Time',
            options: options('Any time', [
              ['1h', 'Last hour'],
              ['24h', 'Last day'],
              ['7d', 'Last 7 days'],
              ['30d', 'Last 30 days'],
            ]),
          },
        ]}
      />
      <ListCard>
        {page.rows.length === 0 ? (
          <EmptyState
            icon={<Activity />}
            title={
              badId ? 'This is not an id' : page.lookedBackTo ? 'Nothing matches so far' : 'Nothing matches'
            }
            action={
              page.lookedBackTo ? (
                <LinkButton href={further ?? path}>Look further back</LinkButton>
              ) : (
                <LinkButton href={path}>Clear filters</LinkButton>
              )
            }
          >
            {badId
              ? 'Paste the whole id of a user, group or connection.'
              : page.lookedBackTo
                ? `The newest requests were looked through, back to ${shownTime(page.lookedBackTo)}.`
                : 'Requests show here the moment they are answered.'}
          </EmptyState>
        ) : (
          <ActivityTable rows={shownActivity(slug, page.rows)} />
        )}
        <Pagination
          summary={page.lookedBackTo ? `Looked back to ${shownTime(page.lookedBackTo)}` : 'Newest first'}
          previousHref={page.before && searchHref(path, state, { before: page.before, after: undefined })}
          nextHref={further}
        />
      </ListCard>
    </Page>
  )
}

function shownTime(at: string): string {
  return `${at.slice(0, 10)} ${at.slice(11, 16)} UTC`
}
