import { Lock } from 'lucide-react'
import { Card, CardHeader } from '#components/ui/card'

export type AttributeRow = { name: string; value: string; mono?: boolean }
export type AttributeGroup = { title: string; urn: string; attributes: readonly AttributeRow[] }

/** What the directory holds about a user, schema by schema. Says once who owns it, rather than showing dead edit buttons. */
export function AttributeList({ groups, source }: { groups: readonly AttributeGroup[]; source?: string }) {
  return (
    <Card>
      <CardHeader
        title="Attributes"
        action={
          source && (
            <span className="inline-flex items-center gap-1.5 text-fg-subtle text-xs">
              <Lock aria-hidden="true" className="size-3.5" />
              Change them in {source}
            </span>
          )
        }
      />
      {groups.map((group) => (
        <section
          key={group.urn}
          aria-label={`${group.title} attributes`}
          className="border-b last:border-b-0"
        >
          {groups.length > 1 && (
            <h3 className="flex flex-wrap items-baseline gap-x-2 bg-sunken px-4 py-1.5 font-medium text-fg-muted text-xs">
              {group.title}
              <span className="font-mono font-normal text-fg-subtle [overflow-wrap:anywhere]">
                {group.urn}
              </span>
            </h3>
          )}
          <dl className="divide-y divide-line text-sm">
            {group.attributes.map((attribute) => (
              <div
                key={`${attribute.name} ${attribute.value}`}
                className="grid gap-x-4 px-4 py-1.5 sm:grid-cols-[13rem_1fr]"
              >
                <dt className="min-w-0 font-mono text-fg-muted text-xs leading-5 [overflow-wrap:anywhere]">
                  {attribute.name}
                </dt>
                <dd
                  className={`min-w-0 [overflow-wrap:anywhere] ${attribute.mono ? 'font-mono text-xs leading-5' : ''}`}
                >
                  {attribute.value}
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </Card>
  )
}
