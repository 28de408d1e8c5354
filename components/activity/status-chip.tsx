import { Badge } from '#components/ui/badge'

/** An HTTP status: green, amber (the client's fault) or red (ours), always with its number. */
export function StatusChip({ status }: { status: number }) {
  const tone = status >= 500 ? 'danger' : status >= 400 ? 'warning' : status >= 200 ? 'success' : 'neutral'
  return (
    <Badge tone={tone} className="font-mono tabular-nums">
      {status}
    </Badge>
  )
}
