import { Tabs } from '#components/ui/tabs'

/** The parts of a team's settings, each a page. */
export function SettingsTabs({
  slug,
  current,
}: {
  slug: string
  current: 'general' | 'members' | 'schemas'
}) {
  const path = `/${slug}/settings`
  return (
    <Tabs
      label="Settings"
      className="mb-6"
      tabs={[
        { href: path, label: 'General', current: current === 'general' },
        { href: `${path}/members`, label: 'Members', current: current === 'members' },
        { href: `${path}/schemas`, label: 'Schemas', current: current === 'schemas' },
      ]}
    />
  )
}
