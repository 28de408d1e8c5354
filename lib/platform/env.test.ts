import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { ENV_NAMES, type EnvError, readEnv } from './env.ts'

function problems(source: Record<string, string>): string[] {
  try {
    readEnv(source)
  } catch (error) {
    return (error as EnvError).problems
  }
  return []
}

test('nothing needs to be set, and an empty value counts as not set', () => {
  expect(readEnv({})).toMatchObject({
    HOST: '127.0.0.1',
    PORT: 3000,
    PUBLIC_URL: 'http://localhost:3000',
    TRUST_PROXY: false,
  })
  expect(readEnv({ PORT: '', PUBLIC_URL: '' })).toEqual(readEnv({}))
})

test('the public address follows the port, and loses a closing slash', () => {
  expect(readEnv({ PORT: '8080' }).PUBLIC_URL).toBe('http://localhost:8080')
  expect(readEnv({ PUBLIC_URL: 'https://muster.example/' }).PUBLIC_URL).toBe('https://muster.example')
})

test.each(['https://muster.example/scim', 'https://muster.example?x=1', 'https://a:b@muster.example'])(
  'the public address is an origin alone, as an issuer must be: %s',
  (PUBLIC_URL) =>
    expect(problems({ PUBLIC_URL })).toEqual([
      'PUBLIC_URL must be an origin alone, for example https://muster.example',
    ]),
)

test('everything that is wrong is listed at once, each by its name', () => {
  expect(
    problems({
      PORT: 'eighty',
      PUBLIC_URL: 'muster.example',
      TRUST_PROXY: 'yes',
      LOG_LEVEL: 'loud',
      DATABASE_URL: 'mysql://db/muster',
      OIDC_ISSUER: 'https://idp.example',
    }),
  ).toEqual([
    'PORT must be a whole number from 0 to 65535',
    'PUBLIC_URL must be an http:// or https:// address',
    'TRUST_PROXY must be 1 or 0',
    'DATABASE_URL must begin with postgres:// or postgresql://',
    'LOG_LEVEL must be one of trace, debug, info, warn, error, fatal, silent',
    'OIDC_CLIENT_ID and OIDC_CLIENT_SECRET must be set as well: OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET belong together',
    'MUSTER_SECRET is required with DATABASE_URL, the same for every process (for example: openssl rand -hex 32)',
  ])
})

describe('a number out of bounds or not whole is refused', () => {
  test.each(['-1', '65536', '80.5', 'Infinity'])('PORT=%s', (PORT) => {
    expect(problems({ PORT })).toEqual(['PORT must be a whole number from 0 to 65535'])
  })
})

test('a short secret is refused; a database of one’s own works with a long one', () => {
  const DATABASE_URL = 'postgres://db/muster'
  expect(problems({ DATABASE_URL, MUSTER_SECRET: 'short' })).toEqual([
    'MUSTER_SECRET must have at least 32 characters',
  ])
  expect(readEnv({ DATABASE_URL, MUSTER_SECRET: 'x'.repeat(32) })).toMatchObject({ DATABASE_URL })
})

test('.env.example explains every setting, and no other', () => {
  const explained = [...readFileSync('.env.example', 'utf8').matchAll(/^#?([A-Z_]+)=/gm)].map(
    (match) => match[1],
  )
  // Set by how Muster is started, not by the operator.
  expect(explained.sort()).toEqual(ENV_NAMES.filter((name) => name !== 'NODE_ENV').sort())
})
