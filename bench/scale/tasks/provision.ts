import { type Bench, round } from '../../load/bench.ts'

const USERS = 100_000
const GROUPS = 500
const MEMBERS = 600
const CHUNK = 100

/**
 * A whole company from nothing, as Okta brings it: each user looked up and created, then each group looked up, created and
 * filled in chunks of a hundred; sixteen requests at once. Nothing may fail, and the last tenth must go as fast as the first.
 */
export async function provision(bench: Bench): Promise<void> {
  const { scim } = bench
  const users = bench.count(USERS)
  const groups = Math.max(1, Math.round(GROUPS * (users / USERS)))
  const ids: string[] = new Array(users)
  const deciles = await inTenths(bench, 'look a user up and create', users, async (n) => {
    const userName = `person.${n}@corp.example`
    const filter = encodeURIComponent(`userName eq "${userName}"`)
    const found = await scim.must([200], 'GET', `/Users?filter=${filter}&startIndex=1&count=100`)
    if (found.json.totalResults !== 0) throw new Error(`${userName} is there already`)
    ids[n] = (await scim.must([201], 'POST', '/Users', user(n, userName))).json.id
  })
  const members = Math.min(MEMBERS, users)
  const chunks = Math.ceil(members / CHUNK)
  const groupIds: string[] = []
  const groupTenths = await inTenths(bench, 'look a group up and create', groups, async (n) => {
    const displayName = `Group ${n}`
    const filter = encodeURIComponent(`displayName eq "${displayName}"`)
    await scim.must([200], 'GET', `/Groups?filter=${filter}&startIndex=1&count=100`)
    groupIds[n] = (
      await scim.must([201], 'POST', '/Groups', { schemas: [GROUP], displayName, members: [] })
    ).json.id
  })
  const memberTenths = await inTenths(bench, `add ${CHUNK} members`, groups * chunks, async (n) => {
    const group = n % groups
    const first = Math.floor(n / groups) * CHUNK
    const value = Array.from({ length: Math.min(CHUNK, members - first) }, (_, k) => ({
      value: ids[(group * 197 + (first + k) * 31) % users],
    }))
    const Operations = [{ op: 'add', path: 'members', value }]
    await scim.must([200, 204], 'PATCH', `/Groups/${groupIds[group]}`, { schemas: [PATCH], Operations })
  })
  for (const [what, rates] of [
    ['users', deciles],
    ['memberships', memberTenths],
  ] as const)
    bench.note(`${what}: the last tenth as fast as the first`, flatness(rates) >= 0.9, {
      flatness: flatness(rates),
      perSecond: rates.map((rate) => Math.round(rate)),
    })
  const list = await scim.must([200], 'GET', '/Users?count=0')
  const last = await scim.must([200], 'GET', `/Groups/${groupIds.at(-1)}`)
  const complete = list.json.totalResults === users && last.json.members.length === members
  bench.note('everybody arrived', complete, {
    users: list.json.totalResults,
    groups,
    memberships: groups * members,
    groupsPerSecond: groupTenths.map((rate) => Math.round(rate)),
  })
}

/** Runs the work sixteen at once, and gives the rate of each tenth of it. */
async function inTenths(
  bench: Bench,
  name: string,
  count: number,
  work: (n: number) => Promise<void>,
): Promise<number[]> {
  const rates: number[] = []
  for (let tenth = 0; tenth < 10; tenth++) {
    const from = Math.floor((count * tenth) / 10)
    const to = Math.floor((count * (tenth + 1)) / 10)
    if (to === from) continue
    const { perSecond, operations } = await bench.phase(`${name} (${tenth + 1}/10)`, 16, to - from, (n) =>
      work(from + n),
    )
    if (operations !== to - from) throw new Error(`${name} took too long`)
    rates.push(perSecond)
  }
  return rates
}

function flatness(rates: number[]): number {
  return round((rates.at(-1) ?? 0) / (rates[0] ?? 1))
}

const USER = 'urn:ietf:params:scim:schemas:core:2.0:User'
const GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group'
const PATCH = 'urn:ietf:params:scim:api:messages:2.0:PatchOp'

function user(n: number, userName: string) {
  return {
    schemas: [USER],
    userName,
    name: { givenName: `Given${n % 997}`, familyName: `Family${n % 4_999}` },
    emails: [{ primary: true, value: userName, type: 'work' }],
    displayName: `Given${n % 997} Family${n % 4_999}`,
    locale: 'en-US',
    externalId: `00u${n}`,
    groups: [],
    active: true,
  }
}
