import { Alert } from '#components/ui/alert'
import { TimeAgo } from '#components/ui/time-ago'

export type SelfTestSummaryFacts = {
  outcome: 'running' | 'passed' | 'failed' | 'error' | 'interrupted'
  done: number
  passed: number
  total: number
  startedBy: string
  startedAt: string
  scimBaseUrl?: string
  problem?: string
}

/** What the latest run came to, or how far the one under way has come. */
export function SelfTestSummary({ facts }: { facts: SelfTestSummaryFacts }) {
  const { outcome, done, passed, total, problem } = facts
  return (
    <div className="grid gap-3">
      {outcome === 'running' ? (
        <div className="grid gap-2 rounded-lg border bg-surface px-4 py-3.5">
          <p role="status" className="font-semibold text-sm">
            Running: {done} of {total} steps
          </p>
          <progress
            aria-label="Steps done"
            value={done}
            max={total}
            className="h-1.5 w-full appearance-none overflow-hidden rounded-full bg-sunken [&::-moz-progress-bar]:bg-accent-solid [&::-webkit-progress-bar]:bg-sunken [&::-webkit-progress-value]:bg-accent-solid"
          />
          <Circumstances facts={facts} />
        </div>
      ) : (
        <Alert tone={tones[outcome]} title={titles[outcome](passed, done)} live>
          {outcome === 'error' && problem && <p>{problem}</p>}
          {outcome === 'interrupted' && (
            <p>The server was stopped while the test ran. Run it again; what it left is removed then.</p>
          )}
          <Circumstances facts={facts} />
        </Alert>
      )}
      {problem && outcome !== 'error' && <Alert tone="warning">{problem}</Alert>}
    </div>
  )
}

const tones = { passed: 'success', failed: 'danger', error: 'danger', interrupted: 'warning' } as const
const titles = {
  passed: (passed: number, done: number) => `Passed: ${passed} of ${done} steps`,
  failed: (passed: number, done: number) =>
    `Failed: ${done - passed} of ${done} steps. Open them to see why.`,
  error: () => 'The test could not be carried through',
  interrupted: () => 'The test was interrupted',
}

function Circumstances({ facts }: { facts: SelfTestSummaryFacts }) {
  return (
    <p className="text-fg-muted text-xs [overflow-wrap:anywhere]">
      Started by {facts.startedBy}, <TimeAgo iso={facts.startedAt} />
      {facts.scimBaseUrl && (
        <>
          , against <span className="font-mono">{facts.scimBaseUrl}</span>
        </>
      )}
    </p>
  )
}
