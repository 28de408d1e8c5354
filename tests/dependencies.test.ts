import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const packages = JSON.parse(readFileSync('package.json', 'utf8')) as Record<
  'dependencies' | 'devDependencies',
  Record<string, string>
>
const decision = readFileSync('docs/decisions/003-dependencies.md', 'utf8')

test('each package has a line that says what it is for', () => {
  const lines = [...decision.matchAll(/^\| `([^`]+)` /gm)].map(([, name]) => name)
  expect(lines.toSorted()).toEqual(
    [...Object.keys(packages.dependencies), ...Object.keys(packages.devDependencies)].toSorted(),
  )
})

test('each is held at one exact version', () => {
  for (const [name, version] of Object.entries({ ...packages.dependencies, ...packages.devDependencies }))
    expect(version, name).toMatch(/^\d+\.\d+\.\d+(-[\w.]+)?$/)
})
