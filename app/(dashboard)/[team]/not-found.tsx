import { SearchX } from 'lucide-react'
import { EmptyState } from '#components/ui/empty-state'

export default function NotFound() {
  return (
    <div className="p-4 md:p-8">
      <EmptyState icon={<SearchX />} title="Not found">
        There is nothing at this address, or it was removed. Choose a room in the menu.
      </EmptyState>
    </div>
  )
}
