/** Questions that the shipped history must answer, asked over HTTP: figures and grounds. */
import { beforeAll, describe, expect, test } from 'vitest';
import { ulidOf } from '../../src/ledger/import.ts';
import { expectProblem, historyApp, type TestApp } from './support.ts';

type Fields = Readonly<Record<string, unknown>>;

interface Evidence {
  readonly source: string;
  readonly place: string;
  readonly basis: string;
  readonly reasoning?: string;
}
interface Decision extends Fields {
  readonly adoptions: readonly { readonly evidence: readonly Evidence[]; readonly date: Fields }[];
  readonly plans: readonly Fields[];
}
interface Finding {
  readonly description: string;
  readonly figures: readonly { readonly name: string; readonly value: string }[];
}
interface Year {
  readonly year: number;
  readonly shares: readonly Fields[];
}
interface LumpSum extends Fields {
  readonly years: readonly Year[];
  readonly findings: readonly Fields[];
  readonly evidence: readonly Evidence[];
}
interface Change {
  readonly thing: string;
  readonly change: string;
  readonly before: Fields | null;
  readonly after: Fields | null;
  readonly causedBy: readonly string[];
}
interface Explanation {
  readonly items: readonly Fields[];
  readonly events: readonly { readonly eventId: string; readonly type: string }[];
  readonly rules: readonly Fields[];
  readonly basis: readonly string[];
  readonly foldedAgain: { readonly items: readonly Fields[]; readonly same: boolean };
}

let t: TestApp;
beforeAll(async () => {
  t = await historyApp();
});

const get = async <T = Fields>(path: string): Promise<T> => {
  const reply = await t.get(`/v1/${path}`);
  expect(reply.statusCode, reply.body).toBe(200);
  return reply.json<T>();
};
const list = async <T = Fields>(path: string): Promise<readonly T[]> =>
  (await get<{ items: readonly T[] }>(path)).items;

/** What changed when the renewed partnership began, and the numbers of the decisions it names. */
const between = async (of: string) => {
  const { items, decisions } = await get<{
    items: readonly Change[];
    decisions: readonly { readonly number: string }[];
  }>(`differences?of=${of}&from=2021-06-30&to=2021-07-01`);
  return { items, named: decisions.map((d) => d.number) };
};
const explain = (of: string, validAt: string) =>
  get<Explanation>(`explanations?of=${encodeURIComponent(of)}&validAt=${validAt}`);

const eighteen = async (validAt: string) =>
  (await list<Decision>(`decisions?validAt=${validAt}`)).filter((d) => d.series === '2021-01-27');
const numbers = Array.from({ length: 18 }, (_, i) => String(i + 1));

const proposal = () => get<LumpSum>(`lump-sums/${ulidOf('lump-sum-2025-2026')}`);
const yearOf = async (lumpSum: Promise<LumpSum>, year: number) =>
  (await lumpSum).years.find((y) => y.year === year);
const lumpSumOf = async (year: number) =>
  (await list<LumpSum>('lump-sums')).find((l) => l.years.some((y) => y.year === year))!;
const findings = (kind: string, more = '') => list<Finding>(`findings?kind=${kind}${more}`);
const figuresOf = ({ figures }: Finding) =>
  Object.fromEntries(figures.map(({ name, value }) => [name, value]));

describe('members', () => {
  test('Members on 2021-12-31, and on 2022-01-01?', async () => {
    const before = await list('members?validAt=2021-12-31');
    expect(before).toHaveLength(11);
    const after = await list('members?validAt=2022-01-01');
    expect(after).toHaveLength(6);
    const merged = after.filter((m) => m.since === '2022-01-01');
    expect(merged).toMatchObject([
      { name: 'Land van Cuijk', predecessors: ['gm0756', 'gm1684', 'gm0786', 'gm0815', 'gm1702'] },
      { name: 'Maashorst', predecessors: ['gm1685', 'gm0856'] },
    ]);
    for (const { mergedBy, municipality, predecessors } of merged) {
      const event = await get(`events/${String(mergedBy)}`);
      expect(event).toMatchObject({
        type: 'nl.participatiewet.municipalities-merged',
        data: { fact: { successor: municipality, predecessors } },
      });
    }
  });

  test('Did Landerd exist in the partnership on 2022-01-01?', async () => {
    const landerd = await get('members/gm1685?validAt=2022-01-01');
    expect(landerd).toMatchObject({
      name: 'Landerd',
      status: 'merged',
      mergedInto: 'gm1991',
      mergedIntoName: 'Maashorst',
      since: '2022-01-01',
    });
    expect(landerd.basis).toContain(landerd.mergedBy);
    expect(await get('members/gm1685?validAt=2021-12-31')).toMatchObject({ status: 'member' });
    const then = await list('members?validAt=2022-01-01');
    expect(then.map((m) => m.municipality)).not.toContain('gm1685');
  });
});

describe('the basispakket', () => {
  const five = [
    'wsw',
    'beschut-main-contractor',
    'employment-contracts',
    'pre-employment-trajectories',
    'expertise',
  ].map((task) => ({ task, decisionIds: [ulidOf('decision-3'), ulidOf('decision-4')] }));

  test('The basispakket on 2021-09-01?', async () => {
    const found = await get('package?validAt=2021-09-01');
    expect(found).toMatchObject({
      period: { from: '2021-07-01', until: '2023-01-01' },
      decisionIds: [ulidOf('decision-3'), ulidOf('decision-4')],
      decisions: [{ number: '3' }, { number: '4' }],
      tasks: five,
      certainty: 'certain',
    });
    for (const unknown of ['size', 'intendedResults', 'costCents'])
      expect(found).not.toHaveProperty(unknown);
    const [missing, ...others] = await findings('package-incomplete', '&validAt=2021-09-01');
    expect(missing!.description).toMatch(/omvang, beoogde resultaten, kosten/);
    expect(others).toEqual([]);
  });

  test('The basispakket on 2021-06-30?', async () => {
    expect(await get('package?validAt=2021-06-30')).toMatchObject({
      decisionIds: [],
      tasks: [],
      agreements: [
        {
          agreementId: ulidOf('agreement-covenant-2016'),
          kind: 'covenant',
          status: 'running',
          runsUntil: { earliest: '2021-07-01', latest: '2021-07-01' },
          extension: { reason: expect.stringMatching(/half jaar/) },
        },
      ],
    });
    const covenant = await list('events?type=AgreementConcluded&limit=1');
    expect(covenant).toMatchObject([
      {
        data: {
          fact: { agreementId: ulidOf('agreement-covenant-2016') },
          validFrom: { wording: 'december 2016' },
        },
      },
    ]);
  });

  test('On which of its events does "five tasks" rest?', async () => {
    const { items, events, basis, foldedAgain } = await explain('package', '2021-09-01');
    expect(events.map((e) => e.eventId)).toEqual(basis);
    const count = (type: string) => events.filter((e) => e.type === type).length;
    expect(count('PackageDetermined')).toBe(1);
    expect(count('DecisionDecided')).toBe(2);
    expect(count('DecisionAdopted')).toBe(22);
    expect(foldedAgain.same).toBe(true);
    expect(foldedAgain.items).toEqual(items);
    expect(foldedAgain.items).toMatchObject([{ tasks: five }]);
  });
});

describe('the 18 decisions', () => {
  test('Which decisions of 27 January 2021 were in force on 2021-03-01, and on 2021-07-01?', async () => {
    const decided = await eighteen('2021-03-01');
    expect(decided.map((d) => d.number)).toEqual(numbers);
    for (const decision of decided) {
      expect(decision).toMatchObject({
        status: 'decided',
        adoptions: [],
        certainty: 'uncertain',
        span: { latest: '2021-06-30' },
        after: { status: 'adopted' },
      });
      expect(decision.plans).toMatchObject([
        { step: 'decide', plannedFor: { latest: '2021-01-27' } },
        { step: 'adopt', body: 'college', plannedFor: { wording: 'voorjaar 2021' } },
        { step: 'adopt', body: 'raad', plannedFor: { wording: 'voorjaar 2021' } },
      ]);
    }
    const inForce = await eighteen('2021-07-01');
    expect(inForce.map((d) => [d.number, d.status])).toEqual(numbers.map((n) => [n, 'in-force']));
    for (const { adoptions } of inForce) {
      expect(adoptions).toHaveLength(11);
      for (const { evidence, date } of adoptions) {
        expect(evidence.map((e) => e.basis)).toEqual(['inferred']);
        expect(date).toEqual({ latest: '2021-06-30' });
      }
    }
  });

  test('The course of decision 3?', async () => {
    const decision = await get(`decisions/${ulidOf('decision-3')}?validAt=2021-07-01`);
    const heading = { source: 'S0', basis: 'inferred', place: 'kop en inleiding' };
    expect(decision).toMatchObject({
      number: '3',
      status: 'in-force',
      inForceFrom: { earliest: '2021-07-01', latest: '2021-07-01' },
      course: [
        { step: 'proposed', body: 'project-group' },
        {
          step: 'advised',
          body: 'stuurgroep',
          date: { earliest: '2020-11-24', latest: '2020-11-24' },
        },
        {
          step: 'decided',
          body: 'bestuurlijk-overleg',
          date: { earliest: '2021-01-27', latest: '2021-01-27' },
          evidence: [heading],
        },
        {
          step: 'adopted',
          count: 11,
          date: { latest: '2021-06-30' },
          evidence: [{ basis: 'inferred' }],
        },
      ],
    });
    expect(decision.plans).toContainEqual(
      expect.objectContaining({ step: 'adopt', body: 'raad', evidence: [expect.anything()] }),
    );
  });
});

describe('the rules', () => {
  test('The surcharge on the lump sum on 2021-06-30 and 2021-07-01, and why?', async () => {
    expectProblem(await t.get('/v1/rules/R7?validAt=2021-06-30'), 404, 'not-found');
    const rule = await get('rules/R7?validAt=2021-07-01');
    expect(rule).toMatchObject({
      authority: 'decision',
      decisionIds: [ulidOf('decision-11')],
      decisions: [{ number: '11' }],
      figures: [{ name: 'surcharge-percent', value: '3', unit: 'percent' }],
      evidence: [{ source: 'S0', place: 'besluit 11', basis: 'stated' }],
    });
    const why = await explain('rules/R7', '2021-07-01');
    expect(why.rules).toMatchObject([{ rule: 'R7', decisionIds: [ulidOf('decision-11')] }]);
    expect(why.basis).toContain(rule.setBy);
    expect(why.foldedAgain.same).toBe(true);
  });

  test('What changed between 2021-06-30 and 2021-07-01?', async () => {
    const [rules, bodies, packages, lumpSums] = [
      await between('rules'),
      await between('bodies'),
      await between('package'),
      await between('lump-sums'),
    ];
    const added = rules.items.filter((r) => r.change === 'added').map((r) => r.thing);
    expect(added).toEqual(expect.arrayContaining(['R1', 'R2', 'R3', 'R6', 'R7', 'R8']));
    expect(bodies.items).toMatchObject([
      {
        change: 'changed',
        after: { kind: 'bestuurlijk-overleg', representatives: { length: 12 } },
      },
    ]);
    expect(packages.items).toMatchObject([
      { before: { tasks: [] }, after: { tasks: { length: 5 } } },
    ]);
    expect(lumpSums.items).toMatchObject([
      { change: 'added', after: { period: { from: '2021-07-01' } } },
    ]);
    const [determined] = await list('events?type=PackageDetermined&limit=1');
    expect(packages.items[0]!.causedBy).toContain(determined!.id);
    for (const { items } of [rules, bodies, packages, lumpSums])
      for (const { causedBy } of items) expect(causedBy).not.toEqual([]);
    expect(rules.named).toEqual(expect.arrayContaining(['4', '11', '12', '13', '14', '15']));
    expect(packages.named).toEqual(['3', '4']);
    expect(lumpSums.named).toEqual(['10', '12']);
  });

  test('What changed between 2021-06-30 and 2021-07-01? The 18 decisions came in force.', async () => {
    const { items } = await between('decisions');
    expect(items.map((d) => d.thing)).toEqual(numbers.map((n) => ulidOf(`decision-${n}`)));
    for (const { thing, before, after, causedBy } of items) {
      expect([before?.status, after?.status]).toEqual(['adopted', 'in-force']);
      const [proposed] = await list(
        `events?type=DecisionProposed&tag=decision:${thing.toLowerCase()}`,
      );
      expect(causedBy).toContain(proposed!.id);
    }
  });
});

describe('the lump sums', () => {
  test('The lump sum of Meierijstad for 2025?', async () => {
    expect(await proposal()).toMatchObject({ status: 'proposed', decisionIds: [] });
    expect((await yearOf(proposal(), 2025))!.shares).toContainEqual(
      expect.objectContaining({
        municipality: 'gm1948',
        amountCents: '45760100',
        origin: 'published',
      }),
    );
    const open = await findings('not-in-sources', '&rule=R6');
    expect(open.map((f) => f.description)).toEqual([
      expect.stringMatching(/2025 – 2026 is een voorstel\. Geen bron .* vastgesteld/),
    ]);
  });

  test('What is wrong with the table of 2025–2026?', async () => {
    expect((await findings('rows-differ-from-total')).map(figuresOf)).toEqual([
      {
        year: '2025',
        'stated-cents': '460369900',
        'rows-cents': '460369800',
        'difference-cents': '-100',
      },
      {
        year: '2026',
        'stated-cents': '518764700',
        'rows-cents': '518764800',
        'difference-cents': '100',
      },
    ]);
    expect((await proposal()).years).toMatchObject([
      { totalStatedCents: '460369900', totalOfSharesCents: '460369800' },
      { totalStatedCents: '518764700', totalOfSharesCents: '518764800' },
    ]);
  });

  test('The lump sum for 2024?', async () => {
    const lumpSum = await lumpSumOf(2024);
    expect(lumpSum).toMatchObject({ status: 'determined' });
    expect(lumpSum.years.find((y) => y.year === 2024)).toMatchObject({
      totalStatedCents: '323700000',
      shares: [],
    });
    const [stated, inferred] = lumpSum.evidence;
    expect([stated!.basis, inferred!.basis]).toEqual(['stated', 'inferred']);
    expect(inferred!.reasoning).toMatch(/in 2022 geraamd.* vastgesteld, volgt uit besluit 12/);
    expect(lumpSum.findings).toContainEqual(
      expect.objectContaining({
        kind: 'shares-unknown',
        description: expect.stringContaining('2024'),
      }),
    );
    const elsewhere = await list('stated-amounts?year=2024&subject=lump-sum-rounded');
    expect(elsewhere).toMatchObject([{ amountCents: '320000000', approximate: true }]);
    const apart = await list('stated-amounts?year=2024&subject=beschut-extra-means');
    expect(apart).toMatchObject([
      { amountCents: '62500000', note: expect.stringContaining('geen deel van de lumpsum') },
    ]);
  });

  test('Is one key behind the shares of both years?', async () => {
    const [found, ...others] = await findings('years-not-by-one-key');
    expect(figuresOf(found!)).toMatchObject({ 'difference-cents-gm0828': '30450' });
    expect(others).toEqual([]);
  });

  test('What does the surcharge make of the stated 2025 total?', async () => {
    expect(await yearOf(proposal(), 2025)).toMatchObject({
      totalStatedCents: '460369900',
      surcharge: { percent: '3', amountCents: '13408832', withoutCents: '446961068' },
    });
  });

  test('How much higher is 2025 than 2024?', async () => {
    expect(await yearOf(proposal(), 2025)).toMatchObject({
      changeFromYearBefore: { totalBeforeCents: '323700000', changePercent: '42.2' },
    });
    const { basis } = await proposal();
    const [of2025] = await list('events?type=LumpSumProposed');
    const determined = await list<{ id: string; data: { fact: { years: readonly Year[] } } }>(
      'events?type=LumpSumDetermined',
    );
    const of2024 = determined.find((e) => e.data.fact.years.some((y) => y.year === 2024));
    expect(basis).toEqual(expect.arrayContaining([of2025!.id, of2024!.id]));
  });

  test('What was known about 2025 just before the evaluation of 2024 was recorded?', async () => {
    const [proposed] = await list('events?type=LumpSumProposed');
    const before = Number(proposed!.sequence) - 1;
    const id = ulidOf('lump-sum-2025-2026');
    const then = await get(`lump-sums/${id}?knownAt=${before}`);
    expect(then).toMatchObject({
      asOf: { knownAt: before },
      status: 'expected',
      years: [],
      expectation: expect.stringMatching(/2025 stijgt de lumpsum.* daalt zij licht als deel/),
      evidence: [{ source: 'S3', place: '§6.5' }],
    });
    expect(await findings('rows-differ-from-total', `&knownAt=${before}`)).toEqual([]);
    const [added] = await list<Change>(
      `differences?of=lump-sums/${id}&from=@${before}&to=@${before + 1}`,
    );
    expect(added).toMatchObject({
      change: 'changed',
      before: { status: 'expected' },
      after: { status: 'proposed' },
    });
    expect(added!.causedBy).toContain(proposed!.id);
  });

  test('Until when did the first period of the lump sum run, and why not two years?', async () => {
    const [first, ...others] = await list<LumpSum>(
      'lump-sums?validAt=2021-09-01&status=determined',
    );
    expect(first).toMatchObject({
      period: { from: '2021-07-01', until: '2023-01-01' },
      circumstances: expect.stringMatching(/Anderhalf jaar in plaats van twee.* pandemie/),
    });
    expect(others).toEqual([]);
    expect(first!.decisionIds).toContain(ulidOf('decision-12'));
    expect(first!.evidence).toContainEqual(
      expect.objectContaining({ source: 'S3', place: expect.stringContaining('§2.1') }),
    );
  });
});

describe('pluspakket and pilots', () => {
  const meierijstad = ulidOf('area-meierijstad-bernheze-boekel');

  test('Which areas work by scenario III on 2022-06-01?', async () => {
    const areas = await list<{ name: string; scenario: Fields }>('areas?validAt=2022-06-01');
    expect(areas.map((a) => [a.name, a.scenario.scenario]).sort()).toEqual([
      ['Land van Cuijk', 'II'],
      ['Maashorst', 'II'],
      ['Meierijstad/Bernheze/Boekel', 'III'],
      ['Oss', 'II'],
    ]);
    const third = areas.find((a) => a.scenario.scenario === 'III');
    expect(third).toMatchObject({
      municipalities: ['gm1948', 'gm1721', 'gm0755'],
      scenario: {
        pilot: true,
        evidence: [{ basis: 'inferred', reasoning: expect.stringMatching(/besluit 6/) }],
      },
    });
    const pilots = await list(`pilots?areaId=${meierijstad}&status=running&validAt=2022-06-01`);
    expect(pilots).toMatchObject([{ evidence: [{ source: 'S1' }, { source: 'S0' }] }]);
  });

  test('Until when may such a pilot run at most?', async () => {
    const pilot = await get(`pilots/${ulidOf('pilot-meierijstad')}?validAt=2022-06-01`);
    expect(pilot).toMatchObject({
      startedOn: { earliest: '2021-07-01', latest: '2021-07-01' },
      latestEnd: {
        until: '2024-07-01',
        years: '3',
        rule: 'R11',
        authority: 'explanation',
        decisionIds: [ulidOf('decision-6')],
      },
      evidence: [{ basis: 'inferred' }, { basis: 'inferred' }],
    });
    const why = await explain(`pilots/${ulidOf('pilot-meierijstad')}`, '2022-06-01');
    expect(why.rules).toMatchObject([{ rule: 'R11' }]);
    expect(why.foldedAgain.same).toBe(true);
    expect(await findings('pilot-past-limit', '&validAt=2024-06-30')).toEqual([]);
    expect(await findings('pilot-past-limit', '&validAt=2024-07-01')).toHaveLength(1);
  });

  test('Pluspakket services in Maashorst in 2024?', async () => {
    const path = 'plus-services?municipality=gm1991&validAt=';
    const services = await list<{ serviceId: string }>(`${path}2024-12-31`);
    expect(services).toMatchObject([
      { name: 'Participatiedeel van de Z-route', certainty: 'certain' },
      { name: 'Startprogramma Talent in Beeld', certainty: 'certain' },
    ]);
    const talent = services[1] as unknown as { arrangements: readonly Fields[] };
    expect(talent.arrangements).toContainEqual(
      expect.objectContaining({
        municipality: 'gm1991',
        provider: 'IBN',
        note: expect.stringMatching(/intakeproces/),
      }),
    );
    const inMay = await list(`${path}2024-05-01`);
    expect(inMay.map((s) => s.certainty)).toEqual(['uncertain', 'uncertain']);
    const missing = await list<{ about: readonly string[] }>(
      'findings?kind=not-in-sources&rule=R10&validAt=2024-12-31',
    );
    const about = missing.flatMap((f) => f.about);
    for (const { serviceId } of services)
      expect(about).toContain(`plus-service:${serviceId.toLowerCase()}`);
    expect(await list('pluspakket-contracts?validAt=2024-12-31')).toEqual([]);
  });

  test('Who gave the language lessons in Boekel in August 2023 and October 2023?', async () => {
    const boekel = async (validAt: string) => {
      const path = `plus-services/${ulidOf('service-language-lessons')}?validAt=${validAt}`;
      type Given = { readonly arrangements: readonly Fields[] };
      const found = await get<Given & { readonly after?: Given }>(path);
      const providerIn = (given: Given) =>
        given.arrangements.find((a) => a.municipality === 'gm0755')!.provider;
      return {
        ...found,
        provider: providerIn(found),
        next: found.after && providerIn(found.after),
      };
    };
    const refugees = 'Vluchtelingenwerk Nederland';
    expect(await boekel('2023-08-15')).toMatchObject({ provider: refugees, certainty: 'certain' });
    expect(await boekel('2023-09-15')).toMatchObject({
      certainty: 'uncertain',
      span: { wording: 'september 2023' },
      provider: refugees,
      next: 'IBN',
    });
    expect(await boekel('2023-10-15')).toMatchObject({ provider: 'IBN', certainty: 'certain' });
  });

  test('Young Talent: pluspakket or basispakket in 2023?', async () => {
    const path = `plus-services/${ulidOf('service-young-talent')}?validAt=`;
    expect(await get(`${path}2021-12-31`)).toMatchObject({
      status: 'on-offer',
      certainty: 'certain',
    });
    expect(await get(`${path}2023-06-01`)).toMatchObject({
      certainty: 'uncertain',
      before: { status: 'on-offer' },
      after: {
        status: 'in-package',
        moved: { evidence: [{ basis: 'inferred', reasoning: expect.stringMatching(/besloten/) }] },
      },
    });
    expect(await get('package?validAt=2023-06-01')).toMatchObject({
      certainty: 'uncertain',
      before: { moved: [] },
      after: { moved: [{ name: 'Young Talent' }] },
    });
    expect(await findings('no-joint-decision', '&validAt=2024-12-31')).toHaveLength(1);
  });
});

describe('a pluspakket contract priced at cost plus 4 %', () => {
  const contract = {
    title: 'Taallessen',
    municipalities: ['gm0755'],
    organisations: [],
    runsFrom: { earliest: '2025-01-01', latest: '2025-01-01' },
    costCents: '10000000',
    priceCents: '10400000',
    validFrom: '2024-12-31',
  };

  test('is accepted with a finding, for R10 rests on an explanation only', async () => {
    const own = await historyApp();
    const reply = await own.post('/v1/pluspakket-contracts', contract);
    expect(reply.statusCode, reply.body).toBe(201);
    const found = (await own.get(String(reply.headers.location))).json<LumpSum>();
    expect(found.findings).toContainEqual(
      expect.objectContaining({
        kind: 'price-off-rule',
        rule: 'R10',
        figures: expect.arrayContaining([{ name: 'expected-cents', value: '10300000' }]),
      }),
    );
  });

  test('is refused once an execution agreement gives R10 force', async () => {
    const own = await historyApp();
    const agreementId = ulidOf('agreement-execution-2021');
    const rule = (await own.get('/v1/rules/R10?validAt=2024-12-31')).json<Fields>();
    const { title, summary, figures } = rule;
    const binding = { rule: 'R10', title, summary, figures, decisionIds: [], agreementId };
    const set = { ...binding, authority: 'agreement', validFrom: '2024-01-01' };
    expect((await own.post('/v1/rules', set)).statusCode).toBe(201);
    const head = own.log.head().sequence;
    const whole = {
      ...contract,
      nature: 'lessen',
      size: 'twintig',
      runsUntil: { earliest: '2026-01-01', latest: '2026-01-01' },
      interimTermination: 'drie maanden',
      reporting: 'kwartaal',
      accountability: 'jaar',
    };
    const refused = await own.post('/v1/pluspakket-contracts', whole);
    expect(expectProblem(refused, 409, 'rule')).toMatchObject({
      rule: 'R10',
      authority: 'agreement',
      agreement: agreementId,
      detail: expect.stringMatching(/3 % opslag/),
    });
    expect(own.log.head().sequence).toBe(head);
  });

  test('A lump sum for 2027 – 2028 without a reference to a budget of IBN?', async () => {
    const year = (y: number) => ({ year: y, totalCents: '100', shares: [] });
    const reply = await t.post(
      `/v1/lump-sums/${ulidOf('lump-sum-2027')}/_determine`,
      {
        from: '2027-01-01',
        until: '2029-01-01',
        years: [year(2027), year(2028)],
        decisionIds: [ulidOf('decision-10')],
      },
      { 'if-match': '"-1"' },
    );
    const body = expectProblem(reply, 409, 'rule');
    expect(body).toMatchObject({ rule: 'R6', authority: 'decision' });
    const numbers = (body.decisions as readonly { number: string }[]).map((d) => d.number);
    expect(numbers).toEqual(['10', '12', '13']);
  });

  test('What does the area Meierijstad/Bernheze/Boekel pay of the proposal?', async () => {
    for (const [year, amountCents] of [
      [2025, '86500500'],
      [2026, '97464700'],
    ] as const) {
      const { areas } = (await yearOf(proposal(), year)) as unknown as { areas: Fields[] };
      expect(areas.find((area) => area.name === 'Meierijstad/Bernheze/Boekel')).toMatchObject({
        amountCents,
        percentOfShares: '18.8',
      });
    }
  });
});
