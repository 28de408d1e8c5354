import { expect, type Page } from '@playwright/test'

export type Dialect = 'oin' | 'aiw'
export type Fields = Record<
  'baseUrl' | 'authorizationEndpoint' | 'tokenEndpoint' | 'clientId' | 'clientSecret',
  string
>

/** The sandbox's Admin Console as a person uses it: every step is a click or a keystroke on its pages. */
export function adminConsole(page: Page, url: string) {
  const tab = (name: string) =>
    page
      .getByRole('navigation', { name: 'Application', exact: true })
      .getByRole('link', { name, exact: true })
  const button = (name: string) => page.getByRole('button', { name, exact: true })
  const link = (name: string) => page.getByRole('link', { name, exact: true })
  const menu = (name: string) => page.locator('summary', { hasText: name })

  return {
    /** *Applications → Add application*, of the kind that writes in the given dialect. Gives the redirect URI. */
    async addApplication(label: string, dialect: Dialect): Promise<string> {
      await page.goto(url)
      await link('Applications').click()
      await link('Add application').first().click()
      await page.getByLabel('Application label').fill(label)
      await page.getByLabel(dialect === 'oin' ? /^Catalog app/ : /^Private app/).check()
      await button('Done').click()
      await tab('General').click()
      return page.getByLabel('Redirect URI').inputValue()
    },

    async openTab(app: string, name: string): Promise<void> {
      await page.goto(url)
      await link('Applications').click()
      await link(app).click()
      await tab(name).click()
    },

    /** *Provisioning → Configure API Integration → Enable API integration*, and the fields that Muster shows. */
    async configureApiIntegration(app: string, fields: Fields): Promise<void> {
      await this.openTab(app, 'Provisioning')
      await link('Configure API Integration').click()
      await page.getByLabel('Enable API integration').check()
      await page.getByLabel('OAuth 2', { exact: true }).check()
      await page.getByLabel('SCIM connector base URL').fill(fields.baseUrl)
      await page.getByLabel('Unique identifier field for users').selectOption('userName')
      await page.getByLabel('Access token endpoint URI').fill(fields.tokenEndpoint)
      await page.getByLabel('Authorization endpoint URI').fill(fields.authorizationEndpoint)
      await page.getByLabel('Client ID').fill(fields.clientId)
      await page.getByLabel('Client Secret').fill(fields.clientSecret)
    },

    authenticate: (app: string) => button(`Authenticate with ${app}`).click(),

    async save(): Promise<void> {
      await button('Save').click()
    },

    /** *To App → Edit*: the three features of the page, then *Save*. */
    async enableAllToApp(): Promise<void> {
      await link('To App').click()
      await link('Edit').click()
      for (const feature of ['Create Users', 'Update User Attributes', 'Deactivate Users'])
        await page.getByLabel(feature).check()
      await button('Save').click()
      await expect(page.getByText('Enabled', { exact: true })).toHaveCount(3)
    },

    async assign(app: string, kind: 'People' | 'Groups', names: string[]): Promise<void> {
      await this.openTab(app, 'Assignments')
      await menu('Assign').click()
      await link(`Assign to ${kind}`).click()
      for (const name of names) {
        await page.getByRole('searchbox').fill(name)
        await button('Search').click()
        await button(`Assign ${name}`).click()
        await expect(page.getByRole('status')).toHaveText('Assigned.')
      }
      await link('Done').click()
    },

    /** *Push Groups → Find groups by name*, one after the other with *Save & Add Another*, then *Save*. */
    async pushGroupsByName(app: string, names: string[]): Promise<void> {
      await this.openTab(app, 'Push Groups')
      await menu('Push Groups').click()
      await link('Find groups by name').click()
      for (const [index, name] of names.entries()) {
        await page.getByLabel('Find groups by name').fill(name)
        await button('Find').click()
        await expect(page.getByLabel('Push group memberships immediately')).toBeChecked()
        await expect(page.getByLabel('Match result & push action')).toHaveValue('CREATE')
        await button(index < names.length - 1 ? 'Save & Add Another' : 'Save').click()
        await expect(page.getByRole('status').first()).toContainText(name)
      }
    },

    pushStatus: (group: string) => page.getByLabel(new RegExp(`^Push Status of ${group}: `)),

    async pushStatusMenu(app: string, group: string, item: string): Promise<void> {
      await this.openTab(app, 'Push Groups')
      await this.pushStatus(group).click()
      await page.getByRole('row', { name: group }).getByText(item, { exact: true }).click()
    },

    async openPerson(name: string): Promise<void> {
      await page.goto(url)
      await link('People').click()
      await page.getByRole('searchbox').fill(name)
      await button('Search').click()
      await link(name).click()
    },

    async openGroup(name: string): Promise<void> {
      await page.goto(url)
      await link('Groups').click()
      await link(name).click()
    },
  }
}
