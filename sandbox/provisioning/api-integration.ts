import { randomBytes } from 'node:crypto'
import { keepIntegration, setEnabled } from '../org/apps.ts'
import { logEvent } from '../org/log.ts'
import { getApp, type Org, OrgError } from '../org/org.ts'
import type { App, Integration, ToApp } from '../org/state.ts'
import { OperationError, ScimCallError } from '../scim-client/call.ts'
import { authorizationUrl } from '../scim-client/oauth.ts'
import { testCredentials } from '../scim-client/test-credentials.ts'
import { exchangeCode } from './access-token.ts'
import { connect, type Pace } from './connector.ts'

const AUTHORIZATION_LIFE_MILLISECONDS = 30 * 60 * 1000

/** The verbs behind *Configure API Integration*. */

/** *Authenticate with {app}*: remembers the request and gives the address to send the browser to. */
export function beginAuthorization(org: Org, app: App, origin: string): string {
  if (app.integration.mode !== 'oauth2') throw new OrgError('Choose OAuth 2 as the authentication mode.')
  const redirectUri = callbackUrl(origin, app)
  const state = randomBytes(24).toString('base64url')
  const codeVerifier = app.integration.pkce ? randomBytes(32).toString('base64url') : ''
  app.pendingAuthorization = { state, redirectUri, codeVerifier, createdAt: org.now().toISOString() }
  org.changed()
  return authorizationUrl(app.integration, redirectUri, state, codeVerifier || undefined)
}

/** Okta's redirect URI, on the sandbox's own origin. */
export function callbackUrl(origin: string, app: App): string {
  return `${origin}/admin/app/cpc/${app.name}/oauth/callback`
}

export type Callback = { code?: string; state?: string; error?: string; errorDescription?: string }

/** The app that the callback's `state` belongs to; each state is taken once. */
export function takeAuthorization(org: Org, appName: string, state: string | undefined): App {
  const app = org.state.apps.find(
    (candidate) => candidate.name === appName && candidate.pendingAuthorization?.state === state,
  )
  if (app === undefined || state === undefined || state === '') {
    throw new OrgError('The state of this response does not match a request of this org. Authenticate again.')
  }
  return app
}

export async function finishAuthorization(org: Org, app: App, callback: Callback, pace: Pace): Promise<void> {
  const pending = app.pendingAuthorization
  app.pendingAuthorization = null
  org.changed()
  if (pending === null) throw new OrgError('Authenticate again.')
  if (callback.error !== undefined) {
    const description = callback.errorDescription ? `: ${callback.errorDescription}` : ''
    logEvent(org, 'application.integration.authentication_failure', `${callback.error}${description}`, {
      appId: app.id,
      outcome: 'FAILURE',
      target: app.label,
    })
    throw new OrgError(`${app.label} did not authorize Okta. ${callback.error}${description}`)
  }
  const age = org.now().getTime() - Date.parse(pending.createdAt)
  if (age > AUTHORIZATION_LIFE_MILLISECONDS)
    throw new OrgError('The request took too long. Authenticate again.')
  if (!callback.code) throw new OrgError(`${app.label} answered without an authorization code.`)
  await exchangeCode(
    org,
    app,
    callback.code,
    pending.redirectUri,
    pending.codeVerifier,
    pace.timeoutMilliseconds,
  )
}

/** *Test API Credentials*. Gives the error in Okta's words, or an empty text. */
export async function testApp(org: Org, app: App, pace: Pace): Promise<string> {
  try {
    await testCredentials(connect(org, app, pace), app.integration.actions.importGroups)
    return ''
  } catch (error) {
    if (!(error instanceof OperationError || error instanceof ScimCallError)) throw error
    logEvent(org, 'application.integration.authentication_failure', error.message, {
      appId: app.id,
      outcome: 'FAILURE',
      target: app.label,
    })
    return error.message
  }
}

/** *Save* of the API integration: tested first, and only then enabled. */
export async function saveIntegration(
  org: Org,
  appId: string,
  enabled: boolean,
  integration: Integration,
  pace: Pace,
): Promise<void> {
  if (!enabled) {
    getApp(org, appId).integration = integration
    setEnabled(org, appId, false)
    return
  }
  const app = keepIntegration(org, appId, integration)
  if (integration.mode === 'oauth2' && app.tokens === null) {
    throw new OrgError(`Authenticate with ${app.label} before saving.`)
  }
  const failure = await testApp(org, app, pace)
  if (failure !== '') throw new OrgError(`${app.label} could not be verified. ${failure}`)
  setEnabled(org, appId, true)
}

/** *Save* of *To App*, which sends the test requests once more. */
export async function saveToApp(org: Org, appId: string, toApp: ToApp, pace: Pace): Promise<void> {
  const app = getApp(org, appId)
  if (!app.enabled) throw new OrgError('Enable API integration first.')
  const failure = await testApp(org, app, pace)
  if (failure !== '') throw new OrgError(`${app.label} could not be verified. ${failure}`)
  app.toApp = toApp
  logEvent(org, 'application.configuration.update', 'Update provisioning to app', {
    appId,
    target: app.label,
  })
  org.changed()
}
