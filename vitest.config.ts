import { defineConfig, type ViteUserConfig } from 'vitest/config';

/** The package's own names (`slatewise/data`) lead to the source. */
const conditions: string[] = ['slatewise-source'];

const config: ViteUserConfig = defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts', 'page/**/*.test.ts'],
    pool: 'forks',
    testTimeout: 120_000,
    // Some build the program, or train, before their first test.
    hookTimeout: 120_000,
  },
});

export default config;
