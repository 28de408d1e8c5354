import { expect } from '@playwright/test'
import { expectAccessible } from './support/accessible.ts'
import { test } from './support/dashboard.ts'
import { databaseOf } from './support/database.ts'

// A trace of pages with axe in them would take longer than the test itself.
test.use({ trace: 'off' })

// The table is out of the way for a moment: what reads it fails at once, as it would with the database away.
for (const [where, path, table, content] of [
  ['inside the frame', '/acme/groups', 'directory_group', 'Auditors'],
  [
    'outside a team',
    '/invite/nobody-was-invited-with-this-token',
    'invitation',
    'This invitation is not open',
  ],
] as const)
  test(`a page that could not be shown, ${where}, says why and is shown when tried again`, async ({
    page,
    muster,
    faults,
  }) => {
    const database = await databaseOf(muster)
    try {
      await database.query(`ALTER TABLE "${table}" RENAME TO "away"`)
      try {
        await page.goto(path)
        await expect(page.getByText(/its database does not answer/)).toBeVisible()
        await expectAccessible(page)
        const before = await page.getByRole('button', { name: 'Try again' }).elementHandle()
        await before?.click()
        await before?.waitForElementState('hidden')
        await expect(page.getByText(/its database does not answer/)).toBeVisible()
      } finally {
        await database.query(`ALTER TABLE "away" RENAME TO "${table}"`)
      }
      await page.getByRole('button', { name: 'Try again' }).click()
      await expect(page.getByText(content).first()).toBeVisible()
      await expect(page.getByText(/its database does not answer/)).toBeHidden()
    } finally {
      await database.end()
      // The browser tells of the failed answers, which were wanted.
      faults.length = 0
    }
  })
