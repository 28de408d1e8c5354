import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { protocolFetch } from '#lib/http/protocol'
import { testDatabase } from '#tests/database'
import { scimClient } from '#tests/scim-client'
import { fill, readSuite, type Step, valueAt } from './okta/suite.ts'

await testDatabase()
const server = createServer(getRequestListener(protocolFetch, { overrideGlobalObjects: false }))
const variables: Record<string, string> = {}

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const okta = await scimClient('Okta')
  // The suite reads a first user that must be there; its own text says to create one.
  await okta.call('POST', '/Users', {
    userName: 'first@example.com',
    name: { givenName: 'First', familyName: 'User' },
    emails: [{ primary: true, value: 'first@example.com', type: 'work' }],
    active: true,
  })
  Object.assign(variables, {
    SCIMBaseURL: `http://127.0.0.1:${(server.address() as AddressInfo).port}/scim/v2`,
    auth: `Bearer ${okta.token}`,
    InvalidUserEmail: 'nobody@example.com',
    UserIdThatDoesNotExist: '010101001010101011001010101011',
    randomEmail: 'runscope300jdyaqo2te@atko.com',
    randomUsername: 'Runscope300Jdyaqo2te@atko.com',
    randomUsernameCaps: 'RUNSCOPE300JDYAQO2TE@ATKO.COM',
    randomGivenName: 'Runscope',
    randomFamilyName: 'Jdyaqo',
    EntitlementEndpoint: '/Roles',
  })
})
afterAll(() => new Promise((resolve) => server.close(resolve)))

/** Sends one step as Okta's runner does, and holds the answer against the step's assertions. */
async function run(step: Step): Promise<void> {
  const headers = Object.fromEntries(
    Object.entries(step.headers).map(([name, values]) => [name, fill(values[0] ?? '', variables)]),
  )
  const url = fill(step.url, variables).replaceAll(' ', '%20').replaceAll('"', '%22')
  const body = step.method === 'GET' ? undefined : fill(bodyOf(step), variables)
  const began = performance.now()
  const response = await fetch(url, { method: step.method, headers, body })
  const took = performance.now() - began
  const json = (await response.json()) as unknown
  for (const { name, property } of step.variables) variables[name] = String(valueAt(json, property))
  expect(step.assertions.length).toBeGreaterThan(0)
  for (const { comparison, source, property = '', value } of step.assertions) {
    const what = `${step.note}: ${source} ${property} ${comparison} ${value}`
    const found =
      source === 'response_status'
        ? response.status
        : source === 'response_time'
          ? took
          : valueAt(json, property)
    const wanted = typeof value === 'string' ? fill(value, variables) : value
    if (comparison === 'equal_number') expect(Number(found), what).toBe(Number(wanted))
    else if (comparison === 'equal') expect(String(found), what).toBe(String(wanted))
    else if (comparison === 'not_empty')
      expect(Array.isArray(found) ? found.length > 0 : found !== undefined && found !== '', what).toBe(true)
    else if (comparison === 'has_value') expect(found, what).toContain(wanted)
    else if (comparison === 'contains') expect(String(found), what).toContain(String(wanted))
    else if (comparison === 'is_a_number') expect(typeof found, what).toBe('number')
    else if (comparison === 'is_less_than') expect(Number(found), what).toBeLessThan(Number(wanted))
    else throw new Error(`unknown comparison ${comparison}`)
  }
}

function bodyOf(step: Step): string {
  return (step as Step & { body?: string }).body ?? step.data
}

for (const suite of ['Okta-SCIM-20-SPEC-Test', 'Okta-SCIM-20-Entitlements-Test'])
  for (const [at, step] of readSuite(suite).entries())
    test(`${suite}, step ${at + 1}: ${step.note}`, () => run(step))
