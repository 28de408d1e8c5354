import { Tabs } from '#components/ui/tabs'

const TABS = [
  { room: '', label: 'Connections' },
  { room: '/service-users', label: 'Service users' },
  { room: '/clients', label: 'Clients' },
]

export function ConnectionTabs({ slug, current }: { slug: string; current: string }) {
  return (
    <Tabs
      label="Connections"
      className="mb-6"
      tabs={TABS.map(({ room, label }) => ({
        href: `/${slug}/connections${room}`,
        label,
        current: label === current,
      }))}
    />
  )
}
