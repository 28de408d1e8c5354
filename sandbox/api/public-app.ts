import { pushStatus } from '../org/push-groups.ts'
import type { App } from '../org/state.ts'
import { callbackUrl } from '../provisioning/api-integration.ts'

/** An app without its secrets, with what the pages would show. */
export function publicApp(app: App, origin: string) {
  const { clientSecret, headerToken, basicPassword, ...integration } = app.integration
  return {
    ...app,
    integration,
    tokens: undefined,
    pendingAuthorization: undefined,
    authenticated: app.tokens !== null,
    redirectUri: callbackUrl(origin, app),
    pushes: app.pushes.map((push) => ({ ...push, pushStatus: pushStatus(app, push) })),
  }
}
