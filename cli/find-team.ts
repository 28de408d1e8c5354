import { prisma } from '#lib/db/prisma-client'
import { DomainError } from '#lib/platform/domain-error'

export const TEAM = {
  type: 'string',
  value: 'SLUG',
  help: "the team's slug: its part of the address",
  required: true,
} as const

/** The team of `--team`. Throws DomainError `not_found`, naming those there are. */
export async function findTeam(slug: string): Promise<{ id: string; slug: string; name: string }> {
  const team = await prisma().team.findUnique({ where: { slug: slug.trim().toLowerCase() } })
  if (team) return team
  const some = await prisma().team.findMany({
    where: { scratchUntil: null },
    select: { slug: true },
    orderBy: { slug: 'asc' },
    take: 10,
  })
  const known = some.length
    ? `There are: ${some.map((each) => each.slug).join(', ')}.`
    : 'There are no teams yet.'
  throw new DomainError('not_found', `There is no team "${slug}". ${known}`)
}

/** Who did it, in the activity log. */
export const OPERATOR = { kind: 'operator', name: 'operator' } as const
