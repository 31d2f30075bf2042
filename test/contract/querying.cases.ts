import { beforeEach, describe, expect, test } from 'vitest';
import { type Entry, entryTypes } from '../../events/index.ts';
import {
  type AppendCondition,
  type EventLog,
  InvalidEntryError,
  type Query,
  type ReadOptions,
} from '../../src/ledger/event-log.ts';
import { entry, ledgerOpened, memberJoined } from '../support/entries.ts';

const joins = (municipality: string): Entry => memberJoined({ data: { municipality } });
const merges = (successor: string, ...predecessors: string[]): Entry =>
  entry('MunicipalitiesMerged', { successor, name: 'samen', predecessors });

/** 0 opened · 1–3 join · 4 merge of 1 and 2 into 3 · 5 joins again · 6 an occurrence */
const world = (): Entry[] => [
  ledgerOpened(),
  joins('gm0001'),
  joins('gm0002'),
  joins('gm0003'),
  merges('gm0003', 'gm0001', 'gm0002'),
  joins('gm0001'),
  entry('OccurrenceRecorded', {
    occurrenceId: '01CCC000000000000000000000',
    kind: 'other',
    title: 'x',
    about: [],
  }),
];

const queries: readonly (readonly [string, Query, readonly number[]])[] = [
  ['all', 'all', [0, 1, 2, 3, 4, 5, 6]],
  ['an empty list matches nothing', [], []],
  ['one type', [{ types: ['MemberJoined'] }], [1, 2, 3, 5]],
  ['types are alternatives', [{ types: ['OccurrenceRecorded', 'MunicipalitiesMerged'] }], [4, 6]],
  ['a type named twice counts once', [{ types: ['LedgerOpened', 'LedgerOpened'] }], [0]],
  ['one tag', [{ tags: ['municipality:gm0001'] }], [1, 4, 5]],
  ['tags are all needed', [{ tags: ['municipality:gm0001', 'municipality:gm0002'] }], [4]],
  [
    'a tag named twice counts once',
    [{ tags: ['municipality:gm0002', 'municipality:gm0002'] }],
    [2, 4],
  ],
  [
    'more tags than an event has',
    [{ tags: ['municipality:gm0001', 'municipality:gm0002', 'municipality:gm0009'] }],
    [],
  ],
  ['type and tag', [{ types: ['MemberJoined'], tags: ['municipality:gm0001'] }], [1, 5]],
  [
    'types and tags',
    [
      {
        types: ['MunicipalitiesMerged', 'LedgerOpened'],
        tags: ['municipality:gm0003', 'municipality:gm0001'],
      },
    ],
    [4],
  ],
  ['empty lists beside a tag say nothing', [{ types: [], tags: ['municipality:gm0003'] }], [3, 4]],
  [
    'items are alternatives, and an event comes once',
    [
      { tags: ['municipality:gm0003'] },
      { types: ['MunicipalitiesMerged'] },
      { types: ['LedgerOpened'] },
    ],
    [0, 3, 4],
  ],
  ['nobody has it', [{ tags: ['municipality:gm0009'] }], []],
  ['a type without events', [{ types: ['DecisionEnded'] }], []],
  ['every type', [{ types: entryTypes }], [0, 1, 2, 3, 4, 5, 6]],
  [
    'more items than one statement has room for',
    Array.from({ length: 1200 }, (_, i) => ({ tags: [`municipality:gm${1200 - i}`, 'a:b'] })),
    [],
  ],
];

const ranges: readonly (readonly [ReadOptions, readonly number[]])[] = [
  [{ from: 2 }, [2, 4, 5]],
  [{ to: 4 }, [1, 2, 4]],
  [{ from: 2, to: 4 }, [2, 4]],
  [{ from: 5, to: 4 }, []],
  [{ from: -7, to: -2 }, []],
  [{ from: 6, to: 99 }, []],
  [{ limit: 2 }, [1, 2]],
  [{ limit: 0 }, []],
  [{ limit: 99 }, [1, 2, 4, 5]],
  [{ direction: 'backward' }, [5, 4, 2, 1]],
  [{ direction: 'backward', limit: 1 }, [5]],
  [{ direction: 'backward', from: 1, to: 4, limit: 2 }, [4, 2]],
  [{ direction: 'forward', from: 2, limit: 2 }, [2, 4]],
];

export const querying = (fresh: () => Promise<EventLog>): void => {
  describe('queries', () => {
    let log: EventLog;
    beforeEach(async () => {
      log = await fresh();
      await log.append(world());
    });
    const sequences = async (query: Query, options?: ReadOptions): Promise<readonly number[]> =>
      (await log.read(query, options)).map((e) => e.sequence);

    test.each(queries)('%s', async (_, query, expected) => {
      expect(await sequences(query)).toEqual(expected);
      expect(await sequences(query, { direction: 'backward' })).toEqual([...expected].reverse());
    });

    test.each(queries)('as a condition: %s', async (_, failIfEventsMatch, expected) => {
      const try_ = async (condition: AppendCondition): Promise<string> => {
        const { outcome } = await log.append([joins('gm0077')], condition);
        return outcome;
      };
      const last = expected.at(-1);
      if (last === undefined) {
        expect(await try_({ failIfEventsMatch })).toBe('appended');
        return;
      }
      expect(await try_({ failIfEventsMatch })).toBe('conflict');
      expect(await try_({ failIfEventsMatch, after: -1 })).toBe('conflict');
      expect(await try_({ failIfEventsMatch, after: last - 1 })).toBe('conflict');
      expect(log.head().sequence).toBe(6);
      expect(await try_({ failIfEventsMatch, after: last })).toBe(
        failIfEventsMatch === 'all' && last < 6 ? 'conflict' : 'appended',
      );
    });

    test.each(ranges)('range %o', async (options, expected) => {
      const query = [{ tags: ['municipality:gm0001'] }, { tags: ['municipality:gm0002'] }];
      expect(await sequences(query, options)).toEqual(expected);
    });

    test('range of all', async () => {
      expect(await sequences('all', { from: 2, to: 5, limit: 3 })).toEqual([2, 3, 4]);
      const backward = { direction: 'backward', from: 2, to: 5, limit: 3 } as const;
      expect(await sequences('all', backward)).toEqual([5, 4, 3]);
      expect(await sequences('all', { from: 4, to: 2 })).toEqual([]);
      expect(await sequences('all', { to: -3 })).toEqual([]);
      expect(await sequences('all', { limit: 0 })).toEqual([]);
    });

    test('refuses what has no meaning', async () => {
      for (const item of [{}, { types: [], tags: [] }, { tags: ['Municipality:GM1'] }]) {
        await expect(log.read([item])).rejects.toThrow(InvalidEntryError);
        const append = log.append([joins('gm0001')], { failIfEventsMatch: [item] });
        await expect(append).rejects.toThrow(InvalidEntryError);
      }
      const half = log.append([joins('gm0001')], { failIfEventsMatch: 'all', after: 0.5 });
      await expect(half).rejects.toThrow(InvalidEntryError);
      await expect(log.read('all', { limit: -1 })).rejects.toThrow(RangeError);
      await expect(log.read('all', { from: Number.NaN })).rejects.toThrow(RangeError);
      expect(log.head().sequence).toBe(6);
    });

    test('an append condition on an empty log holds', async () => {
      const empty = await fresh();
      const outcome = await empty.append([ledgerOpened()], { failIfEventsMatch: 'all' });
      expect(outcome).toMatchObject({ outcome: 'appended' });
    });
  });
};
