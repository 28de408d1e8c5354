import { setTimeout as delay } from 'node:timers/promises'
import { createServiceUser } from '#lib/connections/create-service-user'
import { pool } from '#lib/db/pool'
import {
  createScratchTeam,
  removeScratchTeam,
  removeStaleScratchTeams,
} from '#lib/directory/teams/scratch-team'
import { openOktaOrg } from './okta-org.ts'
import { runSuite } from './run-suite.ts'
import type { SelfTestOutcome, StepResult } from './self-test-types.ts'
import { SUITES } from './suites.ts'

const LONGEST_MILLISECONDS = 10 * 60_000
/** Exchanges are written a moment after their answers. */
const WRITTEN_WITHIN_MILLISECONDS = 3_000

/**
 * Runs Okta's SPEC, CRUD and entitlements tests over HTTP against the server at `scimBaseUrl`, which works on this
 * database, in a scratch team that is removed again. Throws when the team cannot be made or the server not be reached.
 */
export async function runSelfTest(
  scimBaseUrl: string,
  onStep: (result: StepResult) => Promise<void>,
): Promise<SelfTestOutcome> {
  const began = Date.now()
  await removeStaleScratchTeams(began)
  const team = await createScratchTeam('Self-test', new Date(began + LONGEST_MILLISECONDS))
  let failed = false
  try {
    const { token } = await createServiceUser({
      teamId: team.id,
      name: 'self-test',
      createdBy: 'self-test',
      expiresAt: new Date(began + LONGEST_MILLISECONDS),
    })
    for (const suite of SUITES) {
      const org = await openOktaOrg({ dialect: suite.dialect, scimBaseUrl, token })
      try {
        await runSuite(suite, { scimBaseUrl, token, org }, async (result) => {
          failed ||= result.required && !result.passed
          await onStep(result)
        })
      } finally {
        await org.close()
      }
    }
  } finally {
    await allRecorded(team.id)
    await removeScratchTeam(team.id)
  }
  return failed ? 'failed' : 'passed'
}

/** Waits until no more exchanges of the team arrive, so that none is written after it is gone. */
async function allRecorded(teamId: string): Promise<void> {
  const count = async () =>
    (
      await pool().query<{ n: number }>('SELECT count(*)::int AS n FROM exchange WHERE team_id = $1', [
        teamId,
      ])
    ).rows[0]?.n ?? 0
  const end = Date.now() + WRITTEN_WITHIN_MILLISECONDS
  for (let before = -1, now = await count(); now !== before && Date.now() < end; ) {
    before = now
    await delay(250)
    now = await count()
  }
}
