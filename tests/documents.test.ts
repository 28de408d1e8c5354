import { existsSync, globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { ENV_NAMES, readEnv } from '#lib/platform/env'
import { commands } from '../cli/commands.ts'

const documents = globSync(['README.md', 'docs/**/*.md', 'sandbox/*.md', 'bench/**/README.md'])
const files = globSync([
  '*',
  '{app,bench,cli,components,docs,e2e,lib,prisma,sandbox,scripts,server,tests}/**/*',
])

test.each(documents)('%s leads to what is there', (document) => {
  const text = readFileSync(document, 'utf8')
  const links = [...text.matchAll(/\]\(([^)#]+)(?:#[^)]*)?\)/g)].map(([, link]) => link as string)
  const local = links.filter((link) => !/^https?:/.test(link))
  expect(local.filter((link) => !existsSync(path.join(path.dirname(document), link)))).toEqual([])
})

// Made when Muster runs, or named because it is not there.
const ELSEWHERE = new Set(['loading.tsx', 'postgres.json', 'runtime.json', 'reports/mutation.json'])

test.each(documents)('%s names files that exist', (document) => {
  const text = readFileSync(document, 'utf8')
  const named = [...text.matchAll(/`([\w\-./[\]()]+\.(?:tsx?|mjs|md|json|prisma))`/g)].map(
    ([, name]) => name as string,
  )
  const unknown = named.filter((name) => !files.some((file) => file === name || file.endsWith(`/${name}`)))
  expect(unknown.filter((name) => !ELSEWHERE.has(name) && !name.startsWith('./data/'))).toEqual([])
})

test('the architecture says what each table is for', () => {
  const schema = readFileSync('prisma/schema.prisma', 'utf8')
  const tables = [...schema.matchAll(/@@map\("(\w+)"\)/g)].map(([, table]) => table as string)
  const architecture = readFileSync('docs/architecture.md', 'utf8')
  expect(tables.length).toBeGreaterThan(30)
  expect(tables.filter((table) => !architecture.includes(`\`${table}\``))).toEqual([])
})

test('the configuration page has each setting once, with its default', () => {
  const page = readFileSync('docs/configuration.md', 'utf8')
  const rows = [...page.matchAll(/^\| `(\w+)` +\| (?:`([^`]*)`)?/gm)].map(([, name, value]) => [name, value])
  expect(rows.map(([name]) => name).toSorted()).toEqual(
    ENV_NAMES.filter((name) => name !== 'NODE_ENV').toSorted(),
  )
  const defaults = readEnv({}) as Record<string, unknown>
  const written = (value: unknown) => (typeof value === 'boolean' ? String(Number(value)) : value?.toString())
  for (const [name, value] of rows) expect(value, name).toBe(written(defaults[name as string]))
})

test('the operations page has each metric of Muster’s own', () => {
  const named = readFileSync('server/metrics.ts', 'utf8').match(/muster_\w+/g)
  const page = readFileSync('docs/operations.md', 'utf8')
  expect(named?.length).toBeGreaterThan(5)
  expect(named?.filter((name) => !page.includes(`\`${name}\``))).toEqual([])
})

test('the README lists the commands', () => {
  const readme = readFileSync('README.md', 'utf8')
  const list = readme.slice(readme.indexOf('each with `--help` and `--json`:')).split('\n\n')[0] ?? ''
  const named = list.slice(list.indexOf(':'), list.indexOf('`status`.') + 9).split(';')
  const names = named.flatMap((part) => {
    const [first = '', ...others] = [...part.matchAll(/`([\w -]+)`/g)].map(([, name]) => name as string)
    return [first, ...others.map((verb) => `${first.split(' ')[0]} ${verb}`)]
  })
  expect(names.toSorted()).toEqual(Object.keys(commands).toSorted())
})
