import type { Prisma } from '#lib/db/prisma-client'
import { prisma } from '#lib/db/prisma-client'
import { freeServiceUserName } from './service-user-name.ts'

/**
 * A name that is free in every one of the teams: the wanted one, or with a number. A deleted service user keeps its
 * name, so that the activity log never speaks of two by one name.
 */
export async function suggestServiceUserName(
  wanted: string,
  teamIds: string[],
  on: Prisma.TransactionClient = prisma(),
): Promise<string> {
  const stem = wanted.replace(/-\d{1,4}$/, '').slice(0, 58)
  const rows = await on.serviceUser.findMany({
    where: { teamId: { in: teamIds }, OR: [{ name: wanted }, { name: { startsWith: stem } }] },
    select: { name: true },
  })
  return freeServiceUserName(wanted, new Set(rows.map(({ name }) => name)))
}

/** Throws nothing: says whether a team has (or had) a service user of that name. */
export async function serviceUserNameTaken(
  teamId: string,
  name: string,
  on: Prisma.TransactionClient = prisma(),
): Promise<boolean> {
  return (await on.serviceUser.count({ where: { teamId, name } })) > 0
}
