import { Activity } from 'lucide-react'
import { ActivityTable } from '#components/activity/activity-table'
import { ExportMenu } from '#components/activity/export-menu'
import { FilterBar } from '#components/filter/filter-bar'
import { NewEventsButton } from '#components/frame/new-events-button'
import { Page } from '#components/frame/page'
import { SidePanel } from '#components/frame/side-panel'
import { EmptyState } from '#components/ui/empty-state'
import { LinkButton } from '#components/ui/link-button'
import { ListCard } from '#components/ui/list-card'
import { Pagination } from '#components/ui/pagination'
import { searchHref } from '#components/ui/search-href'
import { absoluteTime } from '#components/ui/time-words'
import { listActivity } from '#lib/activity/list-activity'
import { listMembers } from '#lib/auth/members/list-members'
import { requireTeam } from '#lib/auth/require-member'
import { connectionSummaries } from '#lib/connections/connection-summaries'
import { ACTIVITY_SEARCH, activityFilter } from '#lib/http/activity/activity-search'
import { MOST_EXPORTED } from '#lib/http/activity/export-activity'
import { env } from '#lib/platform/env'
import { shownActivity } from '../activity-rows.ts'
import { readSearch, type SearchParams } from '../read-search.ts'
import { COMMON_CHOICES, furtherChoices } from './activity-choices.ts'
import { Entry, findEntry } from './entry.tsx'

type Props = { params: Promise<{ team: string }>; searchParams: SearchParams }

export default async function ActivityPage({ params, searchParams }: Props) {
  const { team: slug } = await params
  const { team } = await requireTeam(slug, 'reviewer')
  const { entry: open, ...state } = await readSearch(searchParams, [...ACTIVITY_SEARCH, 'entry'])
  const now = Date.now()
  const [connections, { members }] = await Promise.all([
    connectionSummaries(team.id),
    listMembers(team.id, now),
  ])
  const filter = await activityFilter(team.id, state, connections, now)
  const page = filter
    ? await listActivity(team.id, filter)
    : { rows: [], after: undefined, before: undefined, lookedBackTo: undefined }
  const path = `/${slug}/activity`
  const { after: _after, before: _before, ...lasting } = state
  const filtered = Object.keys(lasting).length > 0
  const further = page.after && searchHref(path, state, { after: page.after, before: undefined })
  return (
    <Page
      crumbs={[{ label: 'Activity' }]}
      title="Activity"
      description={`Every request of Okta with its answer, and what people did here. Kept for ${env().ACTIVITY_RETENTION_DAYS} days.`}
      action={<ExportMenu path={`${path}/export`} state={lasting} most={MOST_EXPORTED} />}
    >
      <FilterBar
        path={path}
        state={state}
        keep={[]}
        label="Search activity"
        placeholder="Id, userName or group name"
        choices={COMMON_CHOICES}
        further={furtherChoices(
          connections,
          members.map(({ memberId, name }) => ({ id: memberId, name })),
        )}
        dates
        summary="Newest first"
      />
      {!state.after && (
        <NewEventsButton countHref={searchHref(`${path}/newer`, lasting, { before: page.rows[0]?.id })} />
      )}
      <ListCard>
        {page.rows.length === 0 ? (
          <NoActivity
            path={path}
            slug={slug}
            q={filter ? undefined : state.q}
            filtered={filtered}
            lookedBackTo={page.lookedBackTo}
            further={further}
          />
        ) : (
          <ActivityTable rows={shownActivity(slug, page.rows)} now={now} />
        )}
        {(page.before || page.after) && (
          <Pagination
            summary={page.lookedBackTo ? `Looked back to ${absoluteTime(page.lookedBackTo)}` : 'Newest first'}
            previousHref={page.before && searchHref(path, state, { before: page.before, after: undefined })}
            nextHref={further}
          />
        )}
      </ListCard>
      {open && <EntryPanel slug={slug} id={open} closeHref={searchHref(path, state)} />}
    </Page>
  )
}

/** What was chosen from the list, beside it. */
async function EntryPanel({ slug, id, closeHref }: { slug: string; id: string; closeHref: string }) {
  const found = await findEntry(slug, id)
  if (!found) return null
  return (
    <SidePanel title={found.title} href={`/${slug}/activity/${id}`} closeHref={closeHref}>
      <Entry entry={found.entry} />
    </SidePanel>
  )
}

function NoActivity(props: {
  path: string
  slug: string
  q: string | undefined
  filtered: boolean
  lookedBackTo: string | undefined
  further: string | undefined
}) {
  if (props.lookedBackTo)
    return (
      <EmptyState
        icon={<Activity />}
        title="Nothing matches so far"
        action={<LinkButton href={props.further ?? props.path}>Look further back</LinkButton>}
      >
        The newest requests were looked through, back to {absoluteTime(props.lookedBackTo)}.
      </EmptyState>
    )
  if (props.q)
    return (
      <EmptyState
        icon={<Activity />}
        title={`Nothing here is called “${props.q}”`}
        action={<LinkButton href={props.path}>Clear filters</LinkButton>}
      >
        Search for a whole id, an external id, a userName, or the name of a group or role.
      </EmptyState>
    )
  if (props.filtered)
    return (
      <EmptyState
        icon={<Activity />}
        title="Nothing matches these filters"
        action={<LinkButton href={props.path}>Clear filters</LinkButton>}
      >
        Choose a longer time, or fewer filters.
      </EmptyState>
    )
  return (
    <EmptyState
      icon={<Activity />}
      title="Nothing has happened yet"
      action={<LinkButton href={`/${props.slug}/connections/new`}>Connect Okta</LinkButton>}
    >
      Requests show here the moment they are answered.
    </EmptyState>
  )
}
