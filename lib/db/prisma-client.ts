import { PrismaPg } from '@prisma/adapter-pg'
import { singleton } from '#lib/platform/singleton'
import { PrismaClient } from '#prisma/generated/client'
import { pool } from './pool.ts'

/** Prisma on the process's one pool: for pages, OAuth and settings. The SCIM hot path uses prepared statements. */
export function prisma(): PrismaClient {
  return singleton('prisma', () => new PrismaClient({ adapter: new PrismaPg(pool()) }))
}

export type { Prisma, PrismaClient } from '#prisma/generated/client'
