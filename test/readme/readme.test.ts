/**
 * What the README shows is what happens: every `console` block is run against a service that was
 * just started, and its output compared. In expected output `…` stands for anything.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { consoleExamples, matches, runExample } from './examples.ts';
import { type Service, startService } from './service.ts';

const readme = readFileSync(join(import.meta.dirname, '../../README.md'), 'utf8');
const examples = consoleExamples(readme);

test('the README has examples', () => {
  expect(examples.length).toBeGreaterThan(0);
});

describe('every example', () => {
  let service: Service | undefined;
  beforeAll(async () => {
    service = await startService();
  });
  afterAll(async () => {
    await service?.stop();
  });

  test.each(examples)('$line: $command', async ({ command, expected }) => {
    const output = await runExample(command, service!);
    if (!matches(expected, output)) expect(output).toBe(expected);
  });
});

describe('the reader of examples', () => {
  test('takes commands and output from console blocks only', () => {
    const text = '```sh\n$ no\n```\n```console\n$ curl -s a\none\ntwo\n\n$ npx ledger at\n```\n';
    expect(consoleExamples(text)).toEqual([
      { line: 5, command: 'curl -s a', expected: 'one\ntwo' },
      { line: 9, command: 'npx ledger at', expected: '' },
    ]);
  });

  test('refuses a block that shows output without a command', () => {
    expect(() => consoleExamples('```console\noutput\n```\n')).toThrow('line 2');
  });

  test('refuses any other command', async () => {
    const nowhere = { host: '127.0.0.1:1', env: {}, stop: async () => {} };
    await expect(runExample('rm -rf data', nowhere)).rejects.toThrow('only');
    await expect(runExample('curl -s http://example.org/', nowhere)).rejects.toThrow('only');
    await expect(runExample('npx ledger at; rm x', nowhere)).rejects.toThrow('only');
  });

  test('compares literally, but for the ellipsis', () => {
    expect(matches('a.c', 'abc')).toBe(false);
    expect(matches('a…c', 'abbc')).toBe(true);
    expect(matches('a\n…\nd', 'a\nb\nc\nd')).toBe(true);
    expect(matches('a', 'a b')).toBe(false);
  });
});
