/** What may be stored as an entry, and what may not. */
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { agreementEvents } from '../../events/agreements.ts';
import { areaEvents } from '../../events/areas.ts';
import { assignmentEvents } from '../../events/assignments.ts';
import { bodyEvents } from '../../events/bodies.ts';
import { decisionEvents } from '../../events/decisions.ts';
import { upcast } from '../../events/define.ts';
import { Envelope, maxCommandBytes, maxEntryBytes } from '../../events/entry.ts';
import { evaluationEvents } from '../../events/evaluations.ts';
import { findingEvents } from '../../events/findings.ts';
import {
  byteLength,
  canonicalText,
  checkText,
  type Entry,
  EntryError,
  entryTypes,
  readText,
  tagsOf,
} from '../../events/index.ts';
import { goalEvents } from '../../events/goals.ts';
import { ledgerEvents } from '../../events/ledger.ts';
import { lawfulnessEvents } from '../../events/lawfulness.ts';
import { lumpSumEvents } from '../../events/lump-sums.ts';
import { memberEvents } from '../../events/members.ts';
import { moneyEvents } from '../../events/money.ts';
import { packageEvents } from '../../events/package.ts';
import { pilotEvents } from '../../events/pilots.ts';
import { pluspakketEvents } from '../../events/pluspakket.ts';
import { practiceEvents } from '../../events/practices.ts';
import { erasureEvents } from '../../events/erasures.ts';
import { peopleEvents } from '../../events/people.ts';
import { periodTotalsEvents } from '../../events/period-totals.ts';
import { ruleEvents } from '../../events/rules.ts';
import { turnoverEvents } from '../../events/turnover.ts';
import { sampleOf } from '../golden/data.ts';

const member = sampleOf('MemberJoined');
const changed = (change: Record<string, unknown>): Entry => ({ ...member, ...change });
const withData = (change: Record<string, unknown>): Entry =>
  changed({ data: { ...member.data, ...change } });

describe('an entry is refused', () => {
  const decomposed = 'Cafe\u0301';
  test.each<[string, Entry]>([
    ['with an unknown field', changed({ sequence: 3 })],
    ['with an unknown field in its data', withData({ note: 'x' })],
    ['without data', changed({ data: undefined })],
    ['without an actor', changed({ actor: undefined })],
    ['with a name for an actor', changed({ actor: { id: 'Jan Jansen', office: 'clerk' } })],
    ['in another format', changed({ format: 2 })],
    ['with an instant of seconds', changed({ recordedAt: '2026-01-31T23:59:59Z' })],
    ['with a date that is none', changed({ validFrom: { latest: '2021-02-30' } })],
    ['with an empty list of evidence', changed({ evidence: [] })],
    [
      'when inferred without reasoning',
      changed({ evidence: [{ source: 'S1', basis: 'inferred' }] }),
    ],
    ['with text that is not NFC', withData({ name: decomposed })],
    ['with a lone surrogate', withData({ name: 'x\ud800' })],
    ['of an unknown type', changed({ type: 'MemberLeft' })],
    ['of a type named like a member of every object', changed({ type: 'constructor' })],
    ['of a version yet to come', changed({ version: 1000 })],
    ['of version 0', changed({ version: 0 })],
    ['of a version between two', changed({ version: 1.5 })],
  ])('%s', (_what, entry) => {
    expect(() => canonicalText(entry)).toThrow(EntryError);
  });
});

describe('text from outside is refused', () => {
  const text = canonicalText(member);
  test.each([
    ['no JSON', text.slice(0, -1)],
    ['not an object', '[]'],
    ['null', 'null'],
    ['with white space', JSON.stringify(member, null, 1)],
    [
      'with keys in another order',
      JSON.stringify(Object.fromEntries(Object.entries(member).reverse())),
    ],
    ['with a key twice', text.replace('{', '{"actor":{"id":"x","office":"x"},')],
    ['with an escape that is not needed', text.replace('Oss', '\\u004fss')],
    ['with a number written otherwise', text.replace('"format":1', '"format":1.0')],
    ['with a newline after it', `${text}\n`],
    ['with a byte order mark', `\ufeff${text}`],
    ['with a prototype for a field', text.replace('{', '{"__proto__":{},')],
  ])('%s', (_what, given) => {
    expect(given).not.toBe(text);
    expect(() => checkText(given)).toThrow(EntryError);
  });

  test('and the canonical text is not', () => {
    expect(checkText(text)).toEqual(member);
  });
});

test('reading stops at a type or version that is not known', () => {
  const text = canonicalText(member);
  expect(() => readText(text.replace('MemberJoined', 'MemberMoved'))).toThrow('MemberMoved');
  expect(() => readText(text.replace('"version":1', '"version":99'))).toThrow('version 99');
});

test('sizes are counted in bytes, not characters', () => {
  expect(byteLength('é€😀')).toBe(2 + 3 + 4);
  expect([maxEntryBytes, maxCommandBytes]).toEqual([49_152, 524_288]);
});

test('tags name every thing once, in lower case, with the event and its command', () => {
  const merged = sampleOf('MunicipalitiesMerged');
  expect(tagsOf(merged)).toEqual([
    'municipality:gm1991',
    'municipality:gm1685',
    'municipality:gm0856',
    `event:${merged.id}`,
    `command:${merged.command.tag}`,
  ]);
  const reversed = tagsOf(sampleOf('FactReversed'));
  expect(reversed).toContain('decision:01j8zq4t5v6w7x8y9zabcdef01');
  expect(new Set(reversed).size).toBe(reversed.length);
});

describe('an older version is brought up step by step', () => {
  const definition = {
    upcasts: [
      (data: { name: string }) => ({ title: data.name }),
      (data: { title: string }) => ({ ...data, pilot: false }),
    ],
  };
  test.each([
    [1, { name: 'x' }, { title: 'x', pilot: false }],
    [2, { title: 'x' }, { title: 'x', pilot: false }],
    [3, { title: 'x', pilot: true }, { title: 'x', pilot: true }],
  ])('from version %i', (version, data, newest) => {
    expect(upcast(definition, version, data)).toEqual(newest);
  });
});

interface JsonSchema {
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: unknown;
  readonly [key: string]: unknown;
}

/** Every object in a schema, however deep. */
const objectsIn = (schema: unknown): readonly JsonSchema[] => {
  if (typeof schema !== 'object' || schema === null) return [];
  const below = Object.values(schema).flatMap(objectsIn);
  return 'type' in schema && schema.type === 'object' ? [schema, ...below] : below;
};

describe('every object that is stored is closed, with plain names', () => {
  const definitions = [
    ...ledgerEvents,
    ...memberEvents,
    ...bodyEvents,
    ...areaEvents,
    ...decisionEvents,
    ...agreementEvents,
    ...ruleEvents,
    ...packageEvents,
    ...lumpSumEvents,
    ...lawfulnessEvents,
    ...moneyEvents,
    ...turnoverEvents,
    ...pluspakketEvents,
    ...pilotEvents,
    ...goalEvents,
    ...evaluationEvents,
    ...assignmentEvents,
    ...practiceEvents,
    ...peopleEvents,
    ...erasureEvents,
    ...periodTotalsEvents,
    ...findingEvents,
  ];
  const schemas: [string, z.ZodType][] = definitions.flatMap(({ type, versions }) =>
    versions.map((schema, index): [string, z.ZodType] => [`${type} ${index + 1}`, schema]),
  );

  test('all types are looked at', () => {
    expect(definitions.map(({ type }) => type)).toEqual(entryTypes);
  });

  test.each(schemas)('%s', (_name, schema) => {
    const objects = objectsIn(z.toJSONSchema(schema));
    expect(objects.length).toBeGreaterThan(0);
    for (const { properties, additionalProperties } of objects) {
      expect(additionalProperties).toBe(false);
      // A key like `10` would change places when a server parses and writes the entry.
      for (const name of Object.keys(properties ?? {})) expect(name).toMatch(/^[a-z][a-zA-Z]*$/);
    }
  });

  test('the envelope too, but for the data that each type describes', () => {
    const open = objectsIn(z.toJSONSchema(Envelope)).filter(
      (o) => o.additionalProperties !== false,
    );
    expect(open.length).toBe(1);
    expect(open[0]?.properties).toBeUndefined();
  });
});
