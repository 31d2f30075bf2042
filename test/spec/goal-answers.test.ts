/** Whether goals were reached, and what R17 and R18 find with time. */
import { beforeEach, describe, expect, test } from 'vitest';
import type { Item } from '../../projections/index.ts';
import { id } from '../support/scenario.ts';
import { type TestLedger, testLedger } from '../support/ledger.ts';

let made: TestLedger;
beforeEach(async () => {
  made = await testLedger();
});

const on = (date: string) => ({ validFrom: { earliest: date, latest: date } });
const within = (earliest: string, latest: string) => ({ validFrom: { earliest, latest } });
const ask = async (question: string, validAt: string, where = {}): Promise<readonly Item[]> =>
  (await made.ledger.ask({ question, validAt, where })).items;
const found = (kind: string, validAt: string) => ask('findings', validAt, { kind });
const setRule = (rule: string, date: string, ...figures: [name: string, value: string][]) =>
  made.take(
    'set-rule',
    {
      rule,
      title: rule,
      summary: rule,
      authority: 'agreement',
      decisionIds: [],
      figures: figures.map(([name, value]) => ({ name, value, unit: 'years' })),
    },
    on(date),
  );

describe('whether a goal was reached', () => {
  const indicatorId = id('goal');
  const goal = {
    indicatorId,
    title: 'Plaatsingen',
    kind: 'goal',
    measure: 'aantal',
    unit: 'count',
    direction: 'at-least',
    targetValue: '20',
    from: '2023-01-01',
    until: '2025-01-01',
  };
  const agree = (more = {}) => made.take('agree-indicator', { ...goal, ...more }, on('2022-06-01'));
  const report = (value: string | undefined, from: string, until: string, more = {}) =>
    made.take(
      'report-result',
      {
        indicatorId,
        ...(value === undefined ? {} : { value }),
        approximate: false,
        final: true,
        from,
        until,
        ...more,
      },
      on(until),
    );
  const reached = async (validAt: string) => (await ask('indicators', validAt))[0]!.reached;

  test('without results: in progress within its period, unknown outside it', async () => {
    await agree();
    expect(await reached('2022-12-31')).toBe('unknown');
    expect(await reached('2023-01-01')).toBe('in-progress');
    expect(await reached('2024-12-31')).toBe('in-progress');
    expect(await reached('2025-01-01')).toBe('unknown');
  });

  test.each([
    ['at-least', '19', false],
    ['at-least', '20', true],
    ['at-most', '20', true],
    ['at-most', '21', false],
  ])('%s 20, and %s of the whole period: %s', async (direction, value, expected) => {
    await agree({ direction });
    await report(value, '2023-01-01', '2025-01-01');
    expect(await reached('2025-06-01')).toBe(expected);
    expect(await found('target-missed', '2025-06-01')).toHaveLength(expected ? 0 : 1);
  });

  test('a result that is not final decides nothing', async () => {
    await agree();
    await report('3', '2023-01-01', '2025-01-01', { final: false });
    expect(await reached('2025-06-01')).toBe('unknown');
    expect(await found('target-missed', '2025-06-01')).toEqual([]);
  });

  test('nor does one year, when the target is of the period or that is not said', async () => {
    await agree();
    await report('3', '2023-01-01', '2024-01-01');
    expect(await reached('2024-06-01')).toBe('in-progress');
  });

  test('each year: one year missed is enough, all years reached are needed', async () => {
    await agree({ per: 'year' });
    await report('20', '2023-01-01', '2024-01-01');
    expect(await reached('2024-06-01')).toBe('in-progress');
    await report('25', '2024-01-01', '2025-01-01');
    expect(await reached('2025-06-01')).toBe(true);
    await made.take(
      'agree-indicator',
      { ...goal, indicatorId: id('next'), per: 'year' },
      on('2022-06-01'),
    );
    await report('19', '2023-01-01', '2024-01-01', { indicatorId: id('next') });
    expect((await ask('indicators', '2024-06-01', { reached: 'false' })).length).toBe(1);
  });

  test('as the source says, where it gives no value', async () => {
    await agree({ until: undefined, per: 'year' });
    await report(undefined, '2023-01-01', '2024-01-01', { reached: false });
    expect(await reached('2024-06-01')).toBe(false);
    expect(await found('target-missed', '2024-06-01')).toMatchObject([
      {
        description: 'Niet gehaald over 2023-01-01 – 2024-01-01: Plaatsingen (ten minste 20).',
        since: { latest: '2024-01-01' },
        derived: true,
      },
    ]);
  });

  test('what is no goal is neither reached nor missed', async () => {
    await agree({ kind: 'planning-assumption' });
    await report('3', '2023-01-01', '2025-01-01');
    expect(await reached('2025-06-01')).toBeUndefined();
    expect(await found('target-missed', '2025-06-01')).toEqual([]);
  });

  test('a finding says when the result is approximate', async () => {
    await agree({ unit: 'percent', targetValue: '75' });
    await report('65.5', '2023-01-01', '2025-01-01', { approximate: true });
    const [finding] = await found('target-missed', '2025-06-01');
    expect(finding!.description).toMatch(/\(ten minste 75 %\): ongeveer 65,5 %\.$/);
    const explained = await made.ledger.explain({
      question: 'findings',
      where: { kind: 'target-missed' },
      validAt: '2025-06-01',
    });
    expect(explained.foldedAgain.same).toBe(true);
    expect(explained.events.map((e) => e.type)).toEqual(['IndicatorAgreed', 'ResultReported']);
  });
});

describe('R17: an evaluation every so many years', () => {
  const hold = (name: string, validFrom: object) =>
    made.take(
      'hold-evaluation',
      { evaluationId: id(name), title: name, from: '2021-07-01' },
      { ...validFrom, mode: 'register', evidence: [{ source: 'S1', basis: 'stated' }] },
    );
  const overdue = async (validAt: string) =>
    (await found('evaluation-overdue', validAt)).map((f) => f.since);

  test('the first is due in the year the rule names, the next so many years after', async () => {
    await setRule(
      'R17',
      '2021-07-01',
      ['evaluation-interval-years', '2'],
      ['first-evaluation-year', '2022'],
    );
    expect(await overdue('2022-12-31')).toEqual([]);
    expect(await overdue('2023-01-01')).toEqual([{ earliest: '2023-01-01', latest: '2023-01-01' }]);
    await hold('een', within('2022-03-01', '2022-11-30'));
    expect(await overdue('2024-12-31')).toEqual([]);
    expect(await overdue('2025-01-01')).toMatchObject([{ latest: '2025-01-01' }]);
    const [finding] = await found('evaluation-overdue', '2025-01-01');
    expect(finding).toMatchObject({ rule: 'R17', figures: [{ name: 'due-year', value: '2024' }] });
  });

  test('goes by the figure in force on the day that is asked about', async () => {
    await setRule('R17', '2021-07-01', ['evaluation-interval-years', '2']);
    await hold('een', on('2023-05-01'));
    expect(await overdue('2026-01-01')).toHaveLength(1);
    await setRule('R17', '2025-06-01', ['evaluation-interval-years', '4']);
    expect(await overdue('2026-01-01')).toEqual([]);
    expect(await overdue('2028-01-01')).toHaveLength(1);
    await made.take('end-rule', { rule: 'R17', reason: 'anders geregeld' }, on('2027-01-01'));
    expect(await overdue('2028-01-01')).toEqual([]);
  });

  test('what was evaluated under earlier agreements does not count; a figure that is no count asks nothing', async () => {
    await hold('eerder', on('2019-10-01'));
    await setRule('R17', '2021-07-01', ['evaluation-interval-years', '2']);
    expect(await overdue('2023-12-31')).toEqual([]);
    expect(await overdue('2024-01-01')).toHaveLength(1);
    await setRule('R17', '2021-07-01', ['evaluation-interval-years', '1.5']);
    expect(await overdue('2024-01-01')).toEqual([]);
  });
});

describe('R18: the ratio is reported each year', () => {
  const report = (year: number, date: string) =>
    made.take('report-staff-ratio', { year, targetPerRegular: '4' }, on(date));
  const missing = async (validAt: string) =>
    (await found('ratio-not-reported', validAt)).map((f) => f.description);

  test('a year that ends without a report is a finding, which a report ends', async () => {
    await setRule('R18', '2021-07-01', ['report-interval-years', '1']);
    expect(await missing('2021-12-31')).toEqual([]);
    expect(await missing('2023-06-01')).toEqual([expect.stringMatching(/over: 2021, 2022\.$/)]);
    await report(2021, '2022-02-01');
    expect(await missing('2023-06-01')).toEqual([expect.stringMatching(/over: 2022\.$/)]);
    expect(await missing('2022-01-15')).toEqual([expect.stringMatching(/over: 2021\.$/)]);
  });

  test('what was told before the rule held is no yearly report', async () => {
    await setRule('R18', '2021-07-01', ['report-interval-years', '1']);
    await report(2021, '2021-01-27');
    expect(await missing('2022-06-01')).toHaveLength(1);
  });

  test('a year in which the rule did not hold, or asked for less, is not missed', async () => {
    await setRule('R18', '2021-07-01', ['report-interval-years', '1']);
    await setRule('R18', '2022-03-01', ['report-interval-years', '2']);
    await made.take('end-rule', { rule: 'R18', reason: 'vervallen' }, on('2024-01-01'));
    await report(2021, '2022-02-01');
    expect(await missing('2023-06-01')).toEqual([]);
    expect(await missing('2026-06-01')).toEqual([expect.stringMatching(/over: 2023\.$/)]);
  });
});

test('what was stored is known again, whatever the order of its fields', async () => {
  await setRule('R18', '2021-07-01', ['report-interval-years', '1']);
  await expect(setRule('R18', '2021-07-01', ['report-interval-years', '1'])).rejects.toMatchObject({
    problem: { refusal: { code: 'nothing-to-do' } },
  });
});
