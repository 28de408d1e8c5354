import type { ReactNode } from 'react'
import { Alert } from '#components/ui/alert'
import { Card, CardHeader } from '#components/ui/card'
import { Code } from '#components/ui/code'
import { CopyButton } from '#components/ui/copy-button'
import { JsonView } from '#components/ui/json-view'
import { type KeyFact, KeyFacts } from '#components/ui/key-facts'
import { TextLink } from '#components/ui/text-link'
import { durationWords, exactTime } from '#components/ui/time-words'
import { type Actor, ActorName } from './activity-table.tsx'
import { type AttributeChange, ChangesTable } from './changes-table.tsx'
import { type Related, RelatedList } from './related-list.tsx'
import { StatusChip } from './status-chip.tsx'

export type Message = {
  headers: { name: string; value: string }[]
  body?: string
  /** What is missing of the body: "First 64 KB of 212 KB". */
  note?: string
}

export type ExchangeDetail = {
  method: string
  path: string
  query?: string
  status: number
  at: string
  durationMs: number
  requestId: string
  /** What it did, in words. */
  summary: string
  actor: Actor
  connection?: { name: string; href: string }
  address?: string
  userAgent?: string
  request: Message
  response: Message
  resource?: { type: string; name: string; href?: string }
  /** `type`: SCIM's scimType. */
  error?: { title: string; type?: string; meaning: string; rfc: string; remedy: string }
  changes: AttributeChange[]
  /** What of the request was let pass, and how; or which other request it belongs to. */
  notes: { text: string; href?: string }[]
  related: Related[]
  relatedHref?: string
  /** With a placeholder where the token was. */
  curl: string
}

/** One recorded request and its response. Secrets were replaced when it was written, not here. */
export function ExchangeViewer({ exchange }: { exchange: ExchangeDetail }) {
  return (
    <div className="@container">
      <div
        data-slot="exchange-viewer"
        className="grid items-start gap-4 @4xl:grid-cols-[minmax(0,1fr)_17rem]"
      >
        {exchange.error && (
          <div className="@4xl:col-span-2">
            <ErrorNotice status={exchange.status} error={exchange.error} />
          </div>
        )}
        <Card className="p-4 @4xl:col-start-2 @4xl:row-span-6">
          <KeyFacts facts={factsOf(exchange)} columns />
        </Card>
        {exchange.changes.length > 0 && (
          <Card className="overflow-clip">
            <CardHeader title="Changes" />
            <ChangesTable changes={exchange.changes} />
          </Card>
        )}
        {exchange.notes.length > 0 && (
          <Alert title="Noted">
            <ul className="grid gap-1">
              {exchange.notes.map((note) => (
                <li key={note.text}>
                  {note.text} {note.href && <TextLink href={note.href}>Open it</TextLink>}
                </li>
              ))}
            </ul>
          </Alert>
        )}
        <MessageCard
          title="Request"
          line={`${exchange.method} ${exchange.path}${exchange.query ? `?${exchange.query}` : ''}`}
          message={exchange.request}
          action={<CopyButton value={exchange.curl} what="request" label="Copy as curl" size="sm" />}
        />
        <MessageCard title="Response" status={exchange.status} message={exchange.response} />
        <RelatedList related={exchange.related} allHref={exchange.relatedHref} />
      </div>
    </div>
  )
}

function ErrorNotice({ status, error }: { status: number; error: NonNullable<ExchangeDetail['error']> }) {
  return (
    <Alert tone={status >= 500 ? 'danger' : 'warning'} title={error.title}>
      <p>
        {error.type && <Code>{error.type}</Code>} {error.meaning}{' '}
        <span className="text-fg-subtle">{error.rfc}</span>
      </p>
      <p className="mt-1 text-fg">{error.remedy}</p>
    </Alert>
  )
}

function factsOf(exchange: ExchangeDetail): KeyFact[] {
  const { connection, resource, address, userAgent } = exchange
  const facts: KeyFact[] = [
    { label: 'Status', value: <StatusChip status={exchange.status} /> },
    { label: 'When', value: exactTime(exchange.at) },
    { label: 'Took', value: durationWords(exchange.durationMs) },
    { label: 'Who', value: <ActorName actor={exchange.actor} /> },
  ]
  if (connection)
    facts.push({ label: 'Connection', value: <TextLink href={connection.href}>{connection.name}</TextLink> })
  if (resource)
    facts.push({
      label: resource.type,
      value: resource.href ? <TextLink href={resource.href}>{resource.name}</TextLink> : resource.name,
    })
  if (address) facts.push({ label: 'Address', value: address })
  if (userAgent) facts.push({ label: 'User agent', value: userAgent })
  facts.push({ label: 'Request id', value: exchange.requestId, copy: exchange.requestId })
  return facts
}

function MessageCard({
  title,
  line,
  status,
  message,
  action,
}: {
  title: string
  line?: string
  status?: number
  message: Message
  action?: ReactNode
}) {
  return (
    <Card>
      <CardHeader title={title} action={action ?? (status !== undefined && <StatusChip status={status} />)} />
      <div className="grid gap-3 p-4">
        {line && <p className="font-mono text-xs leading-5 [overflow-wrap:anywhere]">{line}</p>}
        {message.headers.length > 0 && (
          <dl className="grid gap-x-4 gap-y-0.5 font-mono text-xs leading-5 sm:grid-cols-[auto_1fr]">
            {message.headers.map((header) => (
              <div key={header.name} className="contents">
                <dt className="text-fg-subtle">{header.name}</dt>
                <dd className="min-w-0 [overflow-wrap:anywhere] max-sm:mb-1">{header.value}</dd>
              </div>
            ))}
          </dl>
        )}
        {message.body ? (
          <JsonView label={`${title} body`} text={message.body} note={message.note} />
        ) : (
          <p className="text-fg-subtle text-sm">No body.</p>
        )}
      </div>
    </Card>
  )
}
