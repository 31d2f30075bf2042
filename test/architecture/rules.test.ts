/** A rule is found by its number, in one place; every kind of finding stands in the catalogue. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findingKinds } from '../../events/finding-kinds/index.ts';
import { root } from './depcruise.ts';

const filesIn = (folder: string, ending: string) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ending))
    .map((name) => ({
      name: `${folder}/${name}`,
      text: readFileSync(join(root, folder, name), 'utf8'),
    }));

const code = [...filesIn('src/domain', '.ts'), ...filesIn('projections', '.ts')];

/** Files that name a rule as a value, not in a comment. */
const namedIn = (rule: string) =>
  code.filter(({ text }) => text.includes(`'${rule}'`)).map(({ name }) => name);

describe('every rule of the catalogue', () => {
  const rules = new Set(
    Object.values(findingKinds).flatMap((kind) => ('rule' in kind ? [kind.rule] : [])),
  );

  test.each([...rules])('%s is checked in one file', (rule) => {
    expect(namedIn(rule)).toHaveLength(1);
  });
});

test('a file in by-rule bears the number of its rule, and no other', () => {
  for (const { name, text } of filesIn('src/domain/by-rule', '.ts')) {
    const number = /\/(r\d+)\.ts$/.exec(name)?.[1]?.toUpperCase();
    const named = [...text.matchAll(/'(R\d+)'/g)].map(([, rule]) => rule);
    expect(named, name).toEqual([number]);
  }
});

test('findings that the history notes are of known kinds', () => {
  const noted = filesIn('events/history', '.yaml').flatMap(({ text }) =>
    [...text.matchAll(/findingId: .*\n\s+kind: ([a-z-]+)/g)].map(([, kind]) => kind!),
  );
  expect(noted.length).toBeGreaterThan(20);
  expect(noted.filter((kind) => !(kind in findingKinds))).toEqual([]);
});
