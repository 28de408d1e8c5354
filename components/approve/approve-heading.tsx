import { ArrowLeftRight } from 'lucide-react'
import { Alert } from '#components/ui/alert'
import { Badge } from '#components/ui/badge'
import { ClientMark } from '#components/ui/client-mark'
import { Code } from '#components/ui/code'
import { LogoMark } from '#components/ui/logo'
import { dateWords } from '#components/ui/time-words'
import type { ApproveClient } from './approve-types.tsx'

/** Who meets whom. */
export function ApproveHeading({ client, team }: { client: string; team: string }) {
  return (
    <div>
      <p className="mb-4 flex items-center gap-3 text-fg-subtle">
        <LogoMark className="size-10" />
        <ArrowLeftRight aria-hidden="true" className="size-4" />
        <ClientMark name={client} className="size-10 rounded-[0.625rem]" />
      </p>
      <p className="font-medium text-fg-subtle text-xs">Grant permissions</p>
      <h1 className="font-semibold text-xl [overflow-wrap:anywhere]">
        Connect {client} to {team}
      </h1>
    </div>
  )
}

/** Who asks, and whether somebody here vouched for it. */
export function ApproveClientLine({ client }: { client: ApproveClient }) {
  return (
    <>
      <p>
        <span className="font-medium text-fg">{client.name}</span>{' '}
        {client.verified && <Badge tone="success">Verified</Badge>} (client <Code>{client.clientId}</Code>
        {client.registeredBy && <>, registered by {client.registeredBy}</>}
        {client.registeredAt && <>, {dateWords(client.registeredAt)}</>})
      </p>
      {!client.verified && (
        <Alert tone="warning">Not verified: check that you started this in {client.name} yourself.</Alert>
      )}
    </>
  )
}
