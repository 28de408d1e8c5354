import type { Bench } from '../bench.ts'
import { lookUp, setActive, user, userName } from '../payloads.ts'

/** What Okta does for each assigned person: look the userName up, find nobody, create. On a near-empty store. */
export async function provision(bench: Bench): Promise<void> {
  const { scim, ids } = bench
  const pair = async () => {
    const key = ids.length
    ids.push('')
    const found = await scim.must([200], 'GET', lookUp(key))
    if (found.json.totalResults !== 0)
      throw new Error(`a new user was found ${found.json.totalResults} times`)
    ids[key] = (await scim.must([201], 'POST', '/Users', user(key))).json.id
  }
  await bench.phase('provision a user', 1, bench.count(1_000), pair)
  await bench.phase('provision a user', 16, bench.count(4_000), pair)
}

/** Creates without looking up; fills the store to ten thousand. */
export async function create(bench: Bench): Promise<void> {
  const { scim, ids } = bench
  await bench.phase('create a user', 16, bench.count(5_000), async () => {
    const key = ids.length
    ids.push('')
    ids[key] = (await scim.must([201], 'POST', '/Users', user(key))).json.id
  })
}

export async function read(bench: Bench, concurrency: number): Promise<void> {
  const { scim, ids } = bench
  const requests = bench.count(concurrency === 1 ? 3_000 : 8_000)
  await bench.phase('read a user', concurrency, requests, async () => {
    const id = ids[bench.random(ids.length)]
    const { json } = await scim.must([200], 'GET', `/Users/${id}`)
    if (json.id !== id) throw new Error('another user was answered')
  })
}

export async function find(bench: Bench, concurrency: number): Promise<void> {
  const { scim, ids } = bench
  const requests = bench.count(concurrency === 1 ? 3_000 : 8_000)
  await bench.phase('look a user up', concurrency, requests, async () => {
    const key = bench.random(ids.length)
    const { json } = await scim.must([200], 'GET', lookUp(key))
    if (json.totalResults !== 1 || json.Resources[0].id !== ids[key])
      throw new Error('another user was found')
  })
}

export async function put(bench: Bench, concurrency: number): Promise<void> {
  const { scim, ids } = bench
  const requests = bench.count(concurrency === 1 ? 2_000 : 5_000)
  await bench.phase('replace a user (PUT)', concurrency, requests, async (number) => {
    const key = (number * 7 + concurrency) % ids.length
    const title = `T${concurrency}-${number}`
    const body = user(key, { title, id: ids[key] })
    const { json } = await scim.must([200], 'PUT', `/Users/${ids[key]}`, body)
    if (json.title !== title) throw new Error('the replacement was not applied')
  })
}

export async function activate(bench: Bench, concurrency: number): Promise<void> {
  const { scim, ids } = bench
  const requests = bench.count(concurrency === 1 ? 2_000 : 5_000)
  await bench.phase('PATCH active', concurrency, requests, async (number) => {
    const id = ids[(number * 11 + concurrency) % ids.length]
    const active = number % 2 === 1
    const { json } = await scim.must([200], 'PATCH', `/Users/${id}`, setActive(active))
    if (json.active !== active) throw new Error('the patch was not applied')
  })
}

/** Four reads, three look-ups, two PATCHes, one PUT: an org in its steady state. */
export async function mixed(bench: Bench): Promise<void> {
  const { scim, ids } = bench
  await bench.phase('mixed', 16, bench.count(4_000), async (number) => {
    const key = bench.random(ids.length)
    const kind = number % 10
    if (kind < 4) await scim.must([200], 'GET', `/Users/${ids[key]}`)
    else if (kind < 7) await scim.must([200], 'GET', lookUp(key))
    else if (kind < 9) await scim.must([200], 'PATCH', `/Users/${ids[key]}`, setActive(true))
    else await scim.must([200], 'PUT', `/Users/${ids[key]}`, user(key, { title: `M${number}`, id: ids[key] }))
  })
}

/** Sixteen creates of one userName at once: one is made, fifteen are told so. */
export async function sameUserName(bench: Bench): Promise<void> {
  const key = bench.unique('same')
  const replies = await Promise.all(
    Array.from({ length: 16 }, () => bench.scim.call('POST', '/Users', user(key))),
  )
  const statuses = replies.map(({ status }) => status)
  const { json } = await bench.scim.must([200], 'GET', lookUp(key))
  const ok = statuses.filter((status) => status === 201).length === 1 && json.totalResults === 1
  bench.note(
    `16 creates of ${userName('same')}`,
    ok && statuses.every((status) => [201, 409].includes(status)),
    {
      created: statuses.filter((status) => status === 201).length,
      found: json.totalResults,
    },
  )
}
