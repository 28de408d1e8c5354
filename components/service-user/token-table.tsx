import type { ReactNode } from 'react'
import { Table, TableBody, TableHead, Td, Th, Tr } from '#components/ui/table'
import { TimeAgo } from '#components/ui/time-ago'

export type TokenRow = {
  id: string
  kind: 'access' | 'refresh' | 'static'
  hint: string
  createdAt: string
  expiresAt?: string
  lastUsed?: { at: string; ip?: string; userAgent?: string }
  /** What ends it; none for those who may not. */
  end?: ReactNode
}

const KINDS = { access: 'Access token', refresh: 'Refresh token', static: 'Static token' } as const
const SOON_MS = 20 * 86_400_000

/** Live tokens, each known by its last four characters. */
export function TokenTable({ tokens, now }: { tokens: readonly TokenRow[]; now: number }) {
  const ending = tokens.some((token) => token.end)
  return (
    <Table caption="Live tokens">
      <TableHead>
        <Th>Token</Th>
        <Th>Ends</Th>
        <Th>Last used</Th>
        <Th align="right">Made</Th>
        {ending && (
          <Th>
            <span className="sr-only">End</span>
          </Th>
        )}
      </TableHead>
      <TableBody>
        {tokens.map((token) => (
          <Tr key={token.id}>
            <Td place="primary">
              {KINDS[token.kind]} <span className="font-mono text-fg-muted text-xs">…{token.hint}</span>
            </Td>
            <Td place="aside">
              <span className="text-fg-muted sm:hidden">Ends </span>
              <Ends token={token} now={now} />
            </Td>
            <Td className="text-fg-muted">
              {token.lastUsed ? (
                <span title={token.lastUsed.userAgent}>
                  <span className="sm:hidden">Used </span>
                  <TimeAgo iso={token.lastUsed.at} />
                  {token.lastUsed.ip && <> from {token.lastUsed.ip}</>}
                </span>
              ) : (
                'never used'
              )}
            </Td>
            <Td align="right" label="Made" className="text-fg-muted">
              <TimeAgo iso={token.createdAt} />
            </Td>
            {ending && (
              <Td align="right" className="max-sm:ml-auto">
                {token.end}
              </Td>
            )}
          </Tr>
        ))}
      </TableBody>
    </Table>
  )
}

/** An access token ends all the time and is renewed; the others are worth a warning. */
function Ends({ token, now }: { token: TokenRow; now: number }) {
  if (!token.expiresAt) return 'never'
  const soon = token.kind !== 'access' && Date.parse(token.expiresAt) - now < SOON_MS
  return <TimeAgo iso={token.expiresAt} className={soon ? 'font-medium text-warning' : 'text-fg-muted'} />
}
