import { oktaApi } from '../../sandbox/api/okta-api.ts'
import { addApp } from '../../sandbox/org/apps.ts'
import { emptyOrg, type Org } from '../../sandbox/org/org.ts'
import { saveIntegration, saveToApp } from '../../sandbox/provisioning/api-integration.ts'
import { startRunner } from '../../sandbox/provisioning/runner.ts'
import type { StepExchange } from './self-test-types.ts'

/** An Okta org as a suite drives it: by Okta's API, and then by waiting until all that it set off is done. */
export type OktaOrg = {
  url: string
  appId: string
  send(url: string, init: RequestInit): Promise<Response>
  /** Waits until nothing is queued: what was sent to the SCIM server meanwhile, and what Okta's admin reads in Tasks. */
  settle(): Promise<{ exchanges: StepExchange[]; problems: string[] }>
  close(): Promise<void>
}

const PACE = { timeoutMilliseconds: 20_000, pauseMilliseconds: 0, clockSpeed: 1 }
const SETTLE_MILLISECONDS = 30_000
const URL = 'https://okta.self-test.invalid'

/** The sandbox's org, in memory, with one app that is connected to a SCIM server. Throws when that cannot be reached. */
export async function openOktaOrg(given: {
  dialect: 'oin' | 'aiw'
  scimBaseUrl: string
  token: string
}): Promise<OktaOrg> {
  const org: Org = { state: emptyOrg(new Date()), now: () => new Date(), changed: () => runner.wake() }
  const runner = startRunner(org, PACE)
  const app = addApp(org, { label: 'Muster', name: 'muster_selftest', dialect: given.dialect })
  await saveIntegration(
    org,
    app.id,
    true,
    { ...app.integration, baseUrl: given.scimBaseUrl, mode: 'header', headerToken: given.token },
    PACE,
  )
  const features = {
    createUsers: true,
    updateUserAttributes: true,
    deactivateUsers: true,
    syncPassword: false,
  }
  await saveToApp(org, app.id, features, PACE)
  let seen = org.state.nextLogId
  return {
    url: URL,
    appId: app.id,
    send: async (url, init) => oktaApi({ org }).request(url, init),
    async settle() {
      const idle = await runner.idle(SETTLE_MILLISECONDS)
      const entries = org.state.log.filter((entry) => entry.id >= seen)
      seen = org.state.nextLogId
      const exchanges = entries.flatMap(({ http }) => (http ? [{ by: 'okta' as const, ...http }] : []))
      const problems = app.tasks.map((task) => task.message)
      app.tasks = []
      if (!idle) problems.push(`Okta was not done within ${SETTLE_MILLISECONDS / 1000} seconds.`)
      return { exchanges: exchanges.map(shown), problems }
    },
    close: () => runner.stop(),
  }
}

function shown(http: StepExchange): StepExchange {
  const { by, method, url, requestHeaders, requestBody, status, responseBody, milliseconds } = http
  return { by, method, url, requestHeaders, requestBody, status, responseBody, milliseconds }
}
