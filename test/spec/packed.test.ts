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
  fc.constantFrom(65_535, 65_536, 65_537, 131_073).map((length) => 'a'.repeat(length)),
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
  expect(held.find('')).toBeUndefined();
  const all = ['', 'é', '\ud800', ...Array.from({ length: 20_000 }, (_, n) => `name ${n}`)];
  expect(all.map(held.find).filter((number) => number !== undefined)).toEqual([]);
  const numbers = all.map((_, n) => n);
  expect(all.map(held.add)).toEqual(numbers);
  expect(all.map(held.find)).toEqual(numbers);
  expect(all.map(held.add)).toEqual(numbers);
  expect(numbers.map(held.at)).toEqual(all);
});

test('a column holds whole numbers of 32 bits, beyond its first blocks', () => {
  const held = column();
  const numberAt = (place: number): number => (place * 2_654_435_761) | 0;
  const many = 70_000;
  for (let place = 0; place < many; place += 1) held.push(numberAt(place));
  held.set(40_000, -1);
  expect(held.length()).toBe(many);
  const places = Array.from({ length: many }, (_, place) => place);
  const others = places.filter((place) => held.at(place) !== numberAt(place));
  expect(others).toEqual([40_000]);
  expect(held.at(40_000)).toBe(-1);
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
