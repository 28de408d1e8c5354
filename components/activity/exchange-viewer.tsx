import type { ReactNode } from 'react'
import { Alert } from '#components/ui/alert'
import { Card, CardHeader } from '#components/ui/card'
import { CopyButton } from '#components/ui/copy-button'
import { JsonView } from '#components/ui/json-view'
import { type KeyFact, KeyFacts } from '#components/ui/key-facts'
import { TextLink } from '#components/ui/text-link'
import { absoluteTime, durationWords } from '#components/ui/time-words'
import { type Actor, ActorName } from './activity-table.tsx'
import { type AttributeChange, ChangesTable } from './changes-table.tsx'
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
  actor: Actor
  connection?: { name: string; href: string }
  address?: string
  userAgent?: string
  request: Message
  response: Message
  error?: { title: string; meaning: string; rfc?: string }
  changes: AttributeChange[]
  related: { id: string; href: string; sentence: string; status: number }[]
  /** With a placeholder where the token was. */
  curl: string
}

/** One recorded request and its response. Secrets were replaced when it was written, not here. */
export function ExchangeViewer({ exchange }: { exchange: ExchangeDetail }) {
  return (
    <div data-slot="exchange-viewer" className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_18rem]">
      <div className="grid min-w-0 gap-4">
        {exchange.error && (
          <Alert tone={exchange.status >= 500 ? 'danger' : 'warning'} title={exchange.error.title}>
            {exchange.error.meaning}
            {exchange.error.rfc && <span className="text-fg-subtle"> {exchange.error.rfc}</span>}
          </Alert>
        )}
        {exchange.changes.length > 0 && (
          <Card className="overflow-clip">
            <CardHeader title="Changes" />
            <ChangesTable changes={exchange.changes} />
          </Card>
        )}
        <MessageCard
          title="Request"
          line={`${exchange.method} ${exchange.path}${exchange.query ? `?${exchange.query}` : ''}`}
          message={exchange.request}
          action={<CopyButton value={exchange.curl} what="request" label="Copy as curl" size="sm" />}
        />
        <MessageCard title="Response" status={exchange.status} message={exchange.response} />
      </div>
      <aside className="grid gap-4" aria-label="Key facts">
        <Card className="p-4">
          <KeyFacts facts={factsOf(exchange)} />
        </Card>
        {exchange.related.length > 0 && (
          <Card>
            <CardHeader title="Related" />
            <ul className="text-sm">
              {exchange.related.map((other) => (
                <li
                  key={other.id}
                  className="flex items-center justify-between gap-3 border-b px-4 py-2 last:border-b-0"
                >
                  <TextLink
                    quiet
                    href={other.href}
                    className="min-w-0 truncate font-normal"
                    title={other.sentence}
                  >
                    {other.sentence}
                  </TextLink>
                  <StatusChip status={other.status} />
                </li>
              ))}
            </ul>
          </Card>
        )}
      </aside>
    </div>
  )
}

function factsOf(exchange: ExchangeDetail): KeyFact[] {
  const { connection, address, userAgent } = exchange
  const facts: KeyFact[] = [
    { label: 'Status', value: <StatusChip status={exchange.status} /> },
    { label: 'When', value: absoluteTime(exchange.at) },
    { label: 'Took', value: durationWords(exchange.durationMs) },
    { label: 'Who', value: <ActorName actor={exchange.actor} /> },
  ]
  if (connection)
    facts.push({ label: 'Connection', value: <TextLink href={connection.href}>{connection.name}</TextLink> })
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
