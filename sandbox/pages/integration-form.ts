import { html } from 'hono/html'
import type { App } from '../org/state.ts'
import { appUrl } from './apps.ts'
import { checkbox, field, type Html, when } from './layout.ts'

const ACTIONS = [
  ['importUsers', 'Import New Users and Profile Updates'],
  ['pushNewUsers', 'Push New Users'],
  ['pushProfileUpdates', 'Push Profile Updates'],
  ['pushGroups', 'Push Groups'],
  ['importGroups', 'Import Groups'],
] as const

const MODES = [
  ['basic', 'Basic Auth'],
  ['header', 'HTTP Header'],
  ['oauth2', 'OAuth 2'],
] as const

/** The form behind *Configure API Integration*. Its parts show and hide by style alone. */
export function integrationForm(app: App, ticked: boolean): Html {
  const { integration } = app
  const base = appUrl(app, 'provisioning')
  // Whoever comes back from authenticating finds the box still ticked.
  const enabled = app.enabled || ticked || app.tokens !== null
  const catalog = app.dialect === 'oin'
  const connection = connectionFields(app)
  // A catalog app knows its connection from its entry in the Okta Integration Network; a private one asks for it here.
  const entry = html`<details class="more" ${integration.baseUrl === '' ? 'open' : ''}><summary>Catalog entry: what the app’s publisher gave Okta</summary>${connection}</details>`
  return html`<form method="post" action="${base}/integration" class="card integration">
<h2>Integration</h2>
<label class="check enable"><input type="checkbox" name="enabled" value="on" ${enabled ? 'checked' : ''}><span>Enable API integration</span></label>
<div class="when-enabled">
<p>Enter your ${app.label} credentials to enable user import and provisioning features.</p>
${catalog ? entry : connection}
<div class="mode bare oauth2">
<p><button class="primary" name="do" value="authenticate">Authenticate with ${app.label}</button></p>
${app.tokens === null ? '' : html`<p class="tick on">${app.label} was authenticated successfully</p>`}
</div>
<p><button class="plain" name="do" value="test">${catalog ? 'Test API Credentials' : 'Test Connector Configuration'}</button></p>
</div>
<div class="actions"><button class="primary" name="do" value="save">Save</button><a href="${base}">Cancel</a></div>
</form>`
}

/** Where the app's SCIM server is, and how Okta gets in. */
function connectionFields(app: App): Html {
  const { integration } = app
  const keep = 'Left empty, the stored one is kept.'
  return html`${field('baseUrl', 'SCIM connector base URL', integration.baseUrl, { type: 'url' })}
<div class="field"><label for="uniqueIdentifier">Unique identifier field for users</label><select id="uniqueIdentifier" name="uniqueIdentifier">
<option value="userName" ${integration.uniqueIdentifier === 'userName' ? 'selected' : ''}>userName</option>
<option value="email" ${integration.uniqueIdentifier === 'email' ? 'selected' : ''}>email</option></select></div>
<fieldset><legend>Supported provisioning actions</legend>${ACTIONS.map(([key, text]) => checkbox(key, text, integration.actions[key]))}</fieldset>
<fieldset class="modes"><legend>Authentication mode</legend>${MODES.map(
    ([key, text]) =>
      html`<label class="check"><input type="radio" name="mode" value="${key}" ${integration.mode === key ? 'checked' : ''}><span>${text}</span></label>`,
  )}</fieldset>
<div class="mode basic"><h3>Basic Auth</h3>${field('basicUsername', 'Username', integration.basicUsername)}${field('basicPassword', 'Password', '', { type: 'password', hint: keep, autocomplete: 'new-password' })}</div>
<div class="mode header"><h3>HTTP Header</h3>${field('headerToken', 'Authorization: Bearer', '', { type: 'password', hint: `Paste the token without “Bearer”. ${keep}`, autocomplete: 'new-password' })}</div>
<div class="mode oauth2"><h3>OAuth 2</h3>
${field('tokenEndpoint', 'Access token endpoint URI', integration.tokenEndpoint, { type: 'url' })}
${field('authorizationEndpoint', 'Authorization endpoint URI', integration.authorizationEndpoint, { type: 'url' })}
${field('clientId', 'Client ID', integration.clientId)}
${field('clientSecret', 'Client Secret', '', { type: 'password', hint: integration.clientSecret === '' ? 'Shown once by the app when it was made.' : keep, autocomplete: 'new-password' })}
${field('scopes', 'Scopes (optional)', integration.scopes)}
<details class="more"><summary>What Okta does not document</summary>
<fieldset><legend>Client authentication</legend>
<label class="check"><input type="radio" name="clientAuthentication" value="basic" ${integration.clientAuthentication === 'basic' ? 'checked' : ''}><span>Basic header</span></label>
<label class="check"><input type="radio" name="clientAuthentication" value="body" ${integration.clientAuthentication === 'body' ? 'checked' : ''}><span>Request body</span></label></fieldset>
${checkbox('pkce', 'PKCE (S256)', integration.pkce)}</details></div>`
}

/** What is saved, without its secrets. */
export function integrationSummary(app: App): Html {
  const { integration } = app
  const chosen = ACTIONS.map(
    ([key, text]) =>
      html`<li><span class="tick ${integration.actions[key] ? 'on' : 'off'}">${integration.actions[key] ? 'Selected' : 'Not selected'}</span><div>${text}</div></li>`,
  )
  return html`<section class="card"><div class="title"><h2>Integration</h2><a class="button plain" href="${appUrl(app, 'provisioning')}?section=integration&amp;edit=1">Edit</a></div>
<p class="tick on">API integration is enabled</p>
<dl><dt>SCIM connector base URL</dt><dd><code>${integration.baseUrl}</code></dd>
<dt>Unique identifier field for users</dt><dd>${integration.uniqueIdentifier}</dd>
<dt>Authentication mode</dt><dd>${MODES.find(([key]) => key === integration.mode)?.[1] ?? ''}</dd>
${integration.mode === 'oauth2' ? html`<dt>Client ID</dt><dd><code>${integration.clientId}</code></dd><dt>Authenticated</dt><dd>${when(app.authenticatedAt)}</dd><dt>Access token until</dt><dd>${when(app.tokens?.expiresAt ?? '')}</dd>` : ''}
<dt>Verified</dt><dd>${when(app.verifiedAt)}</dd></dl>
<h3>Supported provisioning actions</h3><ul class="features">${chosen}</ul></section>`
}
