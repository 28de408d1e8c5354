import { Hono } from 'hono'
import { html } from 'hono/html'
import { keepIntegration } from '../org/apps.ts'
import { OrgError } from '../org/org.ts'
import type { App, Integration } from '../org/state.ts'
import { beginAuthorization, saveIntegration, saveToApp, testApp } from '../provisioning/api-integration.ts'
import { appPage } from './app-frame.ts'
import { appUrl } from './apps.ts'
import { type Form, readForm, type Sandbox } from './context.ts'
import { act, redirectWith } from './flash.ts'
import { integrationForm, integrationSummary } from './integration-form.ts'
import { checkbox, type Html } from './layout.ts'

export function appProvisioningPages(sandbox: Sandbox): Hono<{ Variables: { app: App } }> {
  const { org, pace } = sandbox
  const pages = new Hono<{ Variables: { app: App } }>()

  pages.get('/provisioning', (c) => {
    const app = c.get('app')
    const base = appUrl(app, 'provisioning')
    const edit = c.req.query('edit') !== undefined
    const section = c.req.query('section') ?? (app.enabled ? 'to-app' : 'integration')
    const link = (key: string, text: string) =>
      html`<li><a href="${base}?section=${key}" ${section === key ? html`aria-current="page"` : ''}>${text}</a></li>`
    const content =
      section === 'to-app' && app.enabled
        ? toApp(app, edit)
        : edit
          ? integrationForm(app, c.req.query('ticked') !== undefined)
          : app.enabled
            ? integrationSummary(app)
            : notEnabled(app)
    const body = html`<div class="split"><nav aria-label="Settings"><h2 class="nav-heading">Settings</h2><ul class="sub">${
      app.enabled
        ? html`${link('to-app', 'To App')}<li><a href="${appUrl(app, 'import')}">To Okta</a></li>`
        : ''
    }${link('integration', 'Integration')}</ul></nav><div>${content}</div></div>`
    return appPage(c, sandbox, app, 'provisioning', body)
  })

  pages.post('/provisioning/integration', async (c) => {
    const app = c.get('app')
    const form = await readForm(c)
    const integration = readIntegration(form, app.integration)
    const base = appUrl(app, 'provisioning')
    const editing = `${base}?section=integration&edit=1${form.checked('enabled') ? '&ticked=1' : ''}`
    const verb = form.text('do')
    if (verb === 'authenticate') {
      try {
        keepIntegration(org, app.id, integration)
        return c.redirect(beginAuthorization(org, app, sandbox.origin), 303)
      } catch (error) {
        if (!(error instanceof OrgError)) throw error
        return redirectWith(c, editing, { kind: 'error', text: error.message })
      }
    }
    if (verb === 'test') {
      return act(c, editing, async () => {
        keepIntegration(org, app.id, integration)
        const failure = await testApp(org, app, pace)
        if (failure !== '') throw new OrgError(`${app.label} could not be verified. ${failure}`)
        return app.dialect === 'oin'
          ? `${app.label} was verified successfully!`
          : connectorConfigured(integration)
      })
    }
    const enabled = form.checked('enabled')
    return act(
      c,
      enabled ? `${base}?section=to-app` : base,
      async () => {
        await saveIntegration(org, app.id, enabled, integration, pace)
        return enabled ? 'API integration saved.' : 'API integration is off.'
      },
      editing,
    )
  })

  pages.post('/provisioning/to-app', async (c) => {
    const app = c.get('app')
    const form = await readForm(c)
    const base = `${appUrl(app, 'provisioning')}?section=to-app`
    return act(
      c,
      base,
      async () => {
        await saveToApp(
          org,
          app.id,
          {
            createUsers: form.checked('createUsers'),
            updateUserAttributes: form.checked('updateUserAttributes'),
            deactivateUsers: form.checked('deactivateUsers'),
            syncPassword: form.checked('syncPassword'),
          },
          pace,
        )
        return 'Provisioning to the app was saved.'
      },
      `${base}&edit=1`,
    )
  })

  return pages
}

function notEnabled(app: App): Html {
  return html`<section class="card centre"><h2>Provisioning is not enabled</h2>
<p>Enable provisioning to automate ${app.label} user account creation, deactivation and updates.</p>
<a class="button primary" href="${appUrl(app, 'provisioning')}?section=integration&amp;edit=1">Configure API Integration</a></section>`
}

/** The ticks mean that an action is selected, not that it was tried. */
function connectorConfigured({ actions }: Integration): string {
  const parts: [string, boolean][] = [
    ['User Import', actions.importUsers],
    ['Import Profile Updates', actions.importUsers],
    ['Create Users', actions.pushNewUsers],
    ['Update User Attributes', actions.pushProfileUpdates],
    ['Push Groups', actions.pushGroups],
    ['Import Groups', actions.importGroups],
  ]
  return `Connector configured successfully: ${parts.map(([name, on]) => `${on ? '✓' : '✗'} ${name}`).join(', ')}`
}

const FEATURES = [
  [
    'createUsers',
    'Create Users',
    'Creates or links a user in the app when assigning the app to a user in Okta.',
  ],
  [
    'updateUserAttributes',
    'Update User Attributes',
    'Okta updates a user’s attributes in the app when the app is assigned, and whenever they change.',
  ],
  [
    'deactivateUsers',
    'Deactivate Users',
    'Deactivates a user’s account in the app when it is unassigned in Okta or their Okta account is deactivated.',
  ],
  ['syncPassword', 'Sync Password', 'Sets a randomly generated password in the app when a password changes.'],
] as const

function toApp(app: App, edit: boolean): Html {
  const base = `${appUrl(app, 'provisioning')}`
  if (edit) {
    return html`<form method="post" action="${base}/to-app" class="card"><div class="title"><h2>Provisioning to App</h2></div>
${FEATURES.map(([key, text, hint]) => checkbox(key, text, app.toApp[key], hint))}
<div class="actions"><button class="primary">Save</button><a href="${base}?section=to-app">Cancel</a></div></form>`
  }
  return html`<section class="card"><div class="title"><h2>Provisioning to App</h2><a class="button plain" href="${base}?section=to-app&amp;edit=1">Edit</a></div>
<ul class="features">${FEATURES.map(
    ([key, text, hint]) =>
      html`<li><span class="tick ${app.toApp[key] ? 'on' : 'off'}">${app.toApp[key] ? 'Enabled' : 'Off'}</span><div><strong>${text}</strong><small>${hint}</small></div></li>`,
  )}</ul></section>`
}

/** Secret fields left empty keep what is stored: the page never shows them again. */
function readIntegration(form: Form, before: Integration): Integration {
  const text = form.text
  const mode = text('mode')
  return {
    baseUrl: text('baseUrl'),
    uniqueIdentifier: text('uniqueIdentifier') === 'email' ? 'email' : 'userName',
    actions: {
      importUsers: form.checked('importUsers'),
      pushNewUsers: form.checked('pushNewUsers'),
      pushProfileUpdates: form.checked('pushProfileUpdates'),
      pushGroups: form.checked('pushGroups'),
      importGroups: form.checked('importGroups'),
    },
    mode: mode === 'header' || mode === 'basic' ? mode : 'oauth2',
    pkce: form.checked('pkce'),
    headerToken: text('headerToken') || before.headerToken,
    basicUsername: text('basicUsername'),
    basicPassword: text('basicPassword') || before.basicPassword,
    authorizationEndpoint: text('authorizationEndpoint'),
    tokenEndpoint: text('tokenEndpoint'),
    clientId: text('clientId'),
    clientSecret: text('clientSecret') || before.clientSecret,
    scopes: text('scopes'),
    clientAuthentication: text('clientAuthentication') === 'body' ? 'body' : 'basic',
  }
}
