import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { afterAll, expect, test } from 'vitest'

const root = resolve(import.meta.dirname, '..')
const folder = mkdtempSync(join(tmpdir(), 'import-rules-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Where a file lies, and what it may not import from there. */
const forbidden: Record<string, string[]> = {
  'app/page.ts': [
    '#lib/db/pool',
    '../lib/db/pool',
    'pg',
    '@prisma/client',
    '#server/start',
    '../sandbox/env',
    'next/link',
  ],
  'app/(dashboard)/[team]/page.ts': ['#lib/db/prisma-client', '../../../lib/db/pool'],
  'components/user/row.ts': [
    '#lib/directory/pages/list-users',
    '#lib/db/pool',
    '../../lib/db/pool',
    '../../app/page',
    'next/link',
  ],
  'components/ui/button.ts': ['#lib/platform/clock', '#components/user/row', '../user/row'],
  'lib/scim/patch/apply.ts': [
    '#lib/db/pool',
    '#lib/platform/clock',
    'node:fs',
    'pg',
    'next/headers',
    '../../http/read-body',
  ],
  'lib/oauth/scope.ts': ['#lib/platform/clock', '#lib/connections/approve', 'node:fs', 'hono', '../db/pool'],
  'lib/directory/groups/patch.ts': [
    '#lib/connections/approve',
    '../../connections/approve',
    '#lib/http/protocol',
    '#components/ui/table',
  ],
  'lib/connections/approve.ts': [
    '#lib/directory/push-status',
    '../directory/push-status',
    '#lib/auth/session',
  ],
  'lib/activity/recorder.ts': ['#lib/directory/push-status', '#lib/http/protocol'],
  'lib/db/pool.ts': ['#lib/connections/approve', '#server/start'],
  'lib/platform/env.ts': ['#lib/db/pool', '../db/pool'],
  'lib/http/protocol.ts': ['#components/ui/table', '#server/start', '../../app/page'],
  'lib/self-test/run.ts': ['#lib/http/protocol', '#server/start', '../../sandbox/pages/apps'],
  'sandbox/org/apps.ts': [
    '#lib/oauth/scope',
    '#tests/database',
    '../../lib/oauth/scope',
    '../../server/start',
  ],
}

const allowed: Record<string, string[]> = {
  'app/page.ts': [
    '#lib/directory/pages/list-users',
    '#lib/auth/session',
    '#components/ui/table',
    './actions',
  ],
  'components/user/row.ts': ['#components/ui/table', '../connection/name', 'react'],
  'components/ui/button.ts': ['./variants', 'react', 'next/link'],
  'lib/scim/patch/apply.ts': ['../filter/parse', './path'],
  'lib/oauth/scope.ts': ['node:crypto', './parameters'],
  'lib/directory/groups/patch.ts': [
    '#lib/scim/patch/apply',
    '#lib/db/transaction',
    '#lib/live/announce',
    '../write',
  ],
  'lib/connections/approve.ts': ['#lib/oauth/scope', '#lib/db/transaction', './lock-request'],
  'lib/http/protocol.ts': ['#lib/directory/push-status', '#lib/connections/approve', 'hono'],
  'sandbox/pages/apps.ts': ['../org/apps', 'hono', 'node:fs'],
}

/** Biome's verdict on files that import what they are given to: every `file ← specifier` that it refuses. */
function refused(planted: Record<string, string[]>): string[] {
  const files: string[] = []
  for (const [path, specifiers] of Object.entries(planted)) {
    for (const [index, specifier] of specifiers.entries()) {
      const file = join(folder, dirname(path), `planted-${index}-${path.replace(/.*\//, '')}`)
      mkdirSync(dirname(file), { recursive: true })
      writeFileSync(file, `import thing from '${specifier}'\n\nconsole.log(thing)\n`)
      files.push(file)
    }
  }
  const found = lint(files)
  return Object.entries(planted).flatMap(([path, specifiers]) =>
    specifiers
      .filter((_, index) =>
        found.includes(
          `noRestrictedImports ${join(dirname(path), `planted-${index}-${path.replace(/.*\//, '')}`)}`,
        ),
      )
      .map((specifier) => `${path} ← ${specifier}`),
  )
}

function lint(files: string[]): string[] {
  const config = JSON.parse(readFileSync(join(root, 'biome.json'), 'utf8'))
  writeFileSync(join(folder, 'biome.json'), JSON.stringify({ ...config, $schema: undefined, vcs: undefined }))
  const args = ['lint', '--reporter=json', '--max-diagnostics=none', ...files]
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [join(root, 'node_modules/@biomejs/biome/bin/biome'), ...args],
    {
      cwd: folder,
      encoding: 'utf8',
    },
  )
  const diagnostics: { category: string; location: { path: string | { file: string } } }[] = JSON.parse(
    stdout || `no report: ${stderr}`,
  ).diagnostics
  return diagnostics.map(({ category, location }) => {
    const path = typeof location.path === 'string' ? location.path : location.path.file
    return `${category.replace(/.*\//, '')} ${path.replace(`${folder}/`, '')}`
  })
}

const all = (planted: Record<string, string[]>) =>
  Object.entries(planted).flatMap(([path, specifiers]) =>
    specifiers.map((specifier) => `${path} ← ${specifier}`),
  )

test('an import that crosses a wall between rooms is refused by the linter', () => {
  expect(refused(forbidden)).toEqual(all(forbidden))
})

test('an import that goes down, or stays in its room, is not', () => {
  expect(refused(allowed)).toEqual([])
})

test('two files that import each other are refused', () => {
  writeFileSync(join(folder, 'one.ts'), "import { two } from './two.ts'\n\nexport const one = () => two()\n")
  writeFileSync(join(folder, 'two.ts'), "import { one } from './one.ts'\n\nexport const two = () => one()\n")
  expect(lint([join(folder, 'one.ts'), join(folder, 'two.ts')])).toContain('noImportCycles one.ts')
})
