import { copyFileSync, existsSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newFolder, run, type Running, serve } from './support.ts';

const { folder, remove } = newFolder();
const env = { LEDGER_DATA: folder, LEDGER_DATASET: 'history' };
let service: Running;
beforeAll(async () => {
  service = await serve(env);
});
afterAll(async () => {
  await service.stop();
  remove();
});

const ledger = (...words: readonly string[]) => run(env, ...words);
const json = async <T>(...words: readonly string[]): Promise<T> => {
  const ended = await ledger(...words, '--json');
  expect(ended.code, ended.err).toBe(0);
  return JSON.parse(ended.out) as T;
};
interface List {
  readonly items: readonly Record<string, unknown>[];
}

describe('asking', () => {
  it('shows lists and things in Dutch', async () => {
    const members = await ledger('at', '2021-09-01', 'members');
    expect(members).toMatchObject({ code: 0, err: '' });
    expect(members.out).toContain('Peildatum 2021-09-01');
    expect(members.out).toContain('Boxmeer');
    expect(members.out).not.toContain('Land van Cuijk');
    const basis = await ledger('at', '2021-09-01', 'package');
    expect(basis.out).toMatch(/periode\s+2021-07-01 tot 2023-01-01/);
    const sums = await ledger('lump-sums', 'status=determined', '--at', '2021-09-01');
    expect(sums.code).toBe(0);
    const amounts = await ledger('stated-amounts');
    expect(amounts.out).toMatch(/€ [\d.]+,\d\d/);
  });

  it('answers as JSON what the API answers', async () => {
    const list = await json<List>('decisions', 'number=3');
    const api = await fetch(`${service.address}/v1/decisions?number=3`);
    expect(list).toEqual(await api.json());
    const known = await json<List>('rules', '--known', '-1');
    expect(known.items).toEqual([]);
    const events = await json<List>('events', 'limit=3', 'after=1');
    expect(events.items.map((e) => e.sequence)).toEqual(['2', '3', '4']);
    const spelled = await json<List>('at', '2021-09-01', 'decisions?number=3');
    expect(spelled.items).toHaveLength(list.items.length);
  });

  it('compares and explains', async () => {
    const diff = await ledger('diff', '2021-12-31', '2022-01-01', 'members');
    expect(diff.out).toContain('+ erbij: gm1982');
    expect(diff.out).toContain('− eraf: gm0756');
    const known = await ledger('diff', '@-1', '@518', 'rules/R2');
    expect(known.out).toContain('+ erbij: R2');
    const explained = await ledger('explain', 'package', '--at', '2021-09-01');
    expect(explained.out).toContain('hetzelfde');
    expect((await ledger('timeline', 'from=2021-01-01', 'limit=5')).out).toContain(
      'Er is meer: after=',
    );
  });

  it('says what is wrong, on standard error', async () => {
    const wrong = await ledger('decisions', 'status=nope');
    expect(wrong).toMatchObject({ code: 1, out: '' });
    expect(wrong.err).toContain('status');
    const missing = await ledger('rules', 'R99');
    expect(missing).toMatchObject({ code: 1, out: '' });
    const told = await ledger('rules', 'R99', '--json');
    expect(JSON.parse(told.out)).toMatchObject({ status: 404, code: 'not-found' });
  });
});

describe('wrong use', () => {
  it.each([
    [['nope']],
    [['members', '--nope']],
    [['at', '2021-01-01']],
    [['decisions', 'a', 'b']],
    [['diff', 'a', 'b', 'c', 'd']],
    [['do', 'nope']],
    [['do', 'join-member', 'gm0828']],
    [['do', 'join-member', '--json', '{']],
    [['do', 'join-member', '--file', '/nope.json']],
    [['do', 'adopt-decision', 'municipality=gm0828']],
    [['members', '--at']],
    [[]],
  ])('%s ends with 2', async (words) => {
    const ended = await ledger(...words);
    expect(ended.code).toBe(2);
    expect(ended.err + ended.out).not.toMatch(/\bat .*\.ts:\d+/);
    expect(ended.err + ended.out).not.toBe('');
  });

  it('help does not', async () => {
    const help = await ledger('--help');
    expect(help).toMatchObject({ code: 0, err: '' });
    expect(help.out).toContain('Opdrachten:');
    expect((await ledger('do', '--help')).code).toBe(0);
  });
});

describe('recording', () => {
  it('lists what can be recorded', async () => {
    const all = await json<readonly { name: string }[]>('commands');
    expect(all.map((c) => c.name)).toContain('adopt-decision');
    expect((await ledger('commands', 'adopt-decision')).out).toContain('municipality');
  });

  it('creates and goes on, reading the ETag itself', async () => {
    const created = await ledger(
      ...['do', 'propose-decision', 'title=Een proef', 'needsAdoptionBy=', 'organs='],
      ...['--valid-from', '2026-01-05'],
    );
    expect(created, created.err).toMatchObject({ code: 0, err: '' });
    const [, id = ''] = /decisionId: (\w{26})/.exec(created.out) ?? [];
    const advised = await ledger(
      ...['do', 'advise-decision', `decisionId=${id}`, 'body=stuurgroep', 'outcome=positive'],
      ...['--register', '--valid-from', '2026-01-06', '--evidence', 'S9, blz. 3'],
    );
    expect(advised, advised.err).toMatchObject({ code: 0, err: '' });
    const decision = await json<{ status: string; course: { evidence: unknown[] }[] }>(
      'decisions',
      id,
    );
    expect(decision.status).toBe('advised');
    expect(decision.course[1]!.evidence).toEqual([
      { source: 'S9', place: 'blz. 3', basis: 'stated' },
    ]);
  });

  it('takes a step on what only holds later', async () => {
    const done = await ledger(
      ...['do', 'form-area', 'name=Proef', 'municipalities=gm0828,gm0755'],
      ...['--valid-from', '2031-01-01'],
    );
    const [, id = ''] = /areaId: (\w{26})/.exec(done.out) ?? [];
    const ended = await ledger(
      ...['do', 'choose-scenario', `areaId=${id}`, 'scenario=II', 'pilot=false'],
      ...['--valid-from', '2031-06-01'],
    );
    expect(ended, ended.err).toMatchObject({ code: 0, err: '' });
  });

  it('takes JSON, from the line or from a file, and repeats under one key', async () => {
    const body = { municipality: 'gm9998', name: 'Proefdorp' };
    const file = join(folder, 'body.json');
    writeFileSync(file, JSON.stringify(body));
    const key = ['--key', '01JZ0000000000000000000000'];
    const first = await ledger('do', 'join-member', '--json', JSON.stringify(body), ...key);
    expect(JSON.parse(first.out)).toMatchObject({ events: [{ type: 'MemberJoined' }] });
    const again = await ledger('do', 'join-member', '--file', file, ...key);
    expect(again.out).toContain('Was al vastgelegd');
    const other = await ledger('do', 'join-member', '--file', file);
    expect(other).toMatchObject({ code: 1, out: '' });
    expect(other.err).toContain('gm9998');
  });

  it('names the rule and the decision that refuse', async () => {
    const [third] = (await json<List>('decisions', 'number=3')).items;
    const refused = await ledger(
      ...['do', 'determine-package', 'until=2030-01-01', 'tasks=[{"task":"wsw","title":"Wsw"}]'],
      ...[
        'size=x',
        'intendedResults=["x"]',
        'costCents=1',
        `decisionIds=${String(third!.decisionId)}`,
      ],
      ...['--valid-from', '2027-01-01'],
    );
    expect(refused).toMatchObject({ code: 1, out: '' });
    expect(refused.err).toMatch(/Regel R2 \(besluit/);
  });
});

describe('import', () => {
  const history = (municipality: string) => `
title: Een proef
source: S9
commands:
  - command: join-member
    validFrom: 2026-01-01
    evidence: { basis: stated }
    body: { municipality: ${municipality}, name: Proef }
`;

  it('is done once, all or nothing', async () => {
    const again = await ledger('import');
    expect(again.out).toMatch(/^0 opdrachten vastgelegd/);
    const file = join(folder, 'proef.yaml');
    writeFileSync(file, history('gm9997'));
    expect((await ledger('import', file)).out).toMatch(/^1 opdrachten vastgelegd, 0 /);
    expect((await ledger('import', file)).out).toMatch(/^0 opdrachten vastgelegd, 1 /);
    const head = (await json<{ asOf: { knownAt: number } }>('rules')).asOf.knownAt;
    const broken = join(folder, 'fout.yaml');
    writeFileSync(broken, `${history('gm9996')}${history('gm0828').split('commands:')[1]!}`);
    const refused = await ledger('import', broken);
    expect(refused.code).toBe(1);
    expect(refused.err).toContain('fout.yaml:');
    expect((await json<{ asOf: { knownAt: number } }>('rules')).asOf.knownAt).toBe(head);
  });
});

describe('without a service', () => {
  const begun = async () => {
    const own = newFolder();
    const alone = { LEDGER_DATA: own.folder };
    const file = join(own.folder, '..', 'begin.yaml');
    writeFileSync(
      file,
      `title: begin
source: proef
commands:
  - command: join-member
    validFrom: 2017-01-01
    evidence: { basis: stated }
    body: { municipality: gm0828, name: Oss }
`,
    );
    const imported = await run(alone, 'import', file);
    expect(imported.code, imported.err).toBe(0);
    return { ...own, alone };
  };

  it('makes no ledger where somebody only asks', async () => {
    const { folder: nowhere, remove: removeIt } = newFolder();
    const asked = await run({ LEDGER_DATA: nowhere }, 'members');
    expect(asked).toMatchObject({ code: 1, out: '' });
    expect(asked.err).toContain('nog geen grootboek');
    expect((await run({ LEDGER_DATA: nowhere }, 'commands')).out).toContain('join-member');
    expect(existsSync(nowhere)).toBe(false);
    removeIt();
  });

  it('opens the ledger itself', async () => {
    const { alone, remove: removeIt } = await begun();
    const done = await run(alone, 'do', 'join-member', 'municipality=gm1721', 'name=Bernheze');
    expect(done.code, done.err).toBe(0);
    const list = await run(alone, 'members', '--json');
    expect((JSON.parse(list.out) as List).items).toHaveLength(2);
    const rebuilt = await run(alone, 'rebuild');
    expect(rebuilt.out).toContain('3 gebeurtenissen');
    removeIt();
  });

  it('notices an older copy of the log, also without the read tables', async () => {
    const { folder: data, alone, remove: removeIt } = await begun();
    const file = join(data, 'ledger.sqlite');
    copyFileSync(file, `${file}.old`);
    await run(alone, 'do', 'join-member', 'municipality=gm1721', 'name=Bernheze');
    renameSync(`${file}.old`, file);
    rmSync(join(data, 'tables'), { recursive: true });
    const done = await run(alone, 'do', 'join-member', 'municipality=gm0755', 'name=Boekel');
    expect(done.code).toBe(1);
    expect(done.err).toContain('eindigt bij 1, het laatste controlepunt tekende tot en met 2');
    const list = await run(alone, 'members', '--json');
    expect((JSON.parse(list.out) as List).items).toHaveLength(1);
    // Nor are new tables made of it, as if nothing had been there.
    expect((await run(alone, 'rebuild')).code).toBe(1);
    removeIt();
  });
});
