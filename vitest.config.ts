import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['{lib,app,components,cli,server,prisma,sandbox,tests,scripts,bench}/**/*.test.{ts,tsx}'],
    environment: 'node',
    globalSetup: './tests/global-setup.ts',
    pool: 'forks',
    maxWorkers: 2,
    // A test that hangs is found by its name all the same; what is merely slow, on a machine taken by others, is no fault.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // What a developer's shell or .env holds must not reach a test.
    env: { NODE_ENV: 'test', DATABASE_URL: '', MUSTER_DATA_DIR: '', LOG_LEVEL: 'silent' },
  },
})
