/** Stored bytes are the same again after any number of readings. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalText, checkText, type Entry, entryTypes, readText } from '../../events/index.ts';
import { sampleOf } from '../golden/data.ts';

/** Text that a person may have typed, in any script. */
const line = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 60 })
  .map((s) => s.normalize('NFC'))
  .filter((s) => s.trim() !== '' && s.length <= 200 && !/\p{Cc}/u.test(s));

const date = fc
  .date({
    min: new Date('1900-01-01T00:00:00Z'),
    max: new Date('2999-12-31T00:00:00Z'),
    noInvalidDate: true,
  })
  .map((d) => d.toISOString().slice(0, 10));

const roughDate = fc
  .tuple(date, date, fc.option(line, { nil: undefined }), fc.boolean())
  .map(([a, b, wording, bounded]) => ({
    ...(bounded ? { earliest: a < b ? a : b } : {}),
    latest: a < b ? b : a,
    ...(wording === undefined ? {} : { wording }),
  }));

const evidence = fc.record(
  {
    source: line,
    place: line,
    basis: fc.constant('inferred'),
    reasoning: line,
    learnedOn: roughDate,
  },
  { requiredKeys: ['source', 'basis', 'reasoning'] },
);

const circumstances = fc.record(
  { validFrom: roughDate, evidence: fc.array(evidence, { minLength: 1, maxLength: 3 }) },
  { requiredKeys: ['validFrom'] },
);

const anyType = fc.constantFrom(...entryTypes).map(sampleOf);

const occurrence = fc
  .record({ title: line, note: line, endedOn: roughDate }, { requiredKeys: ['title'] })
  .map((data): Entry => {
    const sample = sampleOf('OccurrenceRecorded');
    return {
      ...sample,
      data: { ...data, occurrenceId: '01J8ZQ4T5V6W7X8Y9ZABCDEF0C', kind: 'other', about: [] },
    } as Entry;
  });

const cents = fc.bigInt({ min: 0n, max: 999_999_999_999_999n }).map(String);
const amount = cents.map((amountCents): Entry => {
  const sample = sampleOf('AmountStated');
  return { ...sample, data: { ...sample.data, amountCents } } as Entry;
});

const entry = fc
  .tuple(fc.oneof(anyType, occurrence, amount), circumstances)
  .map(([sample, around]): Entry => ({ ...sample, ...around }));

/** The same value with every object's keys in another order. */
const shuffled = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(shuffled);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, inner]) => [key, shuffled(inner)]),
  );
};

describe('canonical text', () => {
  test('is the same after reading', () => {
    fc.assert(
      fc.property(entry, (given) => {
        const text = canonicalText(given);
        expect(canonicalText(readText(text))).toBe(text);
        expect(checkText(text)).toEqual(given);
      }),
    );
  });

  test('does not depend on the order of fields', () => {
    fc.assert(
      fc.property(entry, (given) => {
        expect(canonicalText(shuffled(given) as Entry)).toBe(canonicalText(given));
      }),
    );
  });

  test('survives a server that parses and writes it', () => {
    fc.assert(
      fc.property(entry, (given) => {
        const text = canonicalText(given);
        expect(JSON.stringify(JSON.parse(text))).toBe(text);
      }),
    );
  });
});
