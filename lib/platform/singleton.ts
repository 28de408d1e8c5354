/**
 * One value per process, whichever module graph asks. `server.mjs` and Next's bundles each load their own copy of a
 * module, so a module-level `const` is not single; `globalThis` is.
 */
const home = globalThis as { __muster?: Map<string, unknown> }
home.__muster ??= new Map()
const store = home.__muster

export function singleton<T>(key: string, make: () => T): T {
  if (!store.has(key)) store.set(key, make())
  return store.get(key) as T
}

/** Forgets a value, so that the next call makes it anew. For shutdown, and for tests that change databases. */
export function forget(key: string): void {
  store.delete(key)
}

/** The value if one was made, without making it. */
export function peek<T>(key: string): T | undefined {
  return store.get(key) as T | undefined
}
