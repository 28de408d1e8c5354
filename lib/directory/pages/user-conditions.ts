import { containsPattern } from './keyset.ts'

export type UserSearch = {
  q?: string
  status?: 'active' | 'deactivated'
  managed?: 'yes' | 'no'
  sort?: 'name' | '-name' | 'updatedAt' | '-updatedAt'
  after?: string
  before?: string
}

/** What a user goes by in tables, in lower case. */
export const SHOWN_NAME = 'coalesce(u.display_name_key, u.user_name_key)'
/** Characters from which an index of trigrams finds a text in the middle of another. */
const TRIGRAM = 3

/** Whether a text is so short that it is looked for at the beginning of names alone. */
export const onlyAtBeginning = (q: string): boolean => [...q.trim()].length < TRIGRAM

/** Conditions over `directory_user u`; `values` holds the team first. `search`: how the searched text is looked for. */
export type Conditions = { conditions: string[]; values: unknown[]; search?: 'trigrams' | 'beginning' }

export function conditionsOf(teamId: string, { q, status, managed }: UserSearch): Conditions {
  const values: unknown[] = [teamId]
  const conditions = ['u.team_id = $1']
  if (status) conditions.push(status === 'active' ? 'u.active' : 'NOT u.active')
  if (managed) conditions.push(managed === 'yes' ? 'u.managed_by IS NOT NULL' : 'u.managed_by IS NULL')
  const text = q?.trim()
  if (!text) return { conditions, values }
  if (!onlyAtBeginning(text)) {
    // What stands before an @ tells people apart; the rest of it, which many share, is looked at in the rows alone.
    const at = text.indexOf('@')
    const telling = at >= TRIGRAM ? text.slice(0, at + 1) : text
    conditions.push(`u.search_text LIKE $${values.push(containsPattern(telling))}`)
    if (telling !== text) conditions.push(`(u.search_text || '') LIKE $${values.push(containsPattern(text))}`)
    return { conditions, values, search: 'trigrams' }
  }
  // No index finds one or two characters in the middle of a name: then it is its beginning that counts.
  conditions.push(`${SHOWN_NAME} LIKE $${values.push(containsPattern(text).slice(1))}`)
  return { conditions, values, search: 'beginning' }
}
