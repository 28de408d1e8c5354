import type { Bench } from '../bench.ts'
import { addMembers, group, lookUp, removeMember, setActive, user } from '../payloads.ts'

/**
 * Work before the measured work, the same for both servers: a server that has just started runs code that is not compiled
 * yet, on connections that have planned nothing yet, and a larger program for longer. What is measured afterwards is how
 * it runs for the rest of its days. Its 1,000 users and as many groups stay in the store.
 */
export async function warmUp(bench: Bench, concurrency: number): Promise<void> {
  const { scim } = bench
  let next = 0
  const worker = async () => {
    while (next < 1_000) {
      const key = bench.unique(`warm-${next++}`)
      await scim.must([200], 'GET', lookUp(key))
      const { json } = await scim.must([201], 'POST', '/Users', user(key))
      const path = `/Users/${json.id}`
      for (let i = 0; i < 2; i++) {
        await scim.must([200], 'GET', path)
        await scim.must([200], 'GET', lookUp(key))
        await scim.must([200], 'PUT', path, user(key, { title: `Warm ${i}`, id: json.id }))
        await scim.must([200], 'PATCH', path, setActive(i === 1))
      }
      const made = await scim.must([201], 'POST', '/Groups', group(key))
      for (let i = 0; i < 2; i++) {
        await scim.must([200, 204], 'PATCH', `/Groups/${made.json.id}`, addMembers(json.id))
        await scim.must([200, 204], 'PATCH', `/Groups/${made.json.id}`, removeMember(json.id))
      }
    }
  }
  await Promise.all(Array.from({ length: concurrency }, worker))
}
