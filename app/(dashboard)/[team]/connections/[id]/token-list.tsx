import { EmptyState } from '#components/ui/empty-state'
import { TimeAgo } from '#components/ui/time-ago'
import type { TokenSummary } from '#lib/connections/connection-detail'

const KINDS = { access: 'Access token', refresh: 'Refresh token', static: 'Static token' } as const
const SOON_MS = 14 * 86_400_000

/** The live tokens of a connection; one that ends soon says so, unless it renews itself. */
export function TokenList({ tokens }: { tokens: readonly TokenSummary[] }) {
  if (tokens.length === 0)
    return <EmptyState title="No live token">Authenticate again in Okta, or make a new token.</EmptyState>
  return (
    <ul className="text-sm">
      {tokens.map((token) => {
        const soon =
          token.kind !== 'access' && token.expiresAt && Date.parse(token.expiresAt) - Date.now() < SOON_MS
        return (
          <li
            key={token.id}
            className="flex flex-wrap justify-between gap-x-4 border-b px-4 py-2.5 last:border-b-0"
          >
            <span>
              {KINDS[token.kind]} <span className="font-mono text-xs">…{token.hint}</span>
            </span>
            <span className={soon ? 'text-warning' : 'text-fg-subtle'}>
              {token.expiresAt ? (
                <>
                  ends <TimeAgo iso={token.expiresAt} />
                </>
              ) : (
                'does not end'
              )}
              {token.lastUsedAt && (
                <>
                  {' '}
                  · used <TimeAgo iso={token.lastUsedAt} />
                </>
              )}
            </span>
          </li>
        )
      })}
    </ul>
  )
}
