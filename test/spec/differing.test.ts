/** A comparison shows what differs, and enough to know of what. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { differing } from '../../src/web/differing.ts';

test.each([
  ['nothing', { a: 1 }, { a: 1 }, [undefined, undefined]],
  ['a field', { a: 1, b: 2 }, { a: 1, b: 3 }, [{ b: 2 }, { b: 3 }]],
  ['a field that came', { a: 1 }, { a: 1, b: 3 }, [{}, { b: 3 }]],
  ['a word in a list', ['x', 'y'], ['y', 'z'], [['x'], ['z']]],
  ['one of two equal words', ['x', 'x'], ['x'], [['x'], undefined]],
  [
    'a part of a part',
    [{ part: 'p', missing: ['x'], result: 'r' }, { part: 'q' }],
    [{ part: 'p', missing: [], result: 'r' }, { part: 'q' }],
    [[{ part: 'p', missing: ['x'] }], [{ part: 'p' }]],
  ],
  [
    'amounts by year',
    {
      years: [
        { year: 2025, cents: '1' },
        { year: 2026, cents: '5' },
      ],
    },
    {
      years: [
        { year: 2025, cents: '2' },
        { year: 2026, cents: '5' },
      ],
    },
    [{ years: [{ year: 2025, cents: '1' }] }, { years: [{ year: 2025, cents: '2' }] }],
  ],
  [
    'a finding that came, not one that was found again',
    [{ findingId: 'a', severity: 'warning', description: 'x', rule: 'R8' }],
    [
      { findingId: 'b', severity: 'warning', description: 'x', rule: 'R8' },
      { findingId: 'c', severity: 'warning', description: 'y', rule: 'R8' },
    ],
    [undefined, [{ findingId: 'c', severity: 'warning', description: 'y', rule: 'R8' }]],
  ],
  ['all of it', 'a', { b: 1 }, ['a', { b: 1 }]],
  ['what came', undefined, { b: 1 }, [undefined, { b: 1 }]],
])('%s', (_, before, after, expected) => {
  expect(differing(before, after)).toEqual(expected);
});

const fields = fc.dictionary(fc.string(), fc.integer());

test('of equal answers nothing is shown, and of others always something', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fields, fields, (any, a, b) => {
      expect(differing(any, any)).toEqual([undefined, undefined]);
      if (JSON.stringify(a) === JSON.stringify(b)) return;
      expect(differing(a, b)).not.toEqual([undefined, undefined]);
    }),
  );
});
