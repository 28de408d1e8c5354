import { Badge } from '#components/ui/badge'

/** An HTTP status, always with its number: quiet when all went well, amber (the client’s fault) or red (ours) when not. */
export function StatusChip({ status }: { status: number }) {
  const tone = status >= 500 ? 'danger' : status >= 400 ? 'warning' : 'neutral'
  return (
    <Badge tone={tone} className="rounded-sm px-1.5 font-mono tabular-nums">
      {status}
    </Badge>
  )
}
