/** Awarding without a tender (DOMAIN §6): what shows each criterion, and what is missing. */
import { beforeEach, describe, expect, test } from 'vitest';
import { id, stated } from '../support/scenario.ts';
import { type TestLedger, testLedger } from '../support/ledger.ts';

let made: TestLedger;
const on = (date: string) => ({ validFrom: { earliest: date, latest: date } });
const withEvidence = { evidence: [stated] };

interface Criterion {
  readonly criterion: string;
  readonly result: string;
  readonly missing: readonly string[];
  readonly parts: readonly Record<string, unknown>[];
}
const criteria = async (validAt: string, knownAt?: number, awardId = 'partnership') => {
  const known = knownAt === undefined ? {} : { knownAt: String(knownAt) };
  const { items } = await made.ledger.ask({
    question: 'compliance',
    where: { awardId },
    validAt,
    ...known,
  });
  return (items[0]?.criteria ?? []) as readonly Criterion[];
};
const criterion = async (name: string, validAt: string, knownAt?: number) =>
  (await criteria(validAt, knownAt)).find((c) => c.criterion === name)!;
const part = async (name: string, validAt = '2023-01-01') =>
  (await criteria(validAt)).flatMap((c) => c.parts).find((p) => p.part === name)!;
const refused = async (attempt: Promise<unknown>, code: string): Promise<void> => {
  const before = made.log.head().sequence;
  await expect(attempt).rejects.toMatchObject({ problem: { refusal: { code } } });
  expect(made.log.head().sequence).toBe(before);
};

const attest = (name: string, more: Record<string, unknown> = {}, date = '2022-01-01') =>
  made.take(
    'attest-criterion',
    {
      attestationId: id(name),
      part: 'decisive-influence',
      outcome: 'met',
      reasoning: 'beoordeeld',
      evidenceHeld: true,
      ...more,
    },
    { ...on(date), ...withEvidence },
  );

beforeEach(async () => {
  made = await testLedger();
  await made.take('join-member', { municipality: 'gm0001', name: 'Een' }, on('2017-01-01'));
  await made.take('join-member', { municipality: 'gm0002', name: 'Twee' }, on('2017-01-01'));
});

describe('control', () => {
  const bodies = ['ibn-general-meeting', 'ibn-supervisory-board', 'ibn-board'];
  const seat = (kind: string, municipality: string) => ({
    bodyId: id(kind),
    seatId: id(kind.slice(4) + municipality),
    municipality,
    office: 'representative',
    chair: false,
  });
  beforeEach(async () => {
    for (const kind of bodies) {
      const body = { bodyId: id(kind), kind, name: kind, role: 'besluit' };
      await made.take('establish-body', body, on('2018-01-01'));
      await made.take('appoint-representative', seat(kind, 'gm0001'), on('2018-01-01'));
    }
  });

  test('is not shown while a member lacks a seat in a deciding body, and says where', async () => {
    expect(await part('deciding-bodies')).toMatchObject({
      result: 'not-shown',
      missing: [
        'wie er zitten in de algemene vergadering van IBN voor gm0002',
        'wie er zitten in de raad van commissarissen van IBN voor gm0002',
        'wie er zitten in de directie van IBN voor gm0002',
      ],
    });
  });

  test('in deciding bodies is met once all have a seat in all of them, from that date', async () => {
    for (const kind of bodies)
      await made.take('appoint-representative', seat(kind, 'gm0002'), on('2020-01-01'));
    expect((await part('deciding-bodies', '2019-12-31')).result).toBe('not-shown');
    expect((await part('deciding-bodies', '2020-01-01')).result).toBe('met');
  });

  test('is met when all its parts are, by facts or by judgement', async () => {
    for (const kind of bodies)
      await made.take('appoint-representative', seat(kind, 'gm0002'), on('2020-01-01'));
    await attest('influence');
    const before = made.log.head().sequence;
    await attest('interests', { part: 'no-contrary-interests' });
    expect((await criterion('control', '2023-01-01')).result).toBe('met');
    expect((await criterion('control', '2023-01-01', before)).result).toBe('not-shown');
    expect((await criterion('control', '2021-12-31')).result).toBe('not-shown');
  });
});

describe('a judgement', () => {
  test('shows a part from its valid date on, with its author and reasoning', async () => {
    await attest('first');
    expect(await part('decisive-influence', '2021-12-31')).toMatchObject({ result: 'not-shown' });
    expect(await part('decisive-influence')).toMatchObject({
      result: 'met',
      judgement: { attestationId: id('first'), office: 'registrar', reasoning: 'beoordeeld' },
    });
  });

  test('that is contested shows nothing from then on', async () => {
    await attest('first');
    await made.take(
      'contest-attestation',
      { attestationId: id('first'), reasoning: 'bewijs is verouderd' },
      on('2022-06-01'),
    );
    expect((await part('decisive-influence', '2022-05-31')).result).toBe('met');
    expect(await part('decisive-influence')).toMatchObject({
      result: 'not-shown',
      judgement: { contested: 'bewijs is verouderd' },
    });
  });

  test('gives way to a later one', async () => {
    await attest('first');
    await attest('second', { outcome: 'not-met' }, '2022-06-01');
    expect((await part('decisive-influence')).result).toBe('not-met');
    expect((await criterion('control', '2023-01-01')).result).toBe('not-met');
  });

  test('without evidence is a statement: it is told, and shows nothing', async () => {
    await attest('statement', { evidenceHeld: false });
    const shown = await part('decisive-influence');
    expect(shown.result).toBe('not-shown');
    expect(shown.evidence).toMatchObject([{ what: 'Gesteld, zonder bewijs: beoordeeld' }]);
  });

  test('says that evidence is held only when it names some', async () => {
    const body = {
      part: 'activity',
      outcome: 'met',
      reasoning: 'beoordeeld',
      evidenceHeld: true,
    };
    await refused(made.take('attest-criterion', body), 'contradiction');
  });

  test('of an award needs that award; of one thing twice is refused', async () => {
    await refused(attest('first', { awardId: id('unknown') }), 'unknown-reference');
    await attest('first');
    await refused(attest('first'), 'already-exists');
  });

  test('is contested once, and not before it was there', async () => {
    const contest = (attestationId: string, date: string) =>
      made.take('contest-attestation', { attestationId, reasoning: 'nee' }, on(date));
    await refused(contest(id('none'), '2022-01-01'), 'not-found');
    await attest('first');
    await refused(contest(id('first'), '2021-01-01'), 'contradiction');
    await contest(id('first'), '2022-01-01');
    await refused(contest(id('first'), '2022-01-01'), 'nothing-to-do');
  });

  test('of one award says nothing of another', async () => {
    for (const lumpSumId of [id('one'), id('two')])
      await made.take(
        'determine-lump-sum',
        {
          lumpSumId,
          from: lumpSumId === id('one') ? '2021-01-01' : '2023-01-01',
          until: lumpSumId === id('one') ? '2023-01-01' : '2025-01-01',
          years: [{ year: lumpSumId === id('one') ? 2021 : 2023, shares: [] }],
          decisionIds: [],
        },
        { mode: 'register', ...on('2021-01-01'), ...withEvidence },
      );
    await attest('own', { awardId: id('one'), part: 'no-private-capital' });
    const results = async (awardId: string) =>
      (await criteria('2023-01-01', undefined, awardId)).map((c) => c.result);
    expect(await results(id('one'))).toEqual(['not-shown', 'not-shown', 'met']);
    expect(await results(id('two'))).toEqual(['not-shown', 'not-shown', 'not-shown']);
  });
});

describe('private capital', () => {
  const share = (holder: Record<string, unknown>, percent: string, date = '2017-01-01') =>
    made.take('record-shareholding', { kind: 'public', percent, ...holder }, on(date));
  const result = async (validAt = '2023-01-01') =>
    (await criterion('no-private-capital', validAt)).result;

  test('is shown to be absent when public holders have the whole, exactly', async () => {
    await share({ municipality: 'gm0001' }, '66.66');
    await share({ municipality: 'gm0002' }, '33.33');
    expect(await result()).toBe('not-shown');
    await share({ municipality: 'gm0002' }, '33.34', '2020-01-01');
    expect(await result('2019-12-31')).toBe('not-shown');
    expect(await result('2020-01-01')).toBe('met');
  });

  test('fails the criterion, however little', async () => {
    await share({ municipality: 'gm0001' }, '99.9');
    await share({ organisation: 'investor', kind: 'private' }, '0.1');
    expect(await result()).toBe('not-met');
    await share({ organisation: 'investor', kind: 'private' }, '0', '2021-01-01');
    expect(await result('2020-12-31')).toBe('not-met');
    expect(await result('2021-01-01')).toBe('not-shown');
  });

  test('is allowed where law requires it, without control and without a block', async () => {
    await share({ municipality: 'gm0001' }, '90');
    const required = { requiredByLaw: true, controlling: false, blocking: false };
    await share({ organisation: 'fund', kind: 'private', ...required }, '10');
    expect(await result()).toBe('met');
    await share(
      { organisation: 'fund', kind: 'private', ...required, blocking: true },
      '10',
      '2022-01-01',
    );
    expect(await result()).toBe('not-met');
  });

  test('is not recorded beyond the whole, below nothing, or of nobody', async () => {
    await share({ municipality: 'gm0001' }, '60');
    await refused(share({ municipality: 'gm0002' }, '40.01'), 'contradiction');
    await refused(share({ municipality: 'gm0002' }, '-1'), 'contradiction');
    await refused(share({}, '1'), 'contradiction');
    await refused(share({ municipality: 'gm0001' }, '60'), 'nothing-to-do');
  });
});

describe('activity', () => {
  const law = (percent: string, years = '3') => ({
    rule: 'R22',
    title: 'wet',
    summary: 'wet',
    authority: 'law',
    decisionIds: [],
    figures: [
      { name: 'entrusted-above-percent', value: percent, unit: 'percent' },
      { name: 'measured-years', value: years, unit: 'years' },
    ],
  });
  let count = 0;
  const turnover = async (
    year: number,
    amountCents: string,
    judged?: string,
    { projection = false, date = `${year + 1}-03-01` } = {},
  ) => {
    count += 1;
    const turnoverId = id(`line${count}`);
    const means = judged === 'market' ? 'other-clients' : 'lump-sum';
    const line = { turnoverId, year, means, title: 'Omzet', amountCents, projection };
    await made.take('report-turnover', line, on(date));
    if (judged !== undefined)
      await made.take('classify-turnover', classed(turnoverId, judged), on(date));
    return turnoverId;
  };
  const classed = (turnoverId: string, as: string) => ({
    turnoverId,
    class: as,
    reasoning: 'beoordeeld',
  });
  const activity = async (validAt = '2024-06-01', knownAt?: number) =>
    (await criterion('activity', validAt, knownAt)) as Criterion & Record<string, unknown>;

  beforeEach(async () => {
    await made.take('set-rule', law('80'), on('2016-07-01'));
    await turnover(2021, '8000', 'entrusted');
    await turnover(2021, '2000', 'market');
    await turnover(2022, '8000', 'controlled-entity');
    await turnover(2022, '2000', 'market');
  });

  test('of exactly the share of the law fails, one cent more is met', async () => {
    const last = await turnover(2023, '8000', 'entrusted');
    await turnover(2023, '2000', 'market');
    expect(await activity()).toMatchObject({ result: 'not-met', entrustedPercent: '80' });
    const before = made.log.head().sequence;
    await turnover(2023, '1', 'entrusted');
    expect(await activity()).toMatchObject({ result: 'met', entrustedPercent: '80' });
    expect(await activity('2024-06-01', before)).toMatchObject({ result: 'not-met' });
    await made.take('classify-turnover', classed(last, 'market'), on('2024-05-01'));
    expect((await activity('2024-04-30')).result).toBe('met');
    expect((await activity()).result).toBe('not-met');
  });

  test('is an average over the years: one bad year may be made good by others', async () => {
    await turnover(2023, '30000', 'entrusted');
    expect(await activity()).toMatchObject({
      result: 'met',
      years: [
        { year: 2021, totalCents: '10000', entrustedCents: '8000', marketCents: '2000' },
        { year: 2022 },
        { year: 2023, totalCents: '30000' },
      ],
    });
  });

  test('is not shown while a year is missing, and says which', async () => {
    expect(await activity()).toMatchObject({
      result: 'not-shown',
      missing: ['de omzet van IBN in 2023'],
    });
    // On a date in 2023 it is about the years before that: one more is missing there.
    expect((await activity('2023-06-01')).missing).toEqual(['de omzet van IBN in 2020']);
  });

  test('is not shown while a line that matters has no class', async () => {
    await turnover(2023, '10000');
    expect(await activity()).toMatchObject({
      result: 'not-shown',
      missing: ['of alle omzet van 2023 is opgedragen door de deelnemers'],
    });
  });

  test('is not met when even the lines without a class could not save it', async () => {
    await turnover(2023, '100');
    await turnover(2023, '9900', 'market');
    expect((await activity()).result).toBe('not-met');
  });

  test('rests on a projection only where a year has nothing else, and says so', async () => {
    await turnover(2023, '20000', 'entrusted', { projection: true, date: '2023-12-01' });
    const shown = await activity();
    expect(shown.result).toBe('met');
    expect((shown.years as Record<string, unknown>[]).map((y) => y.projection)).toEqual([
      false,
      false,
      true,
    ]);
    await turnover(2023, '10000', 'market');
    expect(await activity()).toMatchObject({ result: 'not-met' });
  });

  test('goes by the share and the years of the law on the date', async () => {
    await turnover(2023, '8500', 'entrusted');
    await turnover(2023, '1500', 'market');
    await made.take('set-rule', law('84.9', '1'), on('2024-04-01'));
    expect((await activity()).result).toBe('met');
    await made.take('set-rule', law('85', '1'), on('2024-05-01'));
    expect((await activity('2024-04-30')).result).toBe('met');
    expect((await activity()).result).toBe('not-met');
  });

  test('that is not met by the figures is not saved by a judgement', async () => {
    await turnover(2023, '10000', 'market');
    await attest('judged', { part: 'activity' });
    expect((await activity()).result).toBe('not-met');
  });
});

test('what is not shown of the partnership is a finding, until it is', async () => {
  const found = async () =>
    (
      await made.ledger.ask({
        question: 'findings',
        validAt: '2023-01-01',
        where: { kind: 'criterion-not-shown' },
      })
    ).items.map((f) => f.findingId);
  expect(await found()).toHaveLength(3);
  const capital = 'criterion-not-shown.no-private-capital';
  expect(await found()).toContain(capital);
  await attest('capital', { part: 'no-private-capital' });
  expect(await found()).not.toContain(capital);
});

test('the dossier rests on what it shows: folding only that gives it again', async () => {
  await attest('first');
  await made.take(
    'record-shareholding',
    { municipality: 'gm0001', kind: 'public', percent: '100' },
    on('2017-01-01'),
  );
  const where = { awardId: 'partnership' };
  const explained = await made.ledger.explain({
    question: 'compliance',
    where,
    validAt: '2023-01-01',
  });
  expect(explained.foldedAgain.same).toBe(true);
  expect(explained.events.map((e) => e.type)).toContain('CriterionAttested');
});

test('a finding that may begin rests also on what keeps it away until then', async () => {
  await attest('first', { part: 'activity' });
  const rough = { earliest: '2022-06-01', latest: '2023-06-01' };
  await made.take(
    'attest-criterion',
    {
      attestationId: id('second'),
      part: 'activity',
      outcome: 'not-met',
      reasoning: 'x',
      evidenceHeld: true,
    },
    { validFrom: rough, ...withEvidence },
  );
  const explained = await made.ledger.explain({
    question: 'findings',
    thing: 'criterion-not-shown.activity',
    validAt: '2023-01-01',
  });
  expect(explained.items).toMatchObject([{ certainty: 'uncertain', before: null }]);
  expect(explained.foldedAgain.same).toBe(true);
});
