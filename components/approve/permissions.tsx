import { Check, TriangleAlert, X } from 'lucide-react'
import { Code } from '#components/ui/code'
import { Disclosure } from '#components/ui/disclosure'
import { KeyFacts } from '#components/ui/key-facts'

const can = [
  { words: 'Create, update, deactivate and delete users', risky: true },
  { words: 'Create, rename and delete groups, and change who is in them', risky: true },
  { words: 'Read users, groups and roles', risky: false },
]
const cannot = ['See passwords', 'Sign in as people', 'Change Muster’s settings, or who signs in here']

/** What approving allows, in plain words; what it never does; and the same in the protocol's words. */
export function Permissions({
  client,
  clientId,
  redirectUri,
  scopes,
}: {
  client: string
  clientId: string
  redirectUri: string
  scopes: readonly string[]
}) {
  return (
    <div className="rounded-lg border text-sm">
      <div className="px-4 py-3">
        <h2 className="font-semibold">{client} will be able to</h2>
        <ul className="mt-2 grid gap-1.5">
          {can.map((item) => (
            <li key={item.words} className="flex items-start gap-2.5">
              <Check aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-success" />
              <span className="flex flex-wrap items-center gap-x-1.5">
                {item.words}
                {item.risky && (
                  <span className="inline-flex items-center gap-1 whitespace-nowrap text-warning text-xs">
                    <TriangleAlert aria-hidden="true" className="size-3.5" />
                    changes access
                  </span>
                )}
              </span>
            </li>
          ))}
        </ul>
      </div>
      <div className="border-t px-4 py-3">
        <h2 className="font-semibold">It cannot</h2>
        <ul className="mt-2 grid gap-1.5 text-fg-muted">
          {cannot.map((words) => (
            <li key={words} className="flex items-start gap-2.5">
              <X aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-fg-subtle" />
              {words}
            </li>
          ))}
        </ul>
      </div>
      <Disclosure summary="Technical details" className="border-t px-4 py-2.5">
        <KeyFacts
          facts={[
            { label: 'Scopes', value: <Code>{scopes.join(' ') || 'none asked for'}</Code> },
            { label: 'Client id', value: <Code>{clientId}</Code> },
            { label: 'Redirect URI', value: <Code>{redirectUri}</Code> },
          ]}
        />
      </Disclosure>
    </div>
  )
}
