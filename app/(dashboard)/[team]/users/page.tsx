import { UserRound } from 'lucide-react'
import { FilterBar } from '#components/filter/filter-bar'
import { Page } from '#components/frame/page'
import { EmptyState } from '#components/ui/empty-state'
import { LinkButton } from '#components/ui/link-button'
import { ListCard } from '#components/ui/list-card'
import { pagesOf } from '#components/ui/page-position'
import { Pagination } from '#components/ui/pagination'
import { UserTable } from '#components/user/user-table'
import { requireTeam } from '#lib/auth/require-member'
import { allows } from '#lib/auth/signed-in'
import { PAGE_SIZE } from '#lib/directory/pages/keyset'
import { searchUsers } from '#lib/directory/pages/search-users'
import { unlessTooSlow } from '#lib/directory/pages/unless-too-slow'
import { onlyAtBeginning } from '#lib/directory/pages/user-conditions'
import { noneMatch } from '../none-match.ts'
import { oneOf, readSearch, type SearchParams } from '../read-search.ts'
import { shownTotal } from '../shown-total.ts'

const SORTS = { name: 'name', '-name': '-name', changedAt: 'updatedAt', '-changedAt': '-updatedAt' } as const

export default async function Users({
  params,
  searchParams,
}: {
  params: Promise<{ team: string }>
  searchParams: SearchParams
}) {
  const { team: slug } = await params
  const { team, access } = await requireTeam(slug, 'reviewer')
  const state = await readSearch(searchParams, ['q', 'status', 'managed', 'sort', 'after', 'before', 'first'])
  const path = `/${slug}/users`
  const sort = oneOf(state.sort, Object.keys(SORTS) as (keyof typeof SORTS)[]) ?? 'name'
  const found = await unlessTooSlow(
    searchUsers(team.id, {
      ...state,
      status: oneOf(state.status, ['active', 'deactivated']),
      managed: oneOf(state.managed, ['yes', 'no']),
      sort: SORTS[sort],
    }),
  )
  const page = found ?? { rows: [], total: 0, totalIs: 'exact' as const, after: undefined, before: undefined }
  const pages = pagesOf({ path, state, page, size: PAGE_SIZE, total: shownTotal(page, 'user') })
  const filtered = Boolean(state.q || state.status || state.managed)
  return (
    <Page
      crumbs={[{ label: 'Users' }]}
      title="Users"
      description="Everyone in this team’s directory, as Okta keeps them."
      action={allows(access, 'admin') && <LinkButton href={`${path}/new`}>Add a user</LinkButton>}
    >
      <FilterBar
        path={path}
        state={state}
        label="Search users"
        placeholder="Name, userName or email"
        summary={pages.summary}
        choices={[
          {
            name: 'status',
            label: 'Status',
            options: [
              { value: '', label: 'Any status' },
              { value: 'active', label: 'Active' },
              { value: 'deactivated', label: 'Deactivated' },
            ],
          },
          {
            name: 'managed',
            label: 'Managed',
            options: [
              { value: '', label: 'Managed or not' },
              { value: 'yes', label: 'Managed by Okta' },
              { value: 'no', label: 'Not managed by Okta' },
            ],
          },
        ]}
      />
      <ListCard>
        {page.rows.length === 0 ? (
          <EmptyState
            icon={<UserRound />}
            title={
              !found
                ? 'No answer'
                : filtered
                  ? noneMatch('users', state.q, [
                      state.status && (state.status === 'active' ? 'Active' : 'Deactivated'),
                      state.managed && (state.managed === 'yes' ? 'Managed by Okta' : 'Not managed by Okta'),
                    ])
                  : 'No users yet'
            }
            action={
              filtered ? (
                <LinkButton href={path}>Clear filters</LinkButton>
              ) : (
                allows(access, 'admin') && (
                  <LinkButton href={`/${slug}/connections/new`}>Connect Okta</LinkButton>
                )
              )
            }
          >
            {!found && 'The search took too long: write more of the name, or the whole userName.'}
            {found && filtered && tryAnother(state.q)}
            {found && !filtered && 'They appear here when Okta pushes them.'}
          </EmptyState>
        ) : (
          <UserTable
            sort={{ path, state, current: sort }}
            users={page.rows.map((user) => ({
              id: user.id,
              href: `${path}/${user.id}`,
              displayName: user.displayName ?? user.userName,
              userName: user.userName,
              active: user.active,
              groupCount: user.groupCount,
              groups: user.firstGroups,
              roles: user.roles,
              source: user.managedBy?.name,
              changedAt: user.updatedAt,
            }))}
          />
        )}
        {(page.before || page.after) && <Pagination {...pages} />}
      </ListCard>
    </Page>
  )
}

function tryAnother(q: string | undefined): string {
  return q && onlyAtBeginning(q)
    ? 'So short a text is looked for at the beginning of names only. Write three characters to find it anywhere.'
    : 'Try another name or fewer filters.'
}
