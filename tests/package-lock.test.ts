import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

type Package = { version?: string; optionalDependencies?: Record<string, string> }

// A lock file made from an installed tree lacks the packages of other platforms, and `npm ci` then refuses to install.
test('the lock file holds the packages of every platform, so that npm ci works on all of them', () => {
  const packages = JSON.parse(readFileSync('package-lock.json', 'utf8')).packages as Record<string, Package>
  const missing: string[] = []
  for (const [place, { optionalDependencies = {} }] of Object.entries(packages))
    for (const name of Object.keys(optionalDependencies))
      if (!isFound(packages, place, name)) missing.push(name)
  expect(missing).toEqual([])
})

/** As Node resolves: beside the package, then in every folder above. */
function isFound(packages: Record<string, Package>, place: string, name: string): boolean {
  for (
    let at = place;
    ;
    at = at.includes('/node_modules/') ? at.slice(0, at.lastIndexOf('/node_modules/')) : ''
  ) {
    if (packages[`${at ? `${at}/` : ''}node_modules/${name}`]) return true
    if (!at) return false
  }
}
