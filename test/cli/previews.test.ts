/** Trying commands, and going through history again, on the command line. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callIn } from '../../src/cli/app-call.ts';
import { runCli } from '../../src/cli/cli.ts';
import type { CliPorts } from '../../src/cli/ports.ts';
import { historyApp, type TestApp } from '../http/support.ts';
import { newFolder, run, type Running, serve } from './support.ts';

type Fields = Readonly<Record<string, unknown>>;

const { folder, remove } = newFolder();
const env = { LEDGER_DATA: folder };
const ledger = (...words: readonly string[]) => run(env, ...words);
let service: Running;
beforeAll(async () => {
  service = await serve(env);
});
afterAll(async () => {
  await service.stop();
  remove();
});

const file = (text: string): string => {
  const path = join(folder, 'proef.yaml');
  writeFileSync(path, text);
  return path;
};

describe('preview', () => {
  const two = `
commands:
  - command: join-member
    validFrom: 2021-01-01
    forEach: { code: [gm0001, gm0002] }
    body: { municipality: "{code}", name: "Gemeente {code}" }
`;

  it('tells what would change, and records nothing', async () => {
    const tried = await ledger('preview', file(two), '--at', '2021-06-30');
    expect(tried).toMatchObject({ code: 0, err: '' });
    expect(tried.out).toContain('+ erbij: members gm0001');
    expect(tried.out).toContain('door preview:1');
    expect(tried.out).toMatch(/preview:2\s+2021-01-01\s+MemberJoined/);
    expect(JSON.parse((await ledger('members', '--json')).out)).toMatchObject({ items: [] });
  });

  it('answers as JSON what the API answers, on one question', async () => {
    const { out } = await ledger('preview', file(two), '--of', 'rules', '--json');
    expect(JSON.parse(out)).toMatchObject({ of: 'rules', items: [], events: { length: 2 } });
  });

  it('registers what has evidence, and takes the rest, unless it says otherwise', async () => {
    const amount = (more: string) => `
source: S1
commands:
  - command: state-amount
    validFrom: 2021-01-01
    ${more}
    body: { subject: x, year: 2021, amountCents: "1", approximate: false, note: y }
`;
    const registered = await ledger(
      'preview',
      file(amount('evidence: { place: hoofdstuk 1, basis: stated }')),
      '--json',
    );
    expect(JSON.parse(registered.out)).toMatchObject({
      events: [{ evidence: [{ source: 'S1', place: 'hoofdstuk 1' }] }],
    });
    const bare = await ledger('preview', file(amount('mode: register')));
    expect(bare).toMatchObject({ code: 1, out: '' });
    expect(bare.err).toContain('registreren vraagt bewijs');
  });

  it('names the line of what would be refused', async () => {
    const twice = `${two}  - command: join-member
    body: { municipality: gm0002, name: x }
`;
    const refused = await ledger('preview', file(twice));
    expect(refused).toMatchObject({ code: 1, out: '' });
    expect(refused.err).toMatch(/^proef\.yaml:7: .*gm0002/);
  });

  it.each([
    ['no YAML', '{'],
    ['no list', 'commands: 5'],
    ['an empty list', 'commands: []'],
    ['a field too many', 'commands: [{ command: x, body: {}, x: 1 }]'],
    ['nothing', ''],
  ])('says what is wrong with %s', async (_, text) => {
    const ended = await ledger('preview', file(text));
    expect(ended).toMatchObject({ code: 2, out: '' });
    expect(ended.err).toMatch(/^proef\.yaml:\d+: /);
    expect(ended.err).not.toMatch(/\bInvalid input\b/);
  });

  it('says that a file is not there', async () => {
    expect((await ledger('preview', join(folder, 'nope.yaml'))).code).toBe(2);
  });
});

describe('replay', () => {
  let t: TestApp;
  let waited = 0;
  beforeAll(async () => {
    t = await historyApp();
  });

  /** In this process, over the history; what it says, block by block. */
  const replay = async (...words: readonly string[]) => {
    const said: string[] = [];
    const unused = () => {
      throw new Error('not for a replay');
    };
    const ports: CliPorts = {
      call: callIn(t.app),
      serve: unused,
      restore: unused,
      restoreKeys: unused,
      download: unused,
      callExport: unused,
      verify: unused,
      writeFile: unused,
      copy: unused,
      examine: unused,
      out: (text) => said.push(text),
      err: (text) => said.push(text),
      readFile: unused,
      shippedHistory: unused,
      readTried: unused,
      enterPressed: async () => {
        waited += 1;
      },
      newKey: unused,
    };
    waited = 0;
    return { code: await runCli(['replay', ...words], ports), said };
  };

  it('goes through all of history, with what each event changed', async () => {
    const { code, said } = await replay();
    expect(code).toBe(0);
    expect(said).toHaveLength(t.ledger.head().sequence + 1);
    expect(said[2]).toMatch(
      /^ +2 {2}2017-01-01 {2}Bernheze neemt deel\n +vastgelegd .*, bron S4, Inleiding.*\n +\+ members Bernheze$/m,
    );
    expect(said.join('\n')).toMatch(/± decisions 1 .*: status: proposed → decided; verloop/);
    for (const line of said.join('\n').split('\n')) expect(line.length).toBeLessThan(700);
    expect(waited).toBe(0);
  });

  it('from one event to another, waiting between them when asked', async () => {
    const { said } = await replay('--from', '10', '--to', '13', '--step');
    expect(said.map((text) => text.trimStart().split(' ')[0])).toEqual(['10', '11', '12', '13']);
    expect(waited).toBe(3);
  });

  it('as JSON, one event a line, of one question only', async () => {
    const { said } = await replay('--of', 'lump-sums', '--json');
    expect(said.length).toBeGreaterThan(2);
    for (const line of said) {
      expect(line).not.toContain('\n');
      const { changes } = JSON.parse(line) as { readonly changes: readonly Fields[] };
      expect(changes.map((c) => c.question)).toContain('lump-sums');
    }
  });

  it('of what names a thing', async () => {
    const { said } = await replay('--about', 'gm1982');
    expect(said.length).toBeGreaterThan(0);
    expect(said.join('\n')).toContain('Land van Cuijk');
  });

  it.each([
    ['--from', 'x'],
    ['--from', '-1'],
    ['--to', 'x'],
    ['--of', 'nope'],
    ['--about', ''],
  ])('refuses %s %s', async (...words) => {
    const { code, said } = await replay(...words);
    expect(code).toBeGreaterThan(0);
    expect(said).toHaveLength(1);
  });
});
