import { Badge } from '#components/ui/badge'
import { SubmitButton } from '#components/ui/submit-button'
import { TimeAgo } from '#components/ui/time-ago'
import { browserWords } from './browser-words.tsx'

export type SessionRow = {
  id: string
  here: boolean
  /** How it was opened, in words: "password". */
  method: string
  ip?: string
  userAgent?: string
  createdAt: string
  lastSeenAt: string
}

/** The browsers somebody is signed in with, each with a way to end it. */
export function SessionList({
  sessions,
  end,
}: {
  sessions: readonly SessionRow[]
  end: (form: FormData) => Promise<void>
}) {
  return (
    <ul className="text-sm">
      {sessions.map((session) => {
        const words = browserWords(session.userAgent)
        return (
          <li
            key={session.id}
            className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 border-b px-4 py-3 last:border-b-0"
          >
            <span className="min-w-0 flex-1 basis-56">
              <span className="flex flex-wrap items-center gap-2">
                <span className="font-medium [overflow-wrap:anywhere]" title={session.userAgent}>
                  {words}
                </span>
                {session.here && <Badge tone="accent">This browser</Badge>}
              </span>
              <span className="block text-fg-subtle text-xs">
                {session.ip ?? 'Unknown address'} · signed in by {session.method}{' '}
                <TimeAgo iso={session.createdAt} /> · last used <TimeAgo iso={session.lastSeenAt} />
              </span>
            </span>
            {!session.here && (
              <form action={end}>
                <input type="hidden" name="session" value={session.id} />
                <SubmitButton
                  variant="secondary"
                  size="sm"
                  pending="Signing out…"
                  aria-label={`Sign out ${words}, ${session.ip ?? 'unknown address'}`}
                >
                  Sign out
                </SubmitButton>
              </form>
            )}
          </li>
        )
      })}
    </ul>
  )
}
