import { defineConfig } from 'vitest/config';

/** Folders whose tests start the service or another process, or wait for what does not come. */
const slow = ['crash', 'downstream', 'http', 'cli', 'kurrentdb', 'readme', 'web'].map(
  (name) => `test/${name}/**/*.test.ts`,
);

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          setupFiles: ['test/support/seed.ts'],
          include: ['test/**/*.test.ts'],
          exclude: slow,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'integration',
          setupFiles: ['test/support/seed.ts'],
          include: slow,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
