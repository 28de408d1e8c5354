import { UsersRound } from 'lucide-react'
import { FilterBar } from '#components/filter/filter-bar'
import { Page } from '#components/frame/page'
import { GroupTable } from '#components/group/group-table'
import { EmptyState } from '#components/ui/empty-state'
import { LinkButton } from '#components/ui/link-button'
import { ListCard } from '#components/ui/list-card'
import { pagesOf } from '#components/ui/page-position'
import { Pagination } from '#components/ui/pagination'
import { requireTeam } from '#lib/auth/require-member'
import { allows } from '#lib/auth/signed-in'
import { PAGE_SIZE } from '#lib/directory/pages/keyset'
import { type PushFilter, searchGroups } from '#lib/directory/pages/search-groups'
import { unlessTooSlow } from '#lib/directory/pages/unless-too-slow'
import { noneMatch } from '../none-match.ts'
import { oneOf, readSearch, type SearchParams } from '../read-search.ts'
import { shownTotal } from '../shown-total.ts'

const PUSH_WORDS: Record<PushFilter, string> = {
  error: 'Error',
  active: 'Active',
  inactive: 'Inactive',
  unresolved: 'With unresolved members',
  managed: 'Managed by Okta',
  unmanaged: 'Not managed by Okta',
}

export default async function Groups({
  params,
  searchParams,
}: {
  params: Promise<{ team: string }>
  searchParams: SearchParams
}) {
  const { team: slug } = await params
  const { team, access } = await requireTeam(slug, 'reviewer')
  const state = await readSearch(searchParams, ['q', 'push', 'sort', 'after', 'before', 'first'])
  const path = `/${slug}/groups`
  const push = oneOf(state.push, Object.keys(PUSH_WORDS) as PushFilter[])
  const sort = oneOf(state.sort, ['name', '-name', 'pushedAt', '-pushedAt', 'members', '-members']) ?? 'name'
  const found = await unlessTooSlow(searchGroups(team.id, { ...state, push, sort }, Date.now()))
  const page = found ?? { rows: [], total: 0, totalIs: 'exact' as const, after: undefined, before: undefined }
  const pages = pagesOf({ path, state, page, size: PAGE_SIZE, total: shownTotal(page, 'group') })
  const filtered = Boolean(state.q || push)
  return (
    <Page
      crumbs={[{ label: 'Groups' }]}
      title="Groups"
      description="What Okta pushes, and how far each push has come."
      action={allows(access, 'admin') && <LinkButton href={`${path}/new`}>Add a group</LinkButton>}
    >
      <FilterBar
        path={path}
        state={state}
        label="Search groups"
        placeholder="Group name"
        summary={pages.summary}
        choices={[
          {
            name: 'push',
            label: 'Push status',
            options: [
              { value: '', label: 'Any push status' },
              ...Object.entries(PUSH_WORDS).map(([value, label]) => ({ value, label })),
            ],
          },
        ]}
      />
      <ListCard>
        {page.rows.length === 0 ? (
          <EmptyState
            icon={<UsersRound />}
            title={filtered ? noneMatch('groups', state.q, [push && PUSH_WORDS[push]]) : 'No groups yet'}
            action={filtered && <LinkButton href={path}>Clear filters</LinkButton>}
          >
            {!found && 'The search took too long: write more of the name.'}
            {found && filtered && 'Try another name or fewer filters.'}
            {found &&
              !filtered &&
              'They appear here when Okta pushes them: Push Groups → Find groups by name.'}
          </EmptyState>
        ) : (
          <GroupTable
            sort={{ path, state, current: sort }}
            groups={page.rows.map((group) => ({
              id: group.id,
              href: `${path}/${group.id}`,
              displayName: group.displayName,
              memberCount: group.memberCount,
              unresolvedCount: group.unresolvedCount,
              roles: group.roles,
              pushStatus: group.managedBy ? group.push.status : undefined,
              cause: group.push.status === 'error' ? group.push.cause : undefined,
              source: group.managedBy?.name,
              lastPushAt: group.lastPushAt,
              system: group.system !== undefined,
            }))}
          />
        )}
        {(page.before || page.after) && <Pagination {...pages} />}
      </ListCard>
    </Page>
  )
}
