import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { largestRemainder } from '../../events/shares.ts';
import { changePercent, surchargeIn } from '../../projections/lump-sums/figures.ts';

const weights = (...parts: readonly (string | number)[]) =>
  parts.map((weight, i) => ({ municipality: `gm000${i}`, weight: String(weight) }));

describe('law 4: shares add up', () => {
  test.each([
    [100n, [1, 2, 4], [14n, 29n, 57n]],
    [5n, [3, 7], [2n, 3n]],
    [1003n, [49, 51], [491n, 512n]],
    // The Alabama paradox: one more to divide, one less for the smallest.
    [10n, [6, 6, 2], [4n, 4n, 2n]],
    [11n, [6, 6, 2], [5n, 5n, 1n]],
    [-100n, [1, 2, 4], [-14n, -29n, -57n]],
    [10n, [0, 1], [0n, 10n]],
    [100n, ['0.5', '1.25'], [29n, 71n]],
  ] as const)('%s over %s', (amount, parts, expected) => {
    expect(largestRemainder(amount, weights(...parts))).toEqual(expected);
  });

  test('to the cent, whatever the weights, each within one cent of its part', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }),
        fc.array(fc.nat(1_000_000), { minLength: 1, maxLength: 20 }),
        (amount, parts) => {
          const sum = BigInt(parts.reduce((a, b) => a + b, 0));
          fc.pre(sum > 0n);
          const shares = largestRemainder(amount, weights(...parts));
          expect(shares.reduce((a, b) => a + b, 0n)).toBe(amount);
          shares.forEach((share, i) => {
            const off = share * sum - amount * BigInt(parts[i]!);
            expect(off < sum && off > -sum).toBe(true);
            if (parts[i] === 0) expect(share).toBe(0n);
          });
        },
      ),
    );
  });

  test('without a positive weight there is nothing to divide by', () => {
    expect(() => largestRemainder(1n, weights(0, 0))).toThrow(RangeError);
    expect(() => largestRemainder(1n, weights(2, -1))).toThrow(RangeError);
  });
});

describe('figures of a lump sum', () => {
  test('the surcharge in the stated total of 2025', () => {
    expect(surchargeIn('460369900', '3')).toEqual({
      percent: '3',
      amountCents: '13408832',
      withoutCents: '446961068',
    });
  });

  test('surcharge and the rest add up, for any percentage', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 15n }), fc.nat(9999), (amount, tenths) => {
        const percent = String(tenths / 10);
        const { amountCents, withoutCents } = surchargeIn(String(amount), percent);
        expect(BigInt(amountCents) + BigInt(withoutCents)).toBe(amount);
      }),
    );
  });

  test.each([
    ['323700000', '460369900', '42.2'],
    ['100', '100', '0'],
    ['100', '97', '-3'],
    ['1000', '999', '-0.1'],
    ['0', '5', undefined],
  ])('from %s to %s is %s %%', (before, after, percent) => {
    expect(changePercent(before, after)).toBe(percent);
  });
});
