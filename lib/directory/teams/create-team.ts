import { type EventActor, recordEventWithPrisma } from '#lib/activity/record-event'
import type { Prisma } from '#lib/db/prisma-client'
import { DomainError } from '#lib/platform/domain-error'
import { newId } from '#lib/platform/ids'
import { BUILTIN_ROLES, SYSTEM_GROUPS } from './builtin-roles.ts'
import { freeSlug, isReservedSlug, isValidSlug, SLUG_RULE, slugOf, slugStem } from './team-slug.ts'

export type NewTeam = {
  /** 1 to 60 characters, as people read it. */
  name: string
  /** Its part of the address; without one it is made from the name, with a number where that is taken. */
  slug?: string
  ownerMemberId?: string
  actor?: EventActor
}
export type CreatedTeam = { id: string; slug: string; name: string }

/**
 * Makes a team with its built-in roles, its system groups, their grants and its first owner.
 * Throws DomainError: `invalid` (name or slug), `conflict` (slug taken; `suggestion` is free).
 */
export async function createTeam(tx: Prisma.TransactionClient, team: NewTeam): Promise<CreatedTeam> {
  const name = team.name.trim().replace(/\s+/g, ' ')
  if (name.length < 1 || name.length > 60)
    throw new DomainError('invalid', 'Give the team a name of 1 to 60 characters.', { field: 'name' })
  const slug = await chooseSlug(tx, name, team.slug)
  const id = newId()
  const now = new Date()
  await tx.team.create({ data: { id, slug, name } })
  const roles = BUILTIN_ROLES.map((role) => ({ ...role, teamId: id, id: newId(), builtin: true }))
  const groups = SYSTEM_GROUPS.map(({ system }) => ({
    teamId: id,
    id: newId(),
    displayName: system,
    nameKey: system,
    system,
    doc: { displayName: system },
    createdAt: now,
    updatedAt: now,
  }))
  await tx.role.createMany({ data: roles })
  await tx.directoryGroup.createMany({ data: groups })
  await tx.roleGrant.createMany({
    data: SYSTEM_GROUPS.map(({ system, role }) => ({
      teamId: id,
      groupId: idOf(groups.find((group) => group.system === system)),
      roleId: idOf(roles.find((each) => each.name === role)),
      grantedBy: 'Muster',
    })),
  })
  if (team.ownerMemberId)
    await tx.teamMember.create({ data: { teamId: id, memberId: team.ownerMemberId, role: 'owner' } })
  await recordEventWithPrisma(tx, {
    teamId: id,
    actor: team.actor ?? { kind: 'operator', name: 'operator' },
    action: 'team.create',
    summary: `created the team ${name}`,
    resource: { type: 'Team', id, name },
  })
  return { id, slug, name }
}

async function chooseSlug(tx: Prisma.TransactionClient, name: string, wanted?: string): Promise<string> {
  const slug = wanted === undefined || wanted.trim() === '' ? undefined : wanted.trim().toLowerCase()
  const base = slug ?? slugOf(name)
  if (!isValidSlug(base))
    throw new DomainError('invalid', `The address must have ${SLUG_RULE}.`, {
      field: 'slug',
      suggestion: slugOf(name),
    })
  // Teams are made rarely: one at a time, so that the free slug found here is still free at the insert.
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('muster.team.slug', 0))`
  if (slug === undefined) return findFreeSlug(tx, base)
  if (isReservedSlug(slug))
    throw new DomainError('invalid', `“${slug}” is one of Muster’s own addresses. Choose another.`, {
      field: 'slug',
      suggestion: await findFreeSlug(tx, slugOf(slug)),
    })
  const free = await findFreeSlug(tx, slug)
  if (free !== slug)
    throw new DomainError('conflict', `“${slug}” is already in use. Try “${free}”.`, {
      field: 'slug',
      suggestion: free,
    })
  return slug
}

async function findFreeSlug(tx: Prisma.TransactionClient, slug: string): Promise<string> {
  const rows = await tx.team.findMany({
    where: { OR: [{ slug }, { slug: { startsWith: `${slugStem(slug)}-` } }] },
    select: { slug: true },
  })
  return freeSlug(slug, new Set(rows.map((row) => row.slug)))
}

function idOf(row: { id: string } | undefined): string {
  if (!row) throw new Error('a built-in role or system group is missing')
  return row.id
}
