import { pool } from '#lib/db/pool'
import { inTransaction } from '#lib/db/transaction'
import { announce } from '#lib/live/announce'
import { newId } from '#lib/platform/ids'
import type { SelfTestOutcome, StepResult } from './self-test-types.ts'

export type SelfTestRun = {
  id: string
  startedBy: string
  startedAt: Date
  finishedAt: Date | null
  /** `interrupted`: the process that ran it is gone. Null while it runs. */
  outcome: SelfTestOutcome | 'interrupted' | null
  problem: string | null
  scimBaseUrl: string | null
  steps: StepResult[]
}

/** A run that has given no sign of life for so long has ended with its process. */
const ALIVE_WITHIN_MILLISECONDS = 60_000
const KEPT_RUNS = 5

/** The pool gives JSON as text. */
type Row = Omit<SelfTestRun, 'outcome' | 'steps'> & {
  outcome: SelfTestOutcome | null
  aliveAt: Date
  steps: string
}

/**
 * Begins a run, unless one of the team is under way: then that one is given. One at a time, over all processes.
 */
export async function beginRun(given: {
  teamId: string
  connectionId: string
  startedBy: string
  now: number
}): Promise<{ id: string; begun: boolean }> {
  const { teamId, connectionId, startedBy, now } = given
  const run = await inTransaction(async (tx) => {
    await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended('muster.self-test.' || $1, 0))`, [teamId])
    const { rows } = await tx.query<{ id: string }>(
      'SELECT id FROM self_test_run WHERE team_id = $1 AND finished_at IS NULL AND alive_at > $2 LIMIT 1',
      [teamId, new Date(now - ALIVE_WITHIN_MILLISECONDS)],
    )
    if (rows[0]) return { id: rows[0].id, begun: false }
    const id = newId(now)
    await tx.query(
      `INSERT INTO self_test_run (team_id, id, connection_id, started_by, started_at, alive_at)
       VALUES ($1, $2, $3, $4, $5, $5)`,
      [teamId, id, connectionId, startedBy, new Date(now)],
    )
    await tx.query(
      `DELETE FROM self_test_run WHERE team_id = $1 AND connection_id = $2 AND id IN (
         SELECT id FROM self_test_run WHERE team_id = $1 AND connection_id = $2 ORDER BY id DESC OFFSET $3)`,
      [teamId, connectionId, KEPT_RUNS],
    )
    return { id, begun: true }
  })
  announce(teamId, 'connections')
  return run
}

export async function recordTarget(teamId: string, id: string, url: string, note?: string): Promise<void> {
  await pool().query(
    'UPDATE self_test_run SET scim_base_url = $3, problem = $4 WHERE team_id = $1 AND id = $2',
    [teamId, id, url, note ?? null],
  )
}

export async function recordStep(teamId: string, id: string, step: StepResult, now: number): Promise<void> {
  await pool().query(
    'UPDATE self_test_run SET steps = steps || $3::jsonb, alive_at = $4 WHERE team_id = $1 AND id = $2',
    [teamId, id, storable([step]), new Date(now)],
  )
  announce(teamId, 'connections')
}

export async function finishRun(
  teamId: string,
  id: string,
  outcome: SelfTestOutcome,
  now: number,
  problem?: string,
): Promise<void> {
  await pool().query(
    `UPDATE self_test_run SET outcome = $3, finished_at = $4, problem = coalesce($5, problem)
     WHERE team_id = $1 AND id = $2`,
    [teamId, id, outcome, new Date(now), problem ?? null],
  )
  announce(teamId, 'connections')
}

/** The latest run for a connection, with all its steps so far. */
export async function latestRun(
  teamId: string,
  connectionId: string,
  now: number,
): Promise<SelfTestRun | undefined> {
  const { rows } = await pool().query<Row>(
    `SELECT id, started_by AS "startedBy", started_at AS "startedAt", finished_at AS "finishedAt", outcome, problem,
       scim_base_url AS "scimBaseUrl", steps, alive_at AS "aliveAt"
     FROM self_test_run WHERE team_id = $1 AND connection_id = $2 ORDER BY id DESC LIMIT 1`,
    [teamId, connectionId],
  )
  if (!rows[0]) return undefined
  const { aliveAt, ...run } = rows[0]
  const gone = run.finishedAt === null && aliveAt.getTime() < now - ALIVE_WITHIN_MILLISECONDS
  return {
    ...run,
    outcome: gone ? 'interrupted' : run.outcome,
    steps: JSON.parse(run.steps) as StepResult[],
  }
}

/** PostgreSQL's jsonb holds no NUL and no half of a surrogate pair; a server's answer may hold anything. */
function storable(steps: StepResult[]): string {
  return JSON.stringify(steps, (_, value) =>
    typeof value === 'string' ? value.replaceAll('\0', '\ufffd').toWellFormed() : value,
  )
}
