import AxeBuilder from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'

/** What axe finds wrong with the page as it stands, in light and in dark (where only colours differ): nothing. */
export async function expectAccessible(page: Page): Promise<void> {
  const { pathname, search } = new URL(page.url())
  const where = `${pathname}${search} at ${page.viewportSize()?.width} px`
  for (const colorScheme of ['light', 'dark'] as const) {
    // A colour on its way from one theme to the other is neither.
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    // Legacy mode: without frames to visit, no second page has to be opened for each look.
    const axe = new AxeBuilder({ page }).setLegacyMode(true)
    if (colorScheme === 'dark') axe.withRules(['color-contrast'])
    const { violations } = await axe.analyze()
    const found = violations.map(
      ({ id, nodes }) => `${where} (${colorScheme}) ${id}: ${nodes[0]?.html} ${nodes[0]?.failureSummary}`,
    )
    expect(found).toEqual([])
  }
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'no-preference' })
}
