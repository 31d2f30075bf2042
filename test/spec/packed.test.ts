/** Rows of numbers and texts give back what was put in, whatever that is. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { projections } from '../../projections/index.ts';
import { column, names, texts } from '../../src/ledger/packed.ts';
import { readText } from '../../events/index.ts';
import { readSample, sampleNames } from '../golden/files.ts';

const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom('a', 'é', '\ud800', '\udc00', '€', '\n', '\0') }),
  fc.integer({ min: 60_000, max: 140_000 }).map((length) => 'ab'.repeat(length / 2)),
);

test('texts come back exactly, half characters and those longer than a block too', () => {
  fc.assert(
    fc.property(fc.array(anyText), (all) => {
      const held = texts();
      const numbers = all.map(held.add);
      expect(numbers).toEqual(all.map((_, i) => i));
      expect(numbers.map(held.at)).toEqual(all);
    }),
  );
});

test('a name has one number, also among very many', () => {
  const held = names();
  const known = new Map<string, number>();
  fc.assert(
    fc.property(
      fc.array(fc.oneof(anyText, fc.nat(5_000).map(String)), { size: 'large' }),
      (all) => {
        for (const name of all) {
          expect(held.find(name)).toBe(known.get(name));
          const number = held.add(name);
          expect(number).toBe(known.get(name) ?? known.size);
          known.set(name, number);
          expect(held.at(number)).toBe(name);
        }
      },
    ),
  );
  expect(known.size).toBeGreaterThan(1_000);
});

test('a column holds whole numbers of 32 bits, beyond its first blocks', () => {
  const held = column();
  const numberAt = (place: number): number => (place * 2_654_435_761) | 0;
  const many = 70_000;
  for (let place = 0; place < many; place += 1) held.push(numberAt(place));
  held.set(40_000, -1);
  expect(held.length()).toBe(many);
  for (let place = 0; place < many; place += 1)
    expect(held.at(place)).toBe(place === 40_000 ? -1 : numberAt(place));
});

test('a question that names its types has no facts of any other', () => {
  const entries = sampleNames().map((name) => readText(readSample(name)));
  const naming = projections.filter(({ types }) => types !== undefined);
  expect(naming.length).toBeGreaterThan(5);
  for (const { question, types, apply } of naming)
    for (const entry of entries) {
      const isNamed = types!.includes(entry.type);
      const facts = apply(entry, { restingOn: () => [] });
      expect(facts.length > 0, `${question} of ${entry.type}`).toBe(isNamed);
    }
});
