/** The effect of what is tried, as a page tells it: which findings stay. */
import { expect, test } from 'vitest';
import { stayedIn } from '../../src/web/effect.ts';

type Change = Parameters<typeof stayedIn>[0][number];

const finding = (description: string, foundIn: string) => ({
  kind: 'rows-differ-from-total',
  about: 'lump-sum:a',
  description,
  figures: [],
  foundIn,
});

const gone = (thing: string, description: string): Change => ({
  ...{ question: 'findings', thing, change: 'removed', causedBy: [] },
  before: finding(description, 'proposal'),
  after: null,
});
const come = (thing: string, description: string): Change => ({
  ...{ question: 'findings', thing, change: 'added', causedBy: [] },
  before: null,
  after: finding(description, 'preview:1'),
});

test('what goes and comes in the same words stays; all else is as it is', () => {
  const changes = [gone('1', 'a'), gone('2', 'b'), come('3', 'a'), come('4', 'c')];
  const { stayed, others } = stayedIn(changes);
  expect(stayed.map((c) => c.thing)).toEqual(['3']);
  expect(others.map((c) => c.thing)).toEqual(['2', '4']);
});
