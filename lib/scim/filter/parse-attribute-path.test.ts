import { describe, expect, test } from 'vitest'
import { parseAttributePath } from './parse-attribute-path.ts'

describe('attribute paths (RFC 7644 §3.10)', () => {
  test.each([
    ['name', { name: 'name' }],
    ['name.givenName', { name: 'name', sub: 'givenName' }],
    ['$ref', { name: '$ref' }],
    ['urn:a:b:2.0:User:x.y', { uri: 'urn:a:b:2.0:User', name: 'x', sub: 'y' }],
    ['URN:a:b:2.0', { uri: 'URN:a:b', name: '2', sub: '0' }],
  ])('%s', (text, parts) => {
    expect(parseAttributePath(text)).toEqual(parts)
  })
  test.each([
    '',
    '.',
    'a.',
    '.a',
    '2a',
    'a.2b',
    'a b',
    'a/b',
    'x:a',
    'urn:a',
    'xurn:a:b',
    'urn:a:',
    'urn:a:b.',
    'urn:a(:b',
    'é',
    'aé',
  ])('“%s” is none', (text) => {
    expect(parseAttributePath(text)).toBeUndefined()
  })
})
