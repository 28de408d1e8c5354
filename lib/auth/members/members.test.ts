import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { pool } from '#lib/db/pool'
import { prisma } from '#lib/db/prisma-client'
import { createTeam } from '#lib/directory/teams/create-team'
import { newId } from '#lib/platform/ids'
import { testDatabase } from '#tests/database'
import type { SignedIn } from '../signed-in.ts'
import { acceptInvitation, findInvitation } from './accept-invitation.ts'
import { changeMember } from './change-member.ts'
import { createMember } from './create-member.ts'
import { INVITATION_DAYS, inviteMember, revokeInvitation } from './invite-member.ts'
import { listMembers } from './list-members.ts'
import type { MemberManager } from './member-role.ts'

await testDatabase()
const PASSWORD = 'seven tidy herons wade'
const DAY_MS = 24 * 60 * 60 * 1000
const now = Date.now()
let team: { id: string; slug: string }
let owner: MemberManager
let count = 0

async function addMember(role: string): Promise<MemberManager> {
  const email = `person${++count}@example.com`
  const { memberId } = await createMember({ teamSlug: team.slug, email, role, password: PASSWORD })
  return { memberId, name: email, access: role === 'owner' ? 'owner' : 'admin' }
}

const tokenOf = ({ url }: { url: string }) => url.split('/').at(-1) as string
const rolesOf = async () => (await listMembers(team.id, now)).members.map(({ role }) => role)

beforeAll(() => {
  process.env.MUSTER_SECRET = 'a secret of the tests, long enough to be one'
})
beforeEach(async () => {
  team = await prisma().$transaction((tx) => createTeam(tx, { name: `Team ${newId().slice(-12)}` }))
  owner = await addMember('owner')
})

describe('the last owner of a team', () => {
  it('can be neither removed nor given another role', async () => {
    await expect(changeMember(team.id, owner.memberId, null, owner)).rejects.toMatchObject({
      code: 'conflict',
    })
    await expect(changeMember(team.id, owner.memberId, 'admin', owner)).rejects.toMatchObject({
      code: 'conflict',
    })
    expect(await rolesOf()).toEqual(['owner'])
  })

  it('keeps the role when the command line gives another one, until there is a second owner', async () => {
    const demote = () =>
      createMember({ teamSlug: team.slug, email: owner.name, role: 'reviewer', password: '' })
    await expect(demote()).rejects.toMatchObject({ code: 'conflict' })
    expect(await rolesOf()).toEqual(['owner'])
    await addMember('owner')
    await demote()
    expect(await rolesOf()).toEqual(['owner', 'reviewer'])
  })

  it('stays when two owners are demoted by the command line and by each other at once', async () => {
    const other = await addMember('owner')
    const results = await Promise.allSettled([
      changeMember(team.id, other.memberId, 'admin', owner),
      createMember({ teamSlug: team.slug, email: owner.name, role: 'admin', password: '' }),
    ])
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await rolesOf()).toEqual(['owner', 'admin'])
  })

  it('stays when two owners remove each other at once', async () => {
    const other = await addMember('owner')
    const results = await Promise.allSettled([
      changeMember(team.id, other.memberId, null, owner),
      changeMember(team.id, owner.memberId, null, other),
    ])
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await rolesOf()).toEqual(['owner'])
  })
})

describe('roles', () => {
  it('an admin can neither make nor unmake an owner', async () => {
    await addMember('owner')
    const admin = await addMember('admin')
    const acts = [
      () => changeMember(team.id, admin.memberId, 'owner', admin),
      () => changeMember(team.id, owner.memberId, 'reviewer', admin),
      () => changeMember(team.id, owner.memberId, null, admin),
      () => inviteMember(team.id, { email: 'new@example.com', role: 'owner' }, admin, now),
    ]
    for (const act of acts) await expect(act()).rejects.toMatchObject({ code: 'forbidden' })
    expect(await rolesOf()).toEqual(['owner', 'owner', 'admin'])
  })

  it('a change is recorded with who made it', async () => {
    const admin = await addMember('admin')
    await changeMember(team.id, admin.memberId, 'reviewer', owner)
    const { rows } = await pool().query(
      `SELECT actor_name, summary FROM activity_event WHERE team_id = $1 AND action = 'member.change'`,
      [team.id],
    )
    expect(rows).toEqual([{ actor_name: owner.name, summary: `made ${admin.name} reviewer` }])
  })

  it('a member of another team is not found', async () => {
    const stranger = owner
    team = await prisma().$transaction((tx) => createTeam(tx, { name: `Team ${newId().slice(-12)}` }))
    await expect(changeMember(team.id, stranger.memberId, null, owner)).rejects.toMatchObject({
      code: 'not_found',
    })
  })
})

describe('an invitation', () => {
  const invite = (email: string) => inviteMember(team.id, { email, role: 'reviewer' }, owner, now)
  const fresh = () => `guest${++count}@example.com`
  const person = { name: 'Robin Guest', password: PASSWORD }

  it('is used once, also by two at the same moment', async () => {
    const token = tokenOf(await invite(fresh()))
    const results = await Promise.allSettled([
      acceptInvitation(token, person, now),
      acceptInvitation(token, person, now),
    ])
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    await expect(acceptInvitation(token, person, now)).rejects.toMatchObject({ code: 'gone' })
    expect(await rolesOf()).toEqual(['owner', 'reviewer'])
  })

  it('ends by time, by being withdrawn, and by a newer one', async () => {
    const email = fresh()
    const first = tokenOf(await invite(email))
    expect(await findInvitation(first, now + INVITATION_DAYS * DAY_MS + 1)).toBeUndefined()
    const second = tokenOf(await invite(email))
    expect(await findInvitation(first, now)).toBeUndefined()
    const { invitations } = await listMembers(team.id, now)
    await revokeInvitation(team.id, invitations[0]?.id as string, owner, now)
    await expect(acceptInvitation(second, person, now)).rejects.toMatchObject({ code: 'gone' })
  })

  it('gives nobody the account of somebody who has one', async () => {
    const email = fresh()
    const token = tokenOf(await invite(email))
    const elsewhere = await prisma().$transaction((tx) =>
      createTeam(tx, { name: `Team ${newId().slice(-12)}` }),
    )
    const { memberId } = await createMember({
      teamSlug: elsewhere.slug,
      email,
      role: 'admin',
      password: PASSWORD,
    })
    await expect(acceptInvitation(token, person, now)).rejects.toMatchObject({ code: 'unauthenticated' })
    const signedIn = (id: string, address: string): SignedIn => ({
      memberId: id,
      email: address,
      name: 'x',
      sessionId: newId(),
      method: 'password',
      reauthenticatedAt: new Date(now),
    })
    const wrong = { member: signedIn(owner.memberId, owner.name) }
    await expect(acceptInvitation(token, wrong, now)).rejects.toMatchObject({ code: 'forbidden' })
    const joined = await acceptInvitation(token, { member: signedIn(memberId, email) }, now)
    expect(joined).toEqual({ memberId, teamSlug: team.slug })
  })
})
