import { SearchX } from 'lucide-react'
import { Page } from '#components/frame/page'
import { EmptyState } from '#components/ui/empty-state'
import { ListCard } from '#components/ui/list-card'

export default function NotFound() {
  return (
    <Page crumbs={[{ label: 'Not found' }]} title="Not found">
      <ListCard>
        <EmptyState icon={<SearchX />} title="There is nothing at this address">
          It may have been removed, in Okta or here. Search for it by name or id, or choose a room in the
          menu.
        </EmptyState>
      </ListCard>
    </Page>
  )
}
