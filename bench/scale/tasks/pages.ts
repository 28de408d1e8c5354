import pg from 'pg'
import { encodePosition } from '#lib/directory/pages/keyset'
import type { Bench } from '../../load/bench.ts'
import { Browser } from '../world/browser.ts'
import type { World } from '../world/make-world.ts'

const LIMIT_MS = 150

/** Every page of the dashboard over the large team, each address with other people in it: the whole answer within 150 ms. */
export async function pages(bench: Bench, url: string, world: World, only?: string): Promise<void> {
  const browser = await Browser.signIn(url, world.email, world.password)
  const slow: string[] = []
  try {
    for (const [name, paths] of Object.entries(await addresses(bench.target.databaseUrl, world))) {
      if (only && !name.includes(only)) continue
      const path = (n: number) => `/${world.slug}${paths[n % paths.length]}`
      // A page's code is loaded when it is first asked for.
      await browser.page(path(0))
      const { p95 } = await bench.phase(name, 1, bench.count(60), (n) => browser.page(path(n)))
      if (p95 > LIMIT_MS) slow.push(`${name}: ${p95} ms`)
    }
  } finally {
    await browser.close()
  }
  bench.note(`pages within ${LIMIT_MS} ms (p95)`, slow.length === 0, { slow })
}

async function addresses(databaseUrl: string, world: World): Promise<Record<string, string[]>> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  const rows = async (sql: string) =>
    (await client.query<Record<string, string>>(sql, [world.teamId])).rows.map(
      (row) => row as Record<string, string>,
    )
  try {
    const people = await rows(
      `SELECT id, user_name, display_name, coalesce(display_name_key, user_name_key) AS shown FROM directory_user
       TABLESAMPLE bernoulli (${Math.min(100, 10_000 / world.size.users)}) WHERE team_id = $1 LIMIT 40`,
    )
    const groups = await rows(
      `SELECT id, display_name FROM directory_group WHERE team_id = $1 AND system IS NULL ORDER BY md5(name_key) LIMIT 20`,
    )
    const [largest] = await rows(
      'SELECT id FROM directory_group WHERE team_id = $1 ORDER BY member_count DESC LIMIT 1',
    )
    const members = await rows(
      `SELECT user_id FROM membership WHERE team_id = $1 AND group_id = '${largest?.id}' ORDER BY md5(user_id::text) LIMIT 20`,
    )
    const roles = await rows('SELECT id FROM role WHERE team_id = $1')
    const exchanges = await rows(
      'SELECT id FROM exchange WHERE team_id = $1 ORDER BY id DESC OFFSET 100000 LIMIT 20',
    )
    const word = (text: string | undefined, at: number) =>
      encodeURIComponent((text ?? '').split(' ')[at] ?? '')
    const after = (key: string, id: string | undefined) => `after=${encodePosition(key, id ?? '')}`
    return {
      overview: [''],
      users: ['/users'],
      'users, deep': people.map((one) => `/users?${after(one.shown ?? '', one.id)}`),
      'users, newest change first': ['/users?sort=-changedAt'],
      'users, search a whole name': people.map(
        (one) => `/users?q=${encodeURIComponent(one.display_name ?? '')}`,
      ),
      'users, search a given name': people.map((one) => `/users?q=${word(one.display_name, 0)}`),
      'users, search an address': people.map((one) => `/users?q=${encodeURIComponent(one.user_name ?? '')}`),
      'users, search what all have': ['/users?q=corp.example'],
      'users, search nobody': ['/users?q=xqzzyk'],
      'users, search two letters': ['/users?q=zq', '/users?q=ma'],
      'users, deactivated': ['/users?status=deactivated', '/users?status=deactivated&sort=-changedAt'],
      'users, active, by hand': ['/users?status=active', '/users?managed=no', '/users?managed=yes'],
      user: people.map((one) => `/users/${one.id}`),
      groups: ['/groups', '/groups?sort=-members', '/groups?sort=-pushedAt'],
      'groups, search': groups.map((one) => `/groups?q=${word(one.display_name, 0)}`),
      'groups, in error': ['/groups?push=error'],
      group: groups.map((one) => `/groups/${one.id}`),
      'group of a tenth of all': [`/groups/${largest?.id}`],
      'group of a tenth of all, deep': members.map(
        (one) => `/groups/${largest?.id}?${after('', one.user_id)}`,
      ),
      roles: ['/roles'],
      role: roles.map((one) => `/roles/${one.id}`),
      connections: ['/connections'],
      connection: [`/connections/${world.connectionId}`, `/connections/${world.rareConnectionId}`],
      activity: ['/activity'],
      'activity, deep': exchanges.map((one) => `/activity?after=${one.id}`),
      'activity, errors': ['/activity?outcome=errors'],
      'activity, of a rare connection': [`/activity?connection=${world.rareConnectionId}`],
      'activity, of the usual connection': [`/activity?connection=${world.connectionId}`],
      'activity, a method nobody used': ['/activity?method=DELETE', '/activity?method=DELETE&kind=exchanges'],
      'activity, by resource': [
        '/activity?type=Group',
        '/activity?type=Role',
        '/activity?type=User&outcome=errors',
      ],
      'activity, by time': ['/activity?range=1h', '/activity?range=30d&outcome=ok'],
      'activity, of one user': people.map((one) => `/activity?q=${one.id}`),
      'activity, changes by people': ['/activity?kind=changes'],
      exchange: exchanges.map((one) => `/activity/${one.id}`),
      settings: ['/settings', '/settings/members'],
    }
  } finally {
    await client.end()
  }
}
