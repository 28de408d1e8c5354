import { expect, test } from '@playwright/test'
import { startMuster } from './support/server.ts'

test('a fresh installation serves its pages and stops without a trace', async ({ page }) => {
  const muster = await startMuster()
  try {
    const answer = await page.goto(muster.url)
    expect(answer?.status()).toBeLessThan(400)
    const status = await muster.command(['status', '--json'])
    expect(status.stderr).toBe('')
    expect(JSON.parse(status.stdout)).toMatchObject({ running: true, url: muster.url, pendingMigrations: 0 })
  } finally {
    await muster.stop()
  }
  expect(muster.output()).toContain('Stopped')
})
