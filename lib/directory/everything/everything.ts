import type { LongText } from '#lib/platform/long-text'
import type { Note } from '#lib/scim/note'
import type { Definitions } from '#lib/scim/schema/resource-types'

/** Resource types in the order in which a list of all of them goes. */
export const TYPES = ['User', 'Group', 'Role'] as const

/** A resource of any type, as SCIM shows it. */
export type Listed = { type: keyof Definitions; id: string; text: LongText }

/** Whose resources, described how; `withMembers` false leaves the members of groups out, and their cost. */
export type Everything = {
  teamId: string
  definitions: Definitions
  scimBaseUrl: string
  withMembers: boolean
}

/** An attribute that only some types have is what such a query is about; one that none has is worth a note. */
export function commonNotes(notes: readonly (readonly Note[])[]): readonly Note[] {
  const [first = [], ...others] = notes
  return first.filter(({ path }) => others.every((list) => list.some((note) => note.path === path)))
}
