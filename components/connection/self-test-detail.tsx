import { Check, X } from 'lucide-react'
import { StatusChip } from '#components/activity/status-chip'
import { Badge } from '#components/ui/badge'
import { JsonView } from '#components/ui/json-view'
import { durationWords } from '#components/ui/time-words'
import type { SelfTestMessage, SelfTestStep } from './self-test-types.tsx'

/** What a step asked for, and each of its requests with the answer. */
export function SelfTestDetail({ step }: { step: SelfTestStep }) {
  return (
    <div className="grid gap-4 border-t bg-sunken px-4 py-4">
      <ul className="grid gap-1 text-sm" aria-label="Checks">
        {step.checks.map((check) => (
          <li key={check.text} className="flex items-start gap-2">
            {check.passed ? (
              <Check aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-success" />
            ) : (
              <X aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-danger" />
            )}
            <span className="min-w-0 [overflow-wrap:anywhere]">
              <span className="sr-only">{check.passed ? 'Passed: ' : 'Failed: '}</span>
              {check.text}
              {check.found !== undefined && <span className="text-danger"> (found: {check.found})</span>}
            </span>
          </li>
        ))}
      </ul>
      {step.messages.map((message, index) => (
        <Message
          key={message.key}
          message={message}
          place={step.messages.length > 1 ? ` (${index + 1} of ${step.messages.length})` : ''}
        />
      ))}
    </div>
  )
}

/** @param place " (2 of 3)": regions of one page must not be called the same */
function Message({ message, place }: { message: SelfTestMessage; place: string }) {
  const { by, method, url, status, milliseconds, headers, requestBody, responseBody } = message
  return (
    <section className="grid gap-3 rounded-lg border bg-surface p-3" aria-label={`${method} ${url}${place}`}>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
        <p className="min-w-0 flex-1 basis-60 font-mono text-xs leading-5 [overflow-wrap:anywhere]">
          <span className="font-semibold">{method}</span> {url}
        </p>
        <span className="text-fg-muted text-xs">sent by {by}</span>
        {status === 0 ? <Badge tone="danger">No answer</Badge> : <StatusChip status={status} />}
        <span className="text-fg-subtle text-xs tabular-nums">{durationWords(milliseconds)}</span>
      </div>
      <dl className="grid gap-x-4 gap-y-0.5 font-mono text-fg-muted text-xs leading-5 sm:grid-cols-[auto_1fr]">
        {headers.map((header) => (
          <div key={header.name} className="contents">
            <dt className="text-fg-subtle">{header.name}</dt>
            <dd className="min-w-0 [overflow-wrap:anywhere] max-sm:mb-1">{header.value}</dd>
          </div>
        ))}
      </dl>
      {requestBody && <JsonView label={`Request body${place}`} text={requestBody} />}
      {responseBody ? (
        <JsonView label={`Response body${place}`} text={responseBody} />
      ) : (
        <p className="text-fg-subtle text-sm">The answer has no body.</p>
      )}
    </section>
  )
}
