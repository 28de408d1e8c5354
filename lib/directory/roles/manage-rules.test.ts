import { setTimeout as delay } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { pool } from '#lib/db/pool'
import { newId } from '#lib/platform/ids'
import { testDatabase } from '#tests/database'
import { scimClient } from '#tests/scim-client'
import { createRole } from './manage-roles.ts'
import { createRule } from './manage-rules.ts'

await testDatabase()
const actor = { kind: 'operator', name: 'operator' } as const

/** A pushed group, inserted as its transaction inserts it that sees no rule. */
const INSERT = `INSERT INTO directory_group (team_id, id, display_name, name_key, doc, created_at, updated_at, managed_by)
  VALUES ($1, $2, 'Payroll', 'payroll', '{"displayName":"Payroll"}', now(), now(), $2)`

test('a rule reaches the group whose transaction began before the rule was there and ended after it', async () => {
  const { teamId } = await scimClient()
  const { id: roleId } = await createRole(teamId, { name: 'pay', displayName: 'Pay', description: '' }, actor)
  const groupId = newId()
  const arriving = await pool().connect()
  try {
    await arriving.query('BEGIN')
    await arriving.query(INSERT, [teamId, groupId])
    const made = createRule(teamId, { match: 'pattern', pattern: 'Pay*', roleId }, actor)
    const rules = () => pool().query('SELECT FROM role_rule WHERE team_id = $1', [teamId])
    while ((await rules()).rowCount === 0) await delay(5)
    await arriving.query('COMMIT')
    expect(await made).toMatchObject({ granted: 1 })
  } finally {
    arriving.release()
  }
  const { rows } = await pool().query('SELECT group_id, granted_by FROM role_grant WHERE role_id = $1', [
    roleId,
  ])
  expect(rows).toEqual([{ group_id: groupId, granted_by: 'rule' }])
})
