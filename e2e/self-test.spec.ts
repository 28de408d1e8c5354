import { expect, test } from '@playwright/test'
import { expectAccessible } from './support/accessible.ts'
import { startMuster } from './support/server.ts'

const PASSWORD = 'seven tidy herons wade'

test('an admin runs Okta’s tests on a connection’s page, watches them, and sees each request and answer', async ({
  page,
  browser,
}) => {
  test.setTimeout(180_000)
  const muster = await startMuster()
  const command = async (args: string[], stdin?: string) => {
    const { code, stdout, stderr } = await muster.command([...args, '--json'], stdin)
    expect(code, stderr).toBe(0)
    return JSON.parse(stdout)
  }
  try {
    await command(['team', 'create', '--name', 'Acme'])
    for (const [email, role] of [
      ['ada@acme.example', 'admin'],
      ['rex@acme.example', 'reviewer'],
    ] as const)
      await command(
        ['member', 'create', '--team', 'acme', '--email', email, '--role', role, '--password-stdin'],
        PASSWORD,
      )
    await command(['service-user', 'create', '--team', 'acme', '--name', 'acme-okta'])

    await page.goto(`${muster.url}/sign-in`)
    await page.getByLabel('Email').fill('ada@acme.example')
    await page.getByLabel('Password').fill(PASSWORD)
    await page.getByRole('button', { name: 'Sign in', exact: true }).click()
    await page.goto(`${muster.url}/acme/connections`)
    await page.getByRole('link', { name: 'acme-okta' }).first().click()
    await page.getByRole('link', { name: 'Open self-test' }).click()
    await expect(page.getByRole('heading', { name: 'Self-test', level: 1 })).toBeVisible()
    await expectAccessible(page)

    // Twice at once: one begins, and both see it.
    const other = await page.context().newPage()
    await other.goto(page.url())
    await Promise.all([
      page.getByRole('button', { name: 'Run self-test' }).click(),
      other.getByRole('button', { name: 'Run self-test' }).click(),
    ])
    await expect(page.getByText(/^Passed: (\d+) of \1 steps$/)).toBeVisible({ timeout: 60_000 })
    await expect(other.getByText(/^Passed: (\d+) of \1 steps$/)).toBeVisible()
    await other.close()

    await page.getByText('CRUD test, private app').click()
    await page
      .getByRole('link', { name: /Deactivate user in Okta/ })
      .last()
      .click()
    await expect(page.getByText('sent by Okta').first()).toBeVisible()
    await expect(page.getByText(/^PUT /)).toBeVisible()
    await expect(page.getByText('Bearer •••').first()).toBeVisible()
    expect(await page.content()).not.toContain('mst_st_')
    await expectAccessible(page)
    await page.setViewportSize({ width: 320, height: 700 })
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320)
    const address = page.url()

    // Nothing of it is left, and the command says the same.
    expect(await command(['status'])).toMatchObject({ teams: 1, users: 0 })
    expect(await command(['selftest'])).toMatchObject({ outcome: 'passed' })

    const reviewer = await (await browser.newContext()).newPage()
    await reviewer.goto(`${muster.url}/sign-in`)
    await reviewer.getByLabel('Email').fill('rex@acme.example')
    await reviewer.getByLabel('Password').fill(PASSWORD)
    await reviewer.getByRole('button', { name: 'Sign in', exact: true }).click()
    await reviewer.goto(address)
    await expect(reviewer).toHaveURL(/\/no-access/)
    await reviewer.goto(address.replace(/\/self-test.*$/, ''))
    await expect(reviewer.getByRole('link', { name: 'Open self-test' })).toHaveCount(0)
    await reviewer.context().close()
  } finally {
    await muster.stop()
  }
})
