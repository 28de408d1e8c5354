import { expect } from '@playwright/test'
import { rowsOf, test } from './support/dashboard.ts'
import { patch, userBody } from './support/filled-team.ts'

// A trace of pages with axe in them would take longer than the test itself.
test.use({ trace: 'off' })

test('a push’s state is told in Okta’s words, with its history and what was not resolved', async ({
  page,
  group,
  team,
}) => {
  await page.goto('/acme/groups')
  await expect(rowsOf(page).filter({ hasText: 'Finance' })).toContainText('Error')
  await expect(page.getByRole('row', { name: /^Auditors/ })).toContainText('2 unresolved')
  await page.getByRole('link', { name: 'Auditors' }).click()
  await page.getByText('Who they are').click()
  await expect(page.getByText('board.member@acme.example')).toBeVisible()
  await page.goto(`${group('Finance')}?tab=pushes`)
  await expect(page.getByText(/Failed · PATCH was refused with 409/)).toHaveCount(1)
  await expect(page.getByRole('img', { name: '2 succeeded, 4 failed' })).toBeVisible()
  await page.getByRole('link', { name: 'View request' }).first().click()
  await expect(page).toHaveTitle('Updating the group Finance was refused · Muster')
  await page.goBack()
  await team.scim(
    'PATCH',
    `/Groups/${team.groups.get('Finance')}`,
    patch({ op: 'replace', value: { displayName: 'Finance EMEA' } }),
  )
  await expect(page.getByText('Same error 4 times')).toBeVisible()
  await expect(page.getByRole('heading', { name: 'Finance EMEA' })).toBeVisible()
  await expect(page.getByText('Active', { exact: true }).first()).toBeVisible()
})

test('what Okta pushes shows without a reload, and fades in; while one reads on, it gathers', async ({
  page,
  team,
}) => {
  await page.goto('/acme/users?sort=-changedAt')
  await expect(page.getByText('Live', { exact: true })).toBeVisible()
  await page.evaluate(() => {
    const { animate } = Element.prototype
    Element.prototype.animate = function (this: HTMLElement, ...frames) {
      this.dataset.faded = 'yes'
      return animate.apply(this, frames)
    }
  })
  await team.scim('POST', '/Users', userBody('zoe@acme.example', { displayName: 'Zoë Live' }))
  await expect(page.locator('tr[data-faded]')).toContainText('Zoë Live')

  await page.goto('/acme/activity')
  await expect(page.getByText('Live', { exact: true })).toBeVisible()
  const top = await rowsOf(page).first().textContent()
  await page.mouse.wheel(0, 600)
  await page.waitForFunction(() => window.scrollY > 300)
  await team.scim('POST', '/Users', userBody('yan@acme.example', { displayName: 'Yan Later' }))
  const gathered = page.getByRole('button', { name: '1 new event' })
  await expect(gathered).toBeVisible()
  expect(await rowsOf(page).first().textContent()).toBe(top)
  await gathered.click()
  await expect(rowsOf(page).first()).toContainText('Yan Later')

  await page.getByRole('button', { name: 'Live' }).click()
  const paused = page.getByRole('button', { name: 'Paused' })
  await expect(paused).toBeVisible()
  await team.scim('POST', '/Users', userBody('xia@acme.example', { displayName: 'Xia Waiting' }))
  await expect(gathered).toBeVisible()
  await expect(rowsOf(page).first()).toContainText('Yan Later')
  await paused.click()
  await expect(rowsOf(page).first()).toContainText('Xia Waiting')
})

test('everything is reached by keyboard: skip link, palette, rooms, search, sorting, help that can turn it off', async ({
  page,
  user,
}) => {
  await page.goto('/acme')
  await page.keyboard.press('Tab')
  await expect(page.getByRole('link', { name: 'Skip to content' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('main')).toBeFocused()
  await page.keyboard.press('Control+k')
  await page.keyboard.type('Katarzyna')
  await expect(page.getByRole('option', { name: /Katarzyna Nowak/ })).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(user('Katarzyna Nowak'))
  await page.keyboard.press('g')
  await page.keyboard.press('u')
  await expect(page).toHaveURL('/acme/users')
  await expect(page.getByRole('heading', { name: 'Users' })).toBeVisible()
  await page.keyboard.press('/')
  await expect(page.getByRole('searchbox')).toBeFocused()
  await page.keyboard.press('Escape')

  const sort = page.getByRole('columnheader', { name: 'Name' })
  await sort.getByRole('link').focus()
  await page.keyboard.press('Enter')
  await expect(sort).toHaveAttribute('aria-sort', 'descending')
  await expect(rowsOf(page).first()).toContainText('Zo')

  await page.evaluate(() => (document.activeElement as HTMLElement).blur())
  await page.keyboard.press('?')
  const help = page.getByRole('dialog', { name: 'Keyboard shortcuts' })
  await expect(help).toBeVisible()
  await help.getByRole('switch').press('Space')
  await page.keyboard.press('Escape')
  await expect(help).toBeHidden()
  await page.keyboard.press('g')
  await page.keyboard.press('a')
  await page.keyboard.press('?')
  await expect(help).toBeHidden()
  await expect(page).toHaveURL(/\/acme\/users/)
  await page.evaluate(() => localStorage.clear())
})

test('a rule gives its role to the groups it names, and people have it with the reason', async ({
  page,
  user,
  group,
}) => {
  await page.goto('/acme/roles/new')
  await page.getByLabel('Name', { exact: true }).fill('access_admin')
  await page.getByLabel('Title').fill('Payroll editor')
  await page.getByRole('button', { name: 'Define role' }).click()
  await expect(page.getByText('There is a role access_admin already.')).toBeVisible()
  await page.getByLabel('Name', { exact: true }).fill('payroll_editor')
  await page.getByLabel('Title').fill('Payroll editor')
  await page.getByRole('button', { name: 'Define role' }).click()
  await expect(page.getByRole('heading', { name: 'Payroll editor' })).toBeVisible()

  await page.goto('/acme/roles')
  await page.getByLabel('Name or pattern').fill('no such *')
  await page.getByRole('button', { name: 'Add rule' }).click()
  await expect(page.getByText(/named exactly “no such \*”.+ choose “like/)).toBeVisible()
  await page.getByLabel('A pushed group').selectOption('like (* and ?)')
  await page.getByLabel('Name or pattern').fill('ops *')
  await page.getByLabel('gets role').selectOption('payroll_editor')
  await page.getByRole('button', { name: 'Add rule' }).click()
  await expect(page.getByText('1 group has the role now')).toBeVisible()
  await page.goto(user('Daniel Weiss'))
  await expect(page.getByText('payroll_editor through Ops Admins')).toBeVisible()
  await page.goto(`${group('Ops Admins')}?tab=roles`)
  await expect(page.getByText('by the rule “ops *”')).toBeVisible()
  const remove = page.getByRole('button', { name: 'Remove payroll_editor' })
  await remove.click()
  await expect(page.getByText(/No other group has it/)).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(remove).toBeFocused()
})

test('users and groups made by hand are edited by hand, and deleted by name', async ({ page }) => {
  await page.goto('/acme/users/new')
  await page.getByLabel('userName').fill('Temp@acme.example')
  await page.getByLabel('Display name').fill('Temp Worker')
  await page.getByLabel('Email').fill('temp@acme.example')
  await page.getByRole('button', { name: 'Add user' }).click()
  await expect(page.getByText('Not managed by Okta')).toBeVisible()
  await page.getByRole('link', { name: 'Edit' }).click()
  await page.getByLabel('Title').fill('Contractor')
  await page.getByLabel('Email').fill('')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('Contractor')).toBeVisible()
  await expect(page.getByText('temp@acme.example · work')).toHaveCount(0)

  await page.goto('/acme/groups/new')
  await page.getByLabel('Name').fill('AUDITORS')
  await page.getByRole('button', { name: 'Add group' }).click()
  await expect(page.getByRole('alert').filter({ hasText: 'AUDITORS' })).toBeVisible()
  await page.getByLabel('Name').fill('By Hand')
  await page.getByRole('button', { name: 'Add group' }).click()
  await page.getByLabel('Add a member by userName').fill('temp@ACME.example')
  await page.getByRole('button', { name: 'Add member' }).click()
  await expect(page.getByRole('link', { name: 'Temp Worker' })).toBeVisible()
  await page.getByRole('button', { name: 'Remove Temp Worker' }).click()
  await page.getByRole('button', { name: 'Remove member' }).click()
  await expect(page.getByText('No members yet')).toBeVisible()
  await page.getByRole('link', { name: 'Rename' }).click()
  await page.getByLabel('Name', { exact: true }).fill('Handmade')
  await page.getByRole('button', { name: 'Rename group' }).click()
  await expect(page.getByRole('heading', { name: 'Handmade' })).toBeVisible()
  await page.getByRole('button', { name: 'Delete…' }).click()
  const confirm = page.getByRole('button', { name: 'Delete group' })
  await expect(confirm).toBeDisabled()
  await page.getByLabel('Type Handmade to confirm').fill('Handmade')
  await confirm.click()
  await expect(page).toHaveURL('/acme/groups')
  await expect(page.getByRole('link', { name: 'Handmade' })).toHaveCount(0)
})
