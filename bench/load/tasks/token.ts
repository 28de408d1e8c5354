import type { Bench } from '../bench.ts'

/** The cost of the token alone: a request that asks for nothing else, and one whose token is none. */
export async function tokenCheck(bench: Bench, concurrency: number): Promise<void> {
  const { scim } = bench
  await bench.phase('check a token', concurrency, bench.count(2_000), () =>
    scim.must([204, 404], 'OPTIONS', '/Users'),
  )
  await bench.phase('refuse a token', concurrency, bench.count(2_000), async () => {
    const headers = { authorization: 'Bearer mst_at_nonsense' }
    const { status } = await scim.call('GET', '/Users?count=1', undefined, headers)
    if (status !== 401) throw new Error(`a wrong token got ${status}`)
  })
}
