import { describe, expect, it } from 'vitest'
import { searchHref, sortLink } from './search-href.tsx'

describe('the state of a table lives in its URL', () => {
  it('leaves out what is empty and keeps the rest', () => {
    expect(searchHref('/acme/users', { q: 'ana', status: '', sort: 'name' })).toBe(
      '/acme/users?q=ana&sort=name',
    )
    expect(searchHref('/acme/users', { q: 'ana' }, { q: undefined })).toBe('/acme/users')
  })
  it('escapes what people search for', () => {
    expect(searchHref('/u', { q: 'a&b=c #1' })).toBe('/u?q=a%26b%3Dc+%231')
  })
  it('turns the order round on a second click, and starts again at page one', () => {
    const state = { q: 'ana', after: 'cursor', sort: 'name' }
    expect(sortLink({ path: '/u', state, current: 'name' }, 'name')).toEqual({
      href: '/u?q=ana&sort=-name',
      direction: 'ascending',
    })
    expect(sortLink({ path: '/u', state, current: '-name' }, 'name').href).toBe('/u?q=ana&sort=name')
    expect(sortLink({ path: '/u', state, current: 'name' }, 'status').direction).toBeUndefined()
  })
})
