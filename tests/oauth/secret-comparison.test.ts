import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { constantTimeEqual } from '#lib/oauth/constant-time-equal'

/** RFC 9700 has no rule on timing, RFC 6749 §10.10 and every review have: no secret is compared with `===`. */

const root = path.resolve(import.meta.dirname, '../..')
const SECRET =
  '(?:\\w*(?:[hH]ash|[sS]ecret|[pP]roof|[vV]erifier|[cC]hallenge|[pP]assword|[tT]oken|[cC]srf\\w*|digest|signature)|code)'
/** One side ends in the name of a secret, and the other is not a literal, `undefined` or `null`. */
const PLAIN_COMPARISON = new RegExp(
  `(?:\\b${SECRET}\\)?\\s*[!=]==?\\s*(?!undefined|null|true|false|['"\`\\d])[\\w(])|(?:[\\w)]\\s*[!=]==?\\s*(?:\\w+[.?]+)*${SECRET}(?![\\w.(]))`,
)

function sources(directory: string): string[] {
  return readdirSync(path.join(root, directory), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .map((file) => path.join(directory, file))
}

function comparisons(text: string): string[] {
  return text.split('\n').filter((line) => !/^\s*(?:\*|\/\/|\/\*)/.test(line) && PLAIN_COMPARISON.test(line))
}

test('no secret is compared with an operator that stops at the first difference', () => {
  const files = ['lib/oauth', 'lib/connections', 'lib/auth', 'lib/http'].flatMap(sources)
  expect(files.length).toBeGreaterThan(80)
  const found = files.flatMap((file) =>
    comparisons(readFileSync(path.join(root, file), 'utf8')).map((line) => `${file}: ${line.trim()}`),
  )
  expect(found).toEqual([])
})

test('the look finds what it looks for', () => {
  for (const line of [
    'if (given.secret === client.secret) return',
    'return secretHash !== hashToken(given)',
    'if (proof == expected) {',
    'return s256(verifier) === challenge',
    'if (form.get("proof") !== browser.proof)',
  ])
    expect(comparisons(line)).toEqual([line])
  for (const line of ['if (secret === undefined) return', "parsed?.kind !== 'code'", 'secret.length === 43'])
    expect(comparisons(line)).toEqual([])
})

test('what compares them looks at all of both, whatever their lengths', () => {
  expect(constantTimeEqual('a secret', 'a secret')).toBe(true)
  for (const other of ['', 'a secre', 'a secreT', 'a secret ', 'x']) {
    expect(constantTimeEqual('a secret', other)).toBe(false)
    expect(constantTimeEqual(other, 'a secret')).toBe(false)
  }
  const text = readFileSync(path.join(root, 'lib/oauth/constant-time-equal.ts'), 'utf8')
  expect(text).toContain("import { createHash, timingSafeEqual } from 'node:crypto'")
  expect(text).toContain('return timingSafeEqual(digest(one), digest(other))')
})

test('a client’s secret is checked against a hash whether or not the client exists', () => {
  const text = readFileSync(path.join(root, 'lib/connections/authenticate-client.ts'), 'utf8')
  const compared = text.indexOf('constantTimeEqual(given, secretHash)')
  expect(compared).toBeGreaterThan(0)
  expect(compared).toBeLessThan(
    text.indexOf("throw new OAuthError('invalid_client', 'The client is not registered"),
  )
})
