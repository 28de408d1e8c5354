import { Card, CardHeader } from '#components/ui/card'
import { type KeyFact, KeyFacts } from '#components/ui/key-facts'
import { TextLink } from '#components/ui/text-link'
import { exactTime } from '#components/ui/time-words'
import { type Actor, ActorName } from './activity-table.tsx'
import { type AttributeChange, ChangesTable } from './changes-table.tsx'
import { type Related, RelatedList } from './related-list.tsx'

export type EventShown = {
  id: string
  at: string
  actor: Actor
  action: string
  resource?: { type: string; name: string; href?: string }
  changes: AttributeChange[]
  /** What else was noted, as words. */
  details: { label: string; value: string }[]
  related: Related[]
}

/** Something a person, the operator or Muster itself did, beside Okta's requests. */
export function EventViewer({ event }: { event: EventShown }) {
  const facts: KeyFact[] = [
    { label: 'When', value: exactTime(event.at) },
    { label: 'Who', value: <ActorName actor={event.actor} /> },
    { label: 'Action', value: event.action },
  ]
  if (event.resource)
    facts.push({
      label: event.resource.type,
      value: event.resource.href ? (
        <TextLink href={event.resource.href}>{event.resource.name}</TextLink>
      ) : (
        event.resource.name
      ),
    })
  facts.push(...event.details, { label: 'Id', value: event.id, copy: event.id })
  return (
    <div data-slot="event-viewer" className="grid max-w-3xl gap-4">
      <Card className="p-4">
        <KeyFacts facts={facts} columns />
      </Card>
      {event.changes.length > 0 && (
        <Card className="overflow-clip">
          <CardHeader title="Changes" />
          <ChangesTable changes={event.changes} />
        </Card>
      )}
      <RelatedList related={event.related} />
    </div>
  )
}
