import { Lock } from 'lucide-react'
import { Card, CardHeader } from '#components/ui/card'

export type AttributeRow = { name: string; value: string; mono?: boolean }

/** What the directory holds about a user or group. Says once who owns it, rather than showing dead edit buttons. */
export function AttributeList({
  title = 'Attributes',
  attributes,
  source,
}: {
  title?: string
  attributes: readonly AttributeRow[]
  source?: string
}) {
  return (
    <Card>
      <CardHeader
        title={title}
        action={
          source && (
            <span className="inline-flex items-center gap-1.5 text-fg-subtle text-xs">
              <Lock aria-hidden="true" className="size-3.5" />
              Managed in {source}; change it there
            </span>
          )
        }
      />
      <dl className="text-sm">
        {attributes.map((attribute) => (
          <div
            key={attribute.name}
            className="grid gap-x-4 border-b px-4 py-2 last:border-b-0 sm:grid-cols-[13rem_1fr]"
          >
            <dt className="min-w-0 text-fg-muted [overflow-wrap:anywhere]">{attribute.name}</dt>
            <dd
              className={`min-w-0 [overflow-wrap:anywhere] ${attribute.mono ? 'font-mono text-xs leading-5' : ''}`}
            >
              {attribute.value}
            </dd>
          </div>
        ))}
      </dl>
    </Card>
  )
}
