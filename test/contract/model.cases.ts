/** Random writers against a model so simple that it can be seen to be right. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Entry, tagsOf } from '../../events/index.ts';
import type { EventLog, Query, QueryItem } from '../../src/ledger/event-log.ts';
import { entry, ledgerOpened, memberJoined } from '../support/entries.ts';

const codes = ['gm0001', 'gm0002', 'gm0003'];
const tags = codes.map((code) => `municipality:${code}`);
const types = ['MemberJoined', 'MunicipalitiesMerged'];

const item: fc.Arbitrary<QueryItem> = fc
  .record({ types: fc.subarray(types), tags: fc.subarray(tags) })
  .filter((i) => i.types.length + i.tags.length > 0);
const query: fc.Arbitrary<Query> = fc.oneof(
  { weight: 1, arbitrary: fc.constant('all' as const) },
  { weight: 9, arbitrary: fc.array(item, { maxLength: 3 }) },
);
const second = fc.integer({ min: 0, max: 3 });

interface Attempt {
  readonly about: readonly (readonly string[])[];
  readonly clock: number;
  readonly condition?: { readonly query: Query; readonly behind?: number };
}
const attempt: fc.Arbitrary<Attempt> = fc.record(
  {
    about: fc.array(fc.subarray(codes, { minLength: 1 }), { minLength: 1, maxLength: 3 }),
    clock: second,
    condition: fc.record({ query, behind: fc.nat(4) }, { requiredKeys: ['query'] }),
  },
  { requiredKeys: ['about', 'clock'] },
);
/** Attempts of one round are made together. */
const rounds = fc.array(fc.array(attempt, { minLength: 1, maxLength: 6 }), { maxLength: 6 });

const entriesOf = ({ about, clock }: Attempt, round: number): Entry[] => {
  const recordedAt = `2026-01-01T00:${String(round).padStart(2, '0')}:0${clock}.000Z`;
  return about.map(([first = '', ...others]) =>
    others.length === 0
      ? memberJoined({ recordedAt, data: { municipality: first } })
      : entry(
          'MunicipalitiesMerged',
          { successor: first, name: 'samen', predecessors: others },
          { recordedAt },
        ),
  );
};

const fits = (one: Entry, wanted: Query): boolean =>
  wanted === 'all' ||
  wanted.some(
    ({ types: any = [], tags: all = [] }) =>
      (any.length === 0 || any.includes(one.type)) && all.every((tag) => tagsOf(one).includes(tag)),
  );

/** What must happen, one attempt after the other. */
const expected = (held: Entry[], entries: Entry[], condition?: { query: Query; after: number }) => {
  if (condition && held.slice(condition.after + 1).some((one) => fits(one, condition.query)))
    return { outcome: 'conflict' };
  if (entries[0]!.recordedAt < held.at(-1)!.recordedAt) return { outcome: 'clock' };
  held.push(...entries);
  return { outcome: 'appended', first: held.length - entries.length, last: held.length - 1 };
};

export const model = (fresh: () => Promise<EventLog>): void => {
  test('does what a plain list would do, for random writers that come together', async () => {
    const property = fc.asyncProperty(rounds, fc.array(query), async (program, questions) => {
      const log = await fresh();
      const held: Entry[] = [ledgerOpened()];
      await log.append(held);
      for (const [round, attempts] of program.entries()) {
        const seen = held.length - 1;
        const running = attempts.map((one) => {
          const entries = entriesOf(one, round);
          if (one.condition === undefined)
            return [log.append(entries), expected(held, entries)] as const;
          const after = Math.max(-1, seen - (one.condition.behind ?? seen + 1));
          const failIfEventsMatch = one.condition.query;
          const condition =
            one.condition.behind === undefined
              ? { failIfEventsMatch }
              : { failIfEventsMatch, after };
          const must = expected(held, entries, { query: failIfEventsMatch, after });
          return [log.append(entries, condition), must] as const;
        });
        for (const [ended, must] of running) expect(await ended).toEqual(must);
      }
      expect((await log.read('all')).map((e) => e.entry)).toEqual(held);
      for (const wanted of questions)
        expect((await log.read(wanted)).map((e) => e.entry)).toEqual(
          held.filter((one) => fits(one, wanted)),
        );
      await log.close();
    });
    await fc.assert(property, { numRuns: 60 });
  });
};
