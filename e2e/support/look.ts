import { expect, type Page, test } from '@playwright/test'
import { expectAccessible } from './accessible.ts'

/** Looked at wide and at 320 px, in both themes: nothing beyond the edge, nothing that axe finds. Keeps pictures of it. */
export async function look(page: Page, name: string): Promise<void> {
  const before = page.viewportSize()
  for (const width of [1280, 320]) {
    await page.setViewportSize({ width, height: 800 })
    const beyond = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    )
    expect([name, width, beyond]).toEqual([name, width, 0])
    await expectAccessible(page)
    const colorScheme = width === 320 ? 'dark' : 'light'
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    const path = test.info().outputPath(`${name}-${width}-${colorScheme}.png`)
    await page.screenshot({ path, fullPage: true })
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'no-preference' })
  }
  if (before) await page.setViewportSize(before)
}
