import { CircleAlert, CircleCheck, LoaderCircle } from 'lucide-react'
import { cn } from '#components/ui/cn'
import { TextLink } from '#components/ui/text-link'
import { TimeAgo } from '#components/ui/time-ago'
import { clockWords, durationWords } from '#components/ui/time-words'

export type PushEntry = {
  id: string
  at: string
  outcome: 'ok' | 'error' | 'pushing'
  /** "+3 −1 members, renamed from Eng to Engineering" */
  summary: string
  durationMs?: number
  /** The recorded request. */
  href?: string
  cause?: string
  remedy?: string
  /** This entry stands for several: how many, and since when. */
  repeats?: { count: number; since: string }
}

const looks = {
  ok: { Icon: CircleCheck, word: 'Pushed', color: 'text-success' },
  error: { Icon: CircleAlert, word: 'Failed', color: 'text-danger' },
  pushing: { Icon: LoaderCircle, word: 'Pushing', color: 'text-info' },
} as const

/** What Okta pushed, newest first; errors say cause and remedy, repeats collapse into one. */
export function PushHistory({ entries }: { entries: readonly PushEntry[] }) {
  return (
    <ol data-slot="push-history" className="px-4 py-4 text-sm">
      {entries.map((entry) => (
        <Entry key={entry.id} entry={entry} />
      ))}
    </ol>
  )
}

function Entry({ entry }: { entry: PushEntry }) {
  const { Icon, word, color } = looks[entry.outcome]
  return (
    <li className="group/entry relative flex gap-3 pb-5 last:pb-0">
      <span
        aria-hidden="true"
        className="absolute top-5 bottom-0 left-2 w-px bg-line group-last/entry:hidden"
      />
      <Icon
        aria-hidden="true"
        className={cn(
          'mt-0.5 size-4 shrink-0 bg-surface',
          color,
          entry.outcome === 'pushing' && 'animate-spin',
        )}
      />
      <div className="min-w-0 flex-1">
        <div className="flex flex-wrap items-baseline gap-x-2">
          <p className="min-w-0">
            <span className={cn('font-medium', color)}>{word}</span>
            <span className="text-fg-subtle"> · </span>
            {entry.summary}
          </p>
          <p className="flex gap-2 text-fg-subtle text-xs">
            <TimeAgo iso={entry.at} />
            {entry.durationMs !== undefined && (
              <span className="tabular-nums">{durationWords(entry.durationMs)}</span>
            )}
            {entry.href && <TextLink href={entry.href}>View request</TextLink>}
          </p>
        </div>
        {entry.cause && (
          <div className="mt-1.5 rounded-md border border-danger-line bg-danger-soft px-3 py-2">
            <p className="font-medium">{entry.cause}</p>
            {entry.remedy && <p className="text-fg-muted">{entry.remedy}</p>}
          </div>
        )}
        {entry.repeats && entry.repeats.count > 1 && (
          <p className="mt-1 text-fg-muted text-xs">
            Same {entry.outcome === 'error' ? 'error' : 'push'} {entry.repeats.count.toLocaleString('en')}{' '}
            times since <time dateTime={entry.repeats.since}>{clockWords(entry.repeats.since)} UTC</time>
          </p>
        )}
      </div>
    </li>
  )
}
