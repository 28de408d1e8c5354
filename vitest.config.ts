import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['{lib,app,components,cli,server,prisma,sandbox,tests,scripts,bench}/**/*.test.{ts,tsx}'],
    environment: 'node',
    globalSetup: './tests/global-setup.ts',
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 20_000,
    hookTimeout: 60_000,
    // What a developer's shell or .env holds must not reach a test.
    env: { NODE_ENV: 'test', DATABASE_URL: '', MUSTER_DATA_DIR: '', LOG_LEVEL: 'silent' },
  },
})
