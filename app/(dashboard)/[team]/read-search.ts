/** A page's URL state: the first value of each known parameter, and nothing else. */
export type SearchParams = Promise<Record<string, string | string[] | undefined>>

export async function readSearch<Name extends string>(
  params: SearchParams,
  names: readonly Name[],
): Promise<Partial<Record<Name, string>>> {
  const given = await params
  const state: Partial<Record<Name, string>> = {}
  for (const name of names) {
    const value = given[name]
    const first = Array.isArray(value) ? value[0] : value
    if (first) state[name] = first.slice(0, 500)
  }
  return state
}

/** One of the allowed values, or undefined. */
export function oneOf<Value extends string>(
  value: string | undefined,
  allowed: readonly Value[],
): Value | undefined {
  return allowed.find((each) => each === value)
}
