/** As-of in SQL against a naive model, with many facts on one thing, so that blocks come to count. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openTables } from '../../src/projector/tables.ts';
import { entry } from '../support/entries.ts';

const count = 1_500;

const ruleSet = (n: number, latest: string) =>
  entry(
    'RuleSet',
    {
      rule: 'R7',
      title: `regel ${n}`,
      summary: 'x',
      authority: 'design',
      decisionIds: [],
      figures: [],
    },
    { validFrom: { earliest: latest, latest } },
  );

const dayOf = (n: number): string => new Date(Date.UTC(2000, 0, 1 + n)).toISOString().slice(0, 10);

const shapes: Record<string, (n: number, random: number) => number> = {
  'in order': (n) => n,
  backwards: (n) => count - n,
  shuffled: (_n, random) => random % count,
  'on a few days': (_n, random) => random % 5,
};

test.each(Object.entries(shapes))(
  'one thing, %s: the last fact known at (v, k)',
  (_name, shape) => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(), { minLength: count, maxLength: count }),
        fc.array(fc.tuple(fc.nat(count), fc.nat(count - 1)), { minLength: 100, maxLength: 100 }),
        (randoms, points) => {
          const dates = randoms.map((random, n) => dayOf(shape(n, random)));
          const tables = openTables(':memory:');
          tables.apply(
            dates.map((date, sequence) => ({
              sequence,
              text: '',
              entry: ruleSet(sequence, date),
            })),
          );
          for (const [day, knownAt] of points) {
            const validAt = dayOf(day);
            let expected: number | undefined;
            dates.forEach((date, n) => {
              if (n > knownAt || date > validAt) return;
              if (expected === undefined || date >= dates[expected]!) expected = n;
            });
            const { certain } = tables.asOf({ question: 'rules', validAt, knownAt });
            const found = certain.map((f) => (f.value as { title: string }).title);
            expect(found).toEqual(expected === undefined ? [] : [`regel ${expected}`]);
          }
          tables.close();
        },
      ),
      { numRuns: 3 },
    );
  },
);
