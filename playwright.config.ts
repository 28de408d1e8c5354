import { existsSync } from 'node:fs'
import { defineConfig } from '@playwright/test'

// Set by scripts/test.mjs, which also installs a browser where there is none.
const system = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((file) =>
  existsSync(file),
)
const executablePath = process.env.PLAYWRIGHT_CHROMIUM || system

export default defineConfig({
  testDir: './e2e',
  testMatch: '**/*.spec.ts',
  outputDir: './test-results',
  // The servers are started by the fixtures, each on a data folder of its own: e2e/support/server.ts.
  workers: 1,
  fullyParallel: false,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  // On a machine taken by others a browser can miss a moment. What fails twice is a fault; what passed the second time
  // is listed as flaky.
  retries: 1,
  reporter: [['list']],
  use: {
    browserName: 'chromium',
    viewport: { width: 1280, height: 800 },
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    launchOptions: {
      ...(executablePath ? { executablePath } : {}),
      args: [
        // Root, as in containers and CI, has no sandbox.
        '--no-sandbox',
        '--disable-dev-shm-usage',
        // The browser itself stays quiet: every request in a test is Muster's or the sandbox's.
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-domain-reliability',
        '--disable-sync',
        '--no-first-run',
        '--no-pings',
      ],
    },
  },
})
