import { expect, test } from 'vitest'
import { testDatabase } from '../database.ts'
import { scimClient } from '../scim-client.ts'
import { statementsOf } from './capture.ts'
import { HOT, makePlace } from './requests.ts'
import { wholeTablesRead } from './whole-tables-read.ts'

await testDatabase()

// What is planned now is kept while the first hundred thousand people arrive.
test('in a database where nobody is yet, hot statements are planned for a large team', async () => {
  const client = await scimClient('Acme')
  const place = await makePlace(client, 0)
  for (const [kind, { send, statements }] of Object.entries(HOT)) {
    const sent = await statementsOf(() => send(client, place))
    for (const statement of sent.filter(({ name }) => statements.includes(name)))
      expect([kind, statement.name, await wholeTablesRead(statement)]).toEqual([kind, statement.name, []])
  }
})
