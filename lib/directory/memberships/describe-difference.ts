import type { Change } from '#lib/activity/exchange'
import type { MemberDifference } from './apply-member-change.ts'

/** "added 3 members to Ops, removed 1; 2 unresolved", or undefined when nothing changed. */
export function describeDifference(difference: MemberDifference, groupName: string): string | undefined {
  const { addedCount, removedCount, unresolved } = difference
  const parts: string[] = []
  if (addedCount > 0) parts.push(`added ${members(addedCount)} to ${groupName}`)
  if (removedCount > 0)
    parts.push(
      addedCount > 0 ? `removed ${removedCount}` : `removed ${members(removedCount)} from ${groupName}`,
    )
  if (unresolved.length > 0) parts.push(`kept ${members(unresolved.length)} of ${groupName} as unresolved`)
  return parts.length > 0 ? parts.join(', ') : undefined
}

export function changesOfDifference(difference: MemberDifference): Change[] {
  const changes: Change[] = []
  if (difference.addedCount > 0) changes.push({ path: 'members', after: difference.added })
  if (difference.removedCount > 0) changes.push({ path: 'members', before: difference.removed })
  if (difference.unresolved.length > 0)
    changes.push({ path: 'unresolved members', after: difference.unresolved })
  return changes
}

function members(count: number): string {
  return `${count} member${count === 1 ? '' : 's'}`
}
