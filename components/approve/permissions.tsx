import { Check, TriangleAlert, X } from 'lucide-react'

const can = [
  { words: 'Create, update and deactivate users', risky: true },
  { words: 'Create, rename and delete groups, and change who is in them', risky: true },
  { words: 'Read users, groups and roles', risky: false },
]
const cannot = ['See passwords', 'Sign in as people', 'Change this team’s settings or members']

/** What approving allows, in plain words; and what it never does. */
export function Permissions({ client }: { client: string }) {
  return (
    <div className="rounded-lg border text-sm">
      <div className="px-4 py-3">
        <h2 className="font-semibold">{client} will be able to</h2>
        <ul className="mt-2 grid gap-1.5">
          {can.map((item) => (
            <li key={item.words} className="flex items-start gap-2.5">
              <Check aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-success" />
              <span>
                {item.words}
                {item.risky && (
                  <span className="ml-1.5 inline-flex items-center align-text-bottom gap-1 whitespace-nowrap text-warning text-xs">
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
    </div>
  )
}
