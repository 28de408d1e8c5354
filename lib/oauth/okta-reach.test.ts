import { expect, test } from 'vitest'
import { oktaReachProblem } from './okta-reach.ts'

test.each([
  ['http://localhost:3000', 'only this machine'],
  ['https://127.0.0.1:3000', 'only this machine'],
  ['http://muster.example.com', 'https:// addresses only'],
  ['https://muster_eu.example.com', 'underscore'],
])('who connects Okta to %s is told what stands against it', (url, reason) => {
  expect(oktaReachProblem(url)).toContain(reason)
  expect(oktaReachProblem(url)).toContain('PUBLIC_URL')
})

test('an https address is good', () => {
  expect(oktaReachProblem('https://muster.example.com:8443')).toBeUndefined()
})
