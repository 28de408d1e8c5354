const THINGS: Record<string, string> = { User: 'user', Group: 'group', Role: 'role' }
const VERBS: Record<string, string> = {
  GET: 'Reading',
  POST: 'Creating',
  PUT: 'Updating',
  PATCH: 'Updating',
  DELETE: 'Deleting',
}

/** What a request was to do: “Creating a user”, “Updating the group Ops”; “A GET request” when it was about nothing known. */
export function askedWords(method: string, type: string | undefined, name?: string): string {
  const thing = THINGS[type ?? '']
  if (!thing) return `A ${method} request`
  return `${VERBS[method] ?? method} ${name ? `the ${thing} ${name}` : `a ${thing}`}`
}
