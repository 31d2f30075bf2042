/** The small values, at the edges of their normal forms. */
import { describe, expect, test } from 'vitest';
import type { z } from 'zod';
import {
  CentsText,
  DecimalText,
  EventId,
  Instant,
  lastOf,
  Line,
  LocalDate,
  MunicipalityCode,
  Note,
  onDay,
  Period,
  RoughDate,
  Slug,
  TagText,
  Ulid,
} from '../../events/values.ts';

interface Edges {
  readonly schema: z.ZodType;
  readonly good: readonly unknown[];
  readonly bad: readonly unknown[];
}

const composed = '\u00e9';
const decomposed = 'e\u0301';

const edges: Readonly<Record<string, Edges>> = {
  LocalDate: {
    schema: LocalDate,
    good: ['2021-07-01', '2024-02-29', '2000-02-29', '1900-01-01', '2999-12-31'],
    bad: [
      '2021-02-30',
      '2023-02-29',
      '1900-02-29',
      '2021-04-31',
      '2021-13-01',
      '2021-00-10',
      '2021-01-00',
      '1899-12-31',
      '3000-01-01',
      '2021-7-1',
      ' 2021-07-01',
      '2021-07-01T00:00:00Z',
      '+002021-07-01',
      '٢٠٢١-٠٧-٠١',
      20210701,
    ],
  },
  Instant: {
    schema: Instant,
    good: ['2026-11-22T09:14:07.123Z', '2024-02-29T00:00:00.000Z', '2026-12-31T23:59:59.999Z'],
    bad: [
      '2026-11-22T09:14:07Z',
      '2026-11-22T09:14:07.12Z',
      '2026-11-22T09:14:07.1234Z',
      '2026-11-22T09:14:07.123+00:00',
      '2026-11-22T24:00:00.000Z',
      '2026-11-22T09:60:00.000Z',
      '2026-11-22T23:59:60.000Z',
      '2026-02-30T09:14:07.123Z',
      '2026-11-22 09:14:07.123Z',
      '2026-11-22T09:14:07.123z',
    ],
  },
  CentsText: {
    schema: CentsText,
    good: ['0', '1', '45760100', '999999999999999'],
    bad: ['', '-1', '00', '01', '1.00', '1e3', '1000000000000000', '+1', '1 000', 100, 100n],
  },
  DecimalText: {
    schema: DecimalText,
    good: ['0', '3', '42.2', '0.5', '-1.25', '-0.5', '100', '0.000000001'],
    bad: [
      '',
      '-0',
      '0.0',
      '3.0',
      '42.20',
      '.5',
      '5.',
      '05',
      '1,5',
      '1e2',
      '+3',
      '0.0000000001',
      'NaN',
      3,
    ],
  },
  Line: {
    schema: Line,
    good: ['Oss', `caf${composed}`, '😀', 'x'.repeat(200)],
    bad: [
      '',
      ' ',
      '\u00a0',
      'two\nlines',
      'tab\there',
      'null\u0000',
      'del\u007f',
      'c1\u0085',
      `caf${decomposed}`,
      'high \ud83d',
      '\ude00 low',
      'x'.repeat(201),
    ],
  },
  Note: {
    schema: Note,
    good: ['two\nlines', 'x'.repeat(2000)],
    bad: ['', '\n', 'carriage\r\nreturn', 'x'.repeat(2001), decomposed, '\udc00'],
  },
  RoughDate: {
    schema: RoughDate,
    good: [
      { latest: '2021-06-30' },
      { earliest: '2021-03-01', latest: '2021-05-31', wording: 'voorjaar 2021' },
      onDay('2021-07-01'),
    ],
    bad: [
      {},
      { earliest: '2021-07-01' },
      { earliest: '2021-07-02', latest: '2021-07-01' },
      { latest: '2021-02-30' },
      { latest: '2021-06-30', about: 'x' },
      '2021-06-30',
    ],
  },
  Period: {
    schema: Period,
    good: [{ from: '2021-07-01' }, { from: '2021-07-01', until: '2021-07-02' }],
    bad: [
      { until: '2021-07-01' },
      { from: '2021-07-01', until: '2021-07-01' },
      { from: '2021-07-02', until: '2021-07-01' },
    ],
  },
  MunicipalityCode: {
    schema: MunicipalityCode,
    good: ['gm0828'],
    bad: ['GM0828', 'gm828', 'gm08280', '0828', 'gm0828\n'],
  },
  Ulid: {
    schema: Ulid,
    good: ['01J8ZQ4T5V6W7X8Y9ZABCDEF01', '7ZZZZZZZZZZZZZZZZZZZZZZZZZ'],
    bad: [
      '01j8zq4t5v6w7x8y9zabcdef01',
      '8ZZZZZZZZZZZZZZZZZZZZZZZZZ',
      '01J8ZQ4T5V6W7X8Y9ZABCDEF0I',
      '01J8ZQ4T5V6W7X8Y9ZABCDEF0',
    ],
  },
  EventId: {
    schema: EventId,
    good: ['01980f0c-1a2b-7c3d-8e4f-012345678901'],
    bad: [
      '01980F0C-1A2B-7C3D-8E4F-012345678901',
      '01980f0c-1a2b-4c3d-8e4f-012345678901',
      '01980f0c-1a2b-7c3d-ce4f-012345678901',
      '01980f0c1a2b7c3d8e4f012345678901',
      'preview:01980f0c-1a2b-7c3d-8e4f-012345678901',
    ],
  },
  Slug: {
    schema: Slug,
    good: ['wsw', 'beschut-werk', 'a1-2'],
    bad: ['', 'Wsw', '1a', '-a', 'a-', 'a--b', 'a_b', 'x'.repeat(81)],
  },
  TagText: {
    schema: TagText,
    good: ['municipality:gm0828', 'lump-sum:01j8zq4t5v6w7x8y9zabcdef0a', 'rule:r7'],
    bad: ['municipality', 'municipality:', ':gm0828', 'Municipality:gm0828', 'a:B', 'a:b c'],
  },
};

describe.each(Object.entries(edges))('%s', (_name, { schema, good, bad }) => {
  test.each(good.map((value) => [value]))('takes %j as it is', (value) => {
    expect(schema.parse(value)).toEqual(value);
  });
  test.each(bad.map((value) => [typeof value === 'bigint' ? `${value}n` : value, value]))(
    'refuses %j',
    (_shown, value) => {
      expect(schema.safeParse(value).success).toBe(false);
    },
  );
});

describe('the last of several dates', () => {
  test('takes the maximum of each bound', () => {
    const spring = { earliest: '2021-03-01', latest: '2021-05-31' };
    expect(lastOf([spring, onDay('2021-04-01')])).toEqual({
      earliest: '2021-04-01',
      latest: '2021-05-31',
    });
  });
  test('knows no earliest when none is known', () => {
    expect(lastOf([{ latest: '2021-06-30' }, { latest: '2021-05-31' }])).toEqual({
      latest: '2021-06-30',
    });
  });
});
