/** The example is the same for the same seed, and a larger one begins as a smaller one does. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { exampleSize, exampleSteps } from '../../events/example/index.ts';

const seed = fc.stringMatching(/^[a-z0-9-]{1,12}$/);
const size = fc.nat(3_000);

test('the same seed and size give the same steps', () => {
  fc.assert(
    fc.property(seed, size, (s, n) => {
      expect([...exampleSteps(s, n)]).toEqual([...exampleSteps(s, n)]);
    }),
    { numRuns: 20 },
  );
});

test('a larger example only adds steps', () => {
  fc.assert(
    fc.property(seed, size, size, (s, n, more) => {
      const small = [...exampleSteps(s, n)];
      const large = [...exampleSteps(s, n + more)];
      expect(large.slice(0, small.length)).toEqual(small);
      expect(large).toHaveLength(exampleSize(s, n + more));
    }),
    { numRuns: 20 },
  );
});

test('another seed gives other steps', () => {
  expect([...exampleSteps('1', 0)]).not.toEqual([...exampleSteps('2', 0)]);
});
