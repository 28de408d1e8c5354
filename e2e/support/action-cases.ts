import { Fields } from './person.ts'
import type { Ids } from './two-teams.ts'

/** How to call a server action of a team. `makes`: something, whose id the others then use. */
export type ActionCase = {
  kind: 'makes' | 'changes' | 'reads'
  args: (slug: string, ids: Ids) => unknown[]
}

const URN = 'urn:ietf:params:scim:schemas:extension:beta:2.0:User'
const SCHEMA = JSON.stringify({
  id: URN,
  name: 'Beta',
  attributes: [{ name: 'badge', type: 'string', multiValued: false, required: false }],
})
const makes = (args: ActionCase['args']): ActionCase => ({ kind: 'makes', args })
const changes = (args: ActionCase['args']): ActionCase => ({ kind: 'changes', args })
const reads = (args: ActionCase['args']): ActionCase => ({ kind: 'reads', args })
const none = () => new Fields({})
const ADDED = 'https://beta.example/callback'
const ofServiceUser = (more: (ids: Ids) => unknown[]): ActionCase =>
  changes((slug, ids) => [slug, ids.serviceUser, ...more(ids)])

/** Every server action of a team, in an order in which Beta's owner can do them all. */
export const TEAM_ACTIONS: Record<string, ActionCase> = {
  'users/actions.ts#addUser': makes((slug) => [
    slug,
    {},
    new Fields({ userName: 'uma@beta.example', email: 'uma@beta.example', displayName: 'Uma' }),
  ]),
  'groups/actions.ts#addGroup': makes((slug) => [slug, {}, new Fields({ displayName: 'Beta engineers' })]),
  'roles/actions.ts#addRole': makes((slug) => [
    slug,
    {},
    new Fields({ name: 'beta_role', displayName: 'Beta role', description: '' }),
  ]),
  'roles/actions.ts#addRule': makes((slug, { role }) => [
    slug,
    {},
    new Fields({ match: 'exact', pattern: 'Beta engineers', roleId: role }),
  ]),
  'connections/clients/actions.ts#registerClient': makes((slug) => [
    slug,
    {},
    new Fields({ name: 'Okta of Beta', appName: 'beta_muster_1' }),
  ]),
  'connections/service-users/actions.ts#makeServiceUser': makes((slug) => [
    slug,
    {},
    new Fields({ name: 'beta-by-hand' }),
  ]),
  'settings/actions.ts#addSchema': makes((slug) => [slug, {}, new Fields({ definition: SCHEMA })]),
  'settings/members/actions.ts#invite': makes((slug) => [
    slug,
    {},
    new Fields({ email: 'ivy@beta.example', role: 'reviewer' }),
  ]),

  'frame-actions.ts#searchTeam': reads((slug) => [slug, 'beta']),
  'settings/actions.ts#saveTeam': changes((slug) => [slug, {}, new Fields({ name: 'Beta too' })]),
  'groups/actions.ts#addMember': changes((slug, { group }) => [
    slug,
    group,
    {},
    new Fields({ userName: 'uma@beta.example' }),
  ]),
  'groups/actions.ts#removeMember': changes((slug, { group, user }) => [slug, group, user]),
  'groups/actions.ts#renameGroup': changes((slug, { group }) => [
    slug,
    group,
    {},
    new Fields({ displayName: 'Beta builders' }),
  ]),
  'groups/actions.ts#grantToGroup': changes((slug, { group, role }) => [
    slug,
    group,
    {},
    new Fields({ roleId: role }),
  ]),
  'groups/actions.ts#revokeFromGroup': changes((slug, { group, role }) => [slug, group, role]),
  'roles/actions.ts#grantByName': changes((slug, { role }) => [
    slug,
    role,
    {},
    new Fields({ group: 'Beta builders' }),
  ]),
  'groups/actions.ts#removeGroup': changes((slug, { group }) => [slug, group]),
  'users/actions.ts#setUserActive': changes((slug, { user }) => [slug, user, false]),
  'users/actions.ts#changeUser': changes((slug, { user }) => [
    slug,
    user,
    {},
    new Fields({ userName: 'uma@beta.example', displayName: 'Uma, renamed' }),
  ]),
  'users/actions.ts#removeUser': changes((slug, { user }) => [slug, user]),
  'roles/actions.ts#changeRole': changes((slug, { role }) => [
    slug,
    role,
    {},
    new Fields({ displayName: 'Beta role, renamed', description: '' }),
  ]),
  'roles/actions.ts#removeRule': changes((slug, { rule }) => [slug, rule]),
  'roles/actions.ts#removeRole': changes((slug, { role }) => [slug, role]),
  'settings/actions.ts#dropSchema': changes((slug) => [slug, URN]),
  'settings/members/actions.ts#withdrawInvitation': changes((slug, { invitation }) => [
    slug,
    invitation,
    {},
    none(),
  ]),
  'settings/members/actions.ts#changeRole': changes((slug, { member }) => [
    slug,
    member,
    {},
    new Fields({ role: 'admin' }),
  ]),
  'settings/members/actions.ts#removeMember': changes((slug, { member }) => [slug, member, {}, none()]),
  'connections/clients/actions.ts#rename': changes((slug, { client }) => [
    slug,
    client,
    {},
    new Fields({ name: 'Okta of Beta, renamed' }),
  ]),
  'connections/clients/actions.ts#addUris': changes((slug, { client }) => [
    slug,
    client,
    {},
    new Fields({ redirectUri: ADDED }),
  ]),
  'connections/clients/actions.ts#removeUri': changes((slug, { client }) => [slug, client, ADDED]),
  'connections/clients/actions.ts#newSecret': changes((slug, { client }) => [slug, client, {}, none()]),
  'connections/clients/actions.ts#endSecret': changes((slug, { client, secret }) => [slug, client, secret]),
  'connections/clients/actions.ts#connect': changes((slug, { client }) => [
    slug,
    client,
    {},
    new Fields({ name: 'beta-credentials' }),
  ]),
  'connections/clients/actions.ts#toggleClient': changes((slug, { client }) => [slug, client, true]),
  'connections/[id]/self-test/actions.ts#runSelfTest': changes((slug, { connection }) => [slug, connection]),
  'connections/service-users/actions.ts#rename': ofServiceUser(() => [
    {},
    new Fields({ name: 'beta-renamed' }),
  ]),
  'connections/service-users/actions.ts#makeToken': ofServiceUser(() => [{}, none()]),
  'connections/service-users/actions.ts#expireOne': ofServiceUser(({ token }) => [token]),
  'connections/service-users/actions.ts#expireAll': ofServiceUser(() => []),
  'connections/service-users/actions.ts#setDisabled': ofServiceUser(() => [true]),
  'connections/actions.ts#endConnection': changes((slug, { connection }) => [slug, connection]),
  'connections/service-users/actions.ts#remove': ofServiceUser(() => []),
}

/** Server actions that belong to no team, and why they need no case of one. */
export const PERSONAL_ACTIONS: Record<string, 'signed in' | 'anybody'> = {
  'app/(auth)/account/actions.ts#savePassword': 'signed in',
  'app/(auth)/account/actions.ts#signOutOne': 'signed in',
  'app/(auth)/account/actions.ts#signOutOthers': 'signed in',
  'app/(auth)/account/two-step/actions.ts#renewCodes': 'signed in',
  'app/(auth)/account/two-step/actions.ts#turnOff': 'signed in',
  'app/(auth)/account/two-step/actions.ts#turnOn': 'signed in',
  'app/(auth)/teams/new/actions.ts#addTeam': 'signed in',
  // What may be done with them is in the link that one was given.
  'app/(auth)/invite/[token]/actions.ts#accept': 'anybody',
  'app/(auth)/recover/[token]/actions.ts#recover': 'anybody',
  'app/(auth)/setup/actions.ts#setUp': 'anybody',
  // One's own browser, and one's own session if there is one.
  'app/(auth)/account/actions.ts#signOut': 'anybody',
  'app/(auth)/account/actions.ts#signOutEverywhere': 'anybody',
  'app/(dashboard)/[team]/frame-actions.ts#setTheme': 'anybody',
  'app/(dashboard)/[team]/frame-actions.ts#signOut': 'anybody',
}
