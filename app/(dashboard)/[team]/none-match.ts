/** “No users match “ana” in Deactivated”: what was looked for, in the words of the filters. */
export function noneMatch(noun: string, q: string | undefined, filters: (string | undefined)[]): string {
  const chosen = filters.filter(Boolean).join(' and ')
  return `No ${noun} match${q ? ` “${q}”` : ''}${chosen ? `${q ? ' in' : ''} ${chosen}` : ''}`
}
