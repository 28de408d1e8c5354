import { CircleAlert, CircleCheck, CircleMinus, LoaderCircle } from 'lucide-react'
import { LookAgain } from '#components/frame/look-again'
import { Badge, type Tone } from '#components/ui/badge'

export type PushStatus = 'active' | 'pushing' | 'error' | 'inactive'

const looks: Record<PushStatus, { word: string; tone: Tone; Icon: typeof CircleCheck }> = {
  active: { word: 'Active', tone: 'success', Icon: CircleCheck },
  pushing: { word: 'Pushing', tone: 'info', Icon: LoaderCircle },
  error: { word: 'Error', tone: 'danger', Icon: CircleAlert },
  inactive: { word: 'Inactive', tone: 'neutral', Icon: CircleMinus },
}

/** Okta's four words for a pushed group, derived from what the server saw. Icon and word, never colour alone. */
export function PushStatusBadge({ status }: { status: PushStatus }) {
  const { word, tone, Icon } = looks[status]
  return (
    <Badge tone={tone}>
      <Icon aria-hidden="true" className={status === 'pushing' ? 'animate-spin' : undefined} />
      {word}
      {status === 'pushing' && <LookAgain />}
    </Badge>
  )
}
