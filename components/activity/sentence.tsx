import type { Actor } from './activity-table.tsx'

/** “okta-provisioning deactivated Ana Silva”: who, what, and whom, the names set apart from the verb. */
export function Sentence({ actor, sentence, object }: { actor: Actor; sentence: string; object?: string }) {
  const at = object ? sentence.lastIndexOf(object) : -1
  return (
    <>
      <span className="font-medium">{actor.name}</span>{' '}
      {at < 0 || !object ? (
        <span className="text-fg-muted">{sentence}</span>
      ) : (
        <>
          <span className="text-fg-muted">{sentence.slice(0, at)}</span>
          <span className="font-medium">{object}</span>
          <span className="text-fg-muted">{sentence.slice(at + object.length)}</span>
        </>
      )}
    </>
  )
}
