import type { OktaStep } from './okta-suite.ts'
import crud from './suites/okta-crud.json' with { type: 'json' }
import entitlements from './suites/okta-entitlements.json' with { type: 'json' }
import entitlementsCrud from './suites/okta-entitlements-crud.json' with { type: 'json' }
import spec from './suites/okta-spec.json' with { type: 'json' }

export type Suite = {
  key: string
  title: string
  description: string
  /** How the Okta that the suite drives writes: PATCH (an app of its catalog) or PUT (a private app). */
  dialect: 'oin' | 'aiw'
  steps: readonly OktaStep[]
}

/** The SPEC test reads a user that must be there already; its instructions say to create one by hand. */
const firstUser: OktaStep = {
  step_type: 'request',
  note: 'Prepare: a user for the test to read',
  method: 'POST',
  url: '{{SCIMBaseURL}}/Users',
  headers: {
    Accept: 'application/scim+json',
    'Content-Type': 'application/scim+json; charset=utf-8',
    Authorization: '{{auth}}',
  },
  body: JSON.stringify({
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
    userName: '{{firstEmail}}',
    name: { givenName: 'First', familyName: 'Person' },
    emails: [{ primary: true, value: '{{firstEmail}}', type: 'work' }],
    active: true,
  }),
  assertions: [{ comparison: 'equal_number', source: 'response_status', value: 201 }],
}

/** Okta's own tests, in the order in which a self-test runs them. */
export const SUITES: readonly Suite[] = [
  {
    key: 'spec',
    title: 'SPEC test',
    description: 'Reads, creates and refuses in the forms that Okta’s connector depends on.',
    dialect: 'oin',
    steps: [firstUser, ...spec.steps],
  },
  {
    key: 'crud-catalog',
    title: 'CRUD test, app of the catalog',
    description:
      'An Okta org assigns, changes, deactivates and reactivates a person; writes arrive as PATCH.',
    dialect: 'oin',
    steps: crud.steps,
  },
  {
    key: 'crud-private',
    title: 'CRUD test, private app',
    description:
      'The same by an app of the App Integration Wizard; writes arrive as PUT of the whole resource.',
    dialect: 'aiw',
    steps: crud.steps,
  },
  {
    key: 'entitlements',
    title: 'Entitlements test',
    description: 'Okta discovers the roles that it may assign.',
    dialect: 'oin',
    // Okta's own note is an instruction for whoever copies the step.
    steps: entitlements.steps.map((step) => ({ ...step, note: 'Read the roles that Okta may assign' })),
  },
  {
    key: 'entitlements-crud',
    title: 'CRUD test with entitlements',
    description: 'The CRUD test of an app for which Okta manages entitlements.',
    dialect: 'oin',
    steps: entitlementsCrud.steps,
  },
]

/** The steps that send something; Okta's pauses, which wait for its org, are replaced by waiting for it. */
export function requestSteps(suite: Suite): OktaStep[] {
  return suite.steps.filter((step) => step.step_type === 'request')
}

/** Okta's notes begin with "Required Test: " or "Optional Test: ", or with nothing, which is required. */
export function titleOf({ note = '' }: OktaStep): { title: string; required: boolean } {
  const title = note
    .replace(/^(Required|Optional) Test:\s*/, '')
    .replace(/\{(\{\w+\})\}/g, '$1')
    .trim()
  return { title: title.charAt(0).toUpperCase() + title.slice(1), required: !note.startsWith('Optional') }
}

/** What a suite is going to do, step by step. */
export function plannedSteps(suite: Suite): { title: string; required: boolean }[] {
  return requestSteps(suite).map(titleOf)
}
