import { expect, test } from 'vitest';
import { readHistory } from '../../src/ledger/import.ts';

const aliases = Array.from(
  { length: 12 },
  (_, i) =>
    `a${i}: &a${i} [${Array.from({ length: 9 }, () => (i === 0 ? 'x' : `*a${i - 1}`)).join(', ')}]`,
).join('\n');

test.each([
  ['no YAML', 'title: [', /^f\.yaml:\d+: /],
  ['no commands', 'title: x\nsource: S0', /commands/],
  ['aliases that grow without end', aliases, /^f\.yaml:1: /],
])('%s is refused with file, line and reason', (_name, text, message) => {
  expect(() => readHistory([{ name: 'f.yaml', text }])).toThrow(
    expect.objectContaining({ name: 'HistoryError', message: expect.stringMatching(message) }),
  );
});
