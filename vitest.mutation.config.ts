import { defineConfig } from 'vitest/config'

// The tests that need nothing but the code itself: what `npm run mutation` runs for each fault that it plants.
export default defineConfig({
  test: {
    include: [
      'lib/{scim,oauth}/**/*.test.ts',
      'tests/rfc/rfc-schemas.test.ts',
      'tests/oauth/{redirect-uri-rules,secret-comparison}.test.ts',
    ],
    // Thousands of runs for each planted fault; what they find is found by the tables as well.
    exclude: ['lib/scim/filter/parse-filter.test.ts', 'lib/scim/patch/apply-patch.test.ts'],
    environment: 'node',
    testTimeout: 20_000,
    env: { NODE_ENV: 'test' },
  },
})
