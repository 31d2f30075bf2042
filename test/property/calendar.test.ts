/** The calendar counts as `Temporal` does, which the verifier cannot rely on. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dayAfter, dayBefore, daysBetween, lastDayOf, later } from '../../events/calendar.ts';

const { PlainDate } = Temporal;
const anyDate = fc
  .integer({ min: 0, max: 365_000 })
  .map((days) => PlainDate.from('2000-01-01').add({ days }).toString());

test('days', () => {
  fc.assert(
    fc.property(anyDate, anyDate, (a, b) => {
      const date = PlainDate.from(a);
      expect(dayBefore(a)).toBe(date.subtract({ days: 1 }).toString());
      expect(dayAfter(a)).toBe(date.add({ days: 1 }).toString());
      expect(daysBetween(a, b)).toBe(date.until(b, { largestUnit: 'days' }).days);
      expect(lastDayOf(a.slice(0, 7))).toBe(date.with({ day: 31 }).toString());
    }),
  );
});

test('years and months, which end at the last day of a shorter month', () => {
  const unit = fc.constantFrom('years', 'months');
  fc.assert(
    fc.property(anyDate, unit, fc.integer({ min: 0, max: 9_999 }), (date, of, count) => {
      const expected = PlainDate.from(date).add({ [of]: count });
      const isOurs = expected.year <= 2_999;
      expect(later(date, of, String(count))).toBe(isOurs ? expected.toString() : undefined);
    }),
    {
      examples: [
        ['2024-02-29', 'years', 1],
        ['2021-01-31', 'months', 1],
        ['2999-12-31', 'years', 0],
      ],
    },
  );
});
