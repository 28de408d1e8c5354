import { notFound } from 'next/navigation'
import { ExchangeViewer } from '#components/activity/exchange-viewer'
import { Page } from '#components/frame/page'
import { Card, CardBody } from '#components/ui/card'
import { KeyFacts } from '#components/ui/key-facts'
import { TextLink } from '#components/ui/text-link'
import { TimeAgo } from '#components/ui/time-ago'
import { findEvent } from '#lib/activity/find-event'
import { findExchange } from '#lib/activity/find-exchange'
import { listActivity } from '#lib/activity/list-activity'
import { requireTeam } from '#lib/auth/require-member'
import { shownExchange, shownNote } from '../exchange-shown.ts'

export const metadata = { title: 'Activity' }

export default async function ActivityEntry({ params }: { params: Promise<{ team: string; id: string }> }) {
  const { team: slug, id } = await params
  const { team } = await requireTeam(slug, 'reviewer')
  const crumbs = [{ label: 'Activity', href: `/${slug}/activity` }]
  const exchange = await findExchange(team.id, id)
  if (exchange) {
    const related = exchange.resource?.id
      ? await listActivity(team.id, { resourceId: exchange.resource.id }, 6)
      : { rows: [] }
    return (
      <Page crumbs={[...crumbs, { label: exchange.method }]} title={exchange.summary.slice(0, 160)}>
        <ExchangeViewer exchange={shownExchange(slug, exchange, related.rows)} />
        {exchange.notes.length > 0 && (
          <Card className="mt-6">
            <CardBody>
              <KeyFacts
                facts={exchange.notes.map(shownNote).map(({ label, text, bulkId }) => ({
                  label,
                  value: bulkId ? (
                    <>
                      {text}
                      <TextLink href={`/${slug}/activity/${bulkId}`}>{bulkId}</TextLink>
                    </>
                  ) : (
                    text
                  ),
                }))}
              />
            </CardBody>
          </Card>
        )}
      </Page>
    )
  }
  const event = (await findEvent(team.id, id)) ?? notFound()
  return (
    <Page narrow crumbs={[...crumbs, { label: event.action }]} title={`${event.actorName} ${event.summary}`}>
      <Card>
        <CardBody>
          <KeyFacts
            facts={[
              { label: 'When', value: <TimeAgo iso={event.at} /> },
              { label: 'Who', value: event.actorName },
              { label: 'What', value: event.action },
              ...(event.resourceName
                ? [{ label: event.resourceType ?? 'Resource', value: event.resourceName }]
                : []),
              ...(event.detail ? [{ label: 'Details', value: JSON.stringify(event.detail) }] : []),
            ]}
          />
        </CardBody>
      </Card>
    </Page>
  )
}
