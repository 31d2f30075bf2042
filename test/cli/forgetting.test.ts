/** A person is forgotten in the running ledger: found in no file it wrote, told to nobody. */
import { copyFileSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newKey } from '../support/ledger.ts';
import { farOff, referral, step } from '../support/people.ts';
import { id } from '../support/scenario.ts';
import { bearer, filesIn, newFolder, run, type Running, serve } from './support.ts';

/** Values that are found wherever they are, as they are or as base64. */
const personId = '7ZZPANTEDPERSZN00000000000';
const percent = '37.194852';
const planted = [personId, percent, 'supply-led', 'insufficient'].flatMap((text) => [
  text,
  Buffer.from(text).toString('base64').replaceAll('=', ''),
]);

const { folder, remove } = newFolder();
const environment = { LEDGER_DATA: folder };
const keys = join(folder, 'office', 'keys.sqlite');
const look = ['referrals', '--open', '--purpose', 'audit', '--json'];
let service: Running;
let registrar: { readonly authorization: string };

const post = async (path: string, body: unknown, as: object = registrar): Promise<Response> =>
  fetch(`${service.address}/v1/${path}`, {
    method: 'POST',
    headers: { ...as, 'content-type': 'application/json', 'idempotency-key': newKey() },
    body: JSON.stringify(body),
  });

const expectNowhere = (): void => {
  for (const file of filesIn(folder)) {
    const bytes = readFileSync(file);
    for (const value of planted) expect(bytes.includes(value), `${value} in ${file}`).toBe(false);
  }
};

const list = async (): Promise<string> => {
  const { out } = await run(environment, 'referrals', '--json');
  return JSON.stringify(JSON.parse(out), null, 1)
    .replaceAll(/,\s*"erased": true/g, '')
    .replace(/"asOf": \{[^}]*\}/, '');
};

beforeAll(async () => {
  service = await serve(environment);
  registrar = await bearer(environment);
  await post('members', { municipality: 'gm0828', name: 'Oss', validFrom: '2017-01-01' });
  const details = { ...farOff, estimatedLoonwaardePercent: percent };
  expect((await post('referrals', referral({ personId, details }))).status).toBe(201);
});
afterAll(async () => {
  await service.stop();
  remove();
});

describe('who looks', () => {
  it('says what for, and is told of', async () => {
    const unsaid = await run(environment, 'referrals', '--open');
    expect([unsaid.code, unsaid.err]).toEqual([1, expect.stringContaining('purpose')]);
    expect((await run(environment, ...look)).out).toContain(percent);
    const looked = await run(environment, 'looked', personId);
    expect(looked.out).toContain('Controle op de rechtmatigheid');
    const { items } = JSON.parse((await run(environment, 'looked', personId, '--json')).out) as {
      readonly items: readonly { readonly line: object }[];
    };
    expect(items.map(({ line }) => line)).toMatchObject([
      {
        name: 'open referrals',
        status_code: 0,
        attributes: {
          'dpl.core.processing_activity_id': expect.stringContaining('audit') as string,
          'dpl.core.data_subject_id': expect.stringMatching(/^[0-9a-f]{32}$/) as string,
        },
      },
    ]);
  });

  it('is not told to who did not sign in, nor does he have anybody forgotten', async () => {
    const asked = await fetch(`${service.address}/v1/processing-log?person=${'0'.repeat(32)}`);
    expect(asked.status).toBe(401);
    const nobody = async (path: string) => (await post(path, { personId }, {})).status;
    expect(await nobody('person-references')).toBe(401);
    expect(await nobody('erasures')).toBe(401);
  });
});

describe('what is sealed', () => {
  const expectNone = (bytes: Buffer | string, where: string): void => {
    for (const value of planted) expect(bytes.includes(value), `${value} in ${where}`).toBe(false);
  };

  it('is in no export, no metric, and not in what the service says of itself', async () => {
    const file = join(folder, 'uitvoer.tar');
    expect((await run(environment, 'export', file)).code).toBe(0);
    expectNone(readFileSync(file), 'the export');
    rmSync(file);
    const headers = await bearer(environment, 'administrator');
    const metrics = await (await fetch(`${service.address}/metrics`, { headers })).text();
    expect(metrics).toContain('route="/v1/referrals"');
    expectNone(metrics, 'the metrics');
    expectNone(service.said(), 'the output');
  });

  it('is in no refusal that rests on it', async () => {
    for (const rule of ['R12', 'R14']) {
      const text = { title: 'Regel', summary: 'Zo is het.', authority: 'law' };
      const set = await post('rules', { rule, ...text, decisionIds: [], figures: [] });
      expect(set.status, await set.text()).toBe(201);
    }
    const refused = async (path: string, body: object): Promise<void> => {
      const reply = await post(path, body);
      const text = await reply.text();
      expect([reply.status, text]).toEqual([409, expect.stringMatching(/"rule":"R1[234]"/)]);
      expectNone(text, 'a refusal');
    };
    const about = { personId, municipality: 'gm0828', referralId: id('referral') };
    const work = { work: 'participation', direction: 'demand-led', employer: 'ibn' };
    const details = { ...work, term: 'temporary' };
    await refused('placements', { placementId: id('one'), ...about, details });
    const beschut = { ...details, work: 'beschut', direction: 'supply-led' };
    await refused('placements', { placementId: id('two'), ...about, details: beschut });
  });
});

describe('who is forgotten', () => {
  it('opens no more, in a list that is as it was; a repeated request is gone', async () => {
    const before = await list();
    copyFileSync(keys, `${folder}-keys`);
    expect((await run(environment, 'forget', personId)).out).toContain('Gewist.');
    expect(await list()).toBe(before);
    const opened = await run(environment, ...look);
    expect(JSON.parse(opened.out)).toMatchObject({ items: [{ erased: true, sealed: true }] });
    const again = await run(environment, 'forget', personId, '--json');
    expect([again.code, JSON.parse(again.out)]).toEqual([
      1,
      expect.objectContaining({ status: 410, code: 'erased' }),
    ]);
    const more = await post('referrals', referral({ referralId: id('new'), personId }));
    expect(more.status).toBe(410);
  });

  it('is in no file, while it runs and after', async () => {
    expect(filesIn(folder).map((file) => file.slice(folder.length + 1))).toEqual(
      expect.arrayContaining(['ledger.sqlite', 'ledger.sqlite-wal', 'office/looks.sqlite']),
    );
    expectNowhere();
    await service.stop();
    expectNowhere();
    service = await serve(environment);
  });

  it('is not brought back by a rebuild, another wrapping key, or older keys', async () => {
    const before = await list();
    expect((await run(environment, 'rebuild')).code).toBe(0);
    expect((await run(environment, 'keys', 'rotate')).out).toContain('0 sleutels');
    await service.stop();
    expect(await list()).toBe(before);
    // Of before the wrapping key was replaced: it does not even open.
    renameSync(`${folder}-keys`, keys);
    const restored = await run(environment, ...look);
    expect([restored.code, restored.err]).toEqual([1, expect.stringContaining('andere sleutel')]);
  });
});

it('others are as they were', async () => {
  const other = newFolder();
  const own = { LEDGER_DATA: other.folder };
  const joined = ['municipality=gm0828', 'name=Oss', '--valid-from', '2017-01-01'];
  await run(own, 'import');
  await run(own, 'do', 'join-member', ...joined);
  const record = (command: string, body: unknown) =>
    run(own, 'do', command, '--json', JSON.stringify(body));
  await record('record-referral', referral());
  await record('record-referral', referral({ referralId: id('second'), personId: id('bram') }));
  expect((await run(own, 'forget', id('anna'))).out).toContain('Gewist.');
  const step_ = step('referral', 'chosen');
  expect((await record('record-referral-step', step_)).code).toBe(1);
  expect(JSON.parse((await run(own, ...look)).out)).toMatchObject({
    items: [{ erased: true }, { sealed: false }],
  });
  other.remove();
});
