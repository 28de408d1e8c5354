import { expect, type Page } from '@playwright/test'
import type { Fields } from './admin-console.ts'
import type { RunningMuster } from './server.ts'

export const owner = { name: 'Dana Ruiz', email: 'dana@acme.com', password: 'correct horse battery staple' }

/** The set-up link: the first admin with their team. The browser is signed in afterwards. */
export async function setUp(page: Page, muster: RunningMuster, team: string): Promise<void> {
  await page.goto(muster.setupUrl ?? '')
  await page.getByLabel('Team').fill(team)
  await page.getByLabel('Your name').fill(owner.name)
  await page.getByLabel('Email').fill(owner.email)
  await page.getByLabel('Password').fill(owner.password)
  await page.getByRole('button', { name: 'Create team and admin' }).click()
  await expect(page.getByRole('heading', { name: team, level: 1 })).toBeVisible()
}

/** *Connections → Connect Okta*: registers the app under its redirect URI, and reads the fields that Okta asks for. */
export async function connectOkta(page: Page, redirectUri: string): Promise<Fields> {
  await page.getByRole('link', { name: 'Connections', exact: true }).click()
  await page.getByRole('link', { name: 'Connect Okta' }).first().click()
  await page.getByLabel('Another redirect URI').fill(redirectUri)
  await page.getByRole('button', { name: 'Register the app' }).click()
  await expect(page).toHaveURL(/client=/)
  const field = (label: string) => page.getByRole('textbox', { name: label, exact: true }).inputValue()
  expect(await field('Unique identifier field for users')).toBe('userName')
  return {
    baseUrl: await field('SCIM connector base URL'),
    authorizationEndpoint: await field('Authorization endpoint URI'),
    tokenEndpoint: await field('Access token endpoint URI'),
    clientId: await field('Client ID'),
    clientSecret: await field('Client Secret'),
  }
}

export async function signIn(page: Page, member: { email: string; password: string }): Promise<void> {
  await page.getByLabel('Email').fill(member.email)
  await page.getByLabel('Password', { exact: true }).fill(member.password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
}

/** A rule of the Roles page: a pushed group of this name, or like this pattern, gets the role when it arrives. */
export async function addRoleRule(
  page: Page,
  rule: { match: 'named exactly' | 'like (* and ?)'; name: string; role: string },
): Promise<void> {
  await page.getByLabel('A pushed group').selectOption({ label: rule.match })
  await page.getByLabel('Name or pattern').fill(rule.name)
  await page.getByLabel('gets role').selectOption({ label: rule.role })
  await page.getByRole('button', { name: 'Add rule' }).click()
  await expect(page.getByRole('row', { name: rule.name })).toContainText(rule.role)
}

/** *Users → Add a user*: by hand. Leaves the browser on the user's page and gives its address. */
export async function addUserByHand(
  page: Page,
  team: string,
  userName: string,
  name: string,
): Promise<string> {
  await page.goto(`${team}/users/new`)
  await page.getByLabel('userName').fill(userName)
  await page.getByLabel('Display name').fill(name)
  await page.getByRole('button', { name: 'Add user' }).click()
  await expect(page.getByRole('heading', { name, level: 1 })).toBeVisible()
  return page.url()
}

/** *Groups → Add a group*, with members: by hand. Leaves the browser on the group's page and gives its address. */
export async function addGroupByHand(
  page: Page,
  team: string,
  name: string,
  userNames: string[],
): Promise<string> {
  await page.goto(`${team}/groups/new`)
  await page.getByLabel('Name').fill(name)
  await page.getByRole('button', { name: 'Add group' }).click()
  await expect(page.getByRole('heading', { name, level: 1 })).toBeVisible()
  const field = page.getByLabel('Add a member by userName')
  for (const [index, userName] of userNames.entries()) {
    await field.fill(userName)
    await page.getByRole('button', { name: 'Add member' }).click()
    await expect(page.getByRole('link', { name: new RegExp(`^Members ?${index + 1}$`) })).toBeVisible()
    // The list may be newer than the form's own answer, which empties the field.
    await expect(field).toHaveValue('')
  }
  return page.url()
}
