import { describe, expect, test } from 'vitest';
import { commands } from '../../src/domain/index.ts';
import {
  correction,
  invoice,
  lastPosted,
  lumpSum,
  lumpSumId,
  on,
  oss,
  payment,
} from '../support/money.ts';
import {
  expectAccepted,
  expectRefused,
  id,
  partnership,
  type Scenario,
} from '../support/scenario.ts';

/** Rules of this noun, by the decision that is in force. */
const ruled = (rule: string, authority: string, scenario = partnership()): Scenario =>
  scenario.registered('set-rule', {
    rule,
    title: rule,
    summary: rule,
    authority,
    decisionIds: authority === 'decision' ? [id('ground')] : [],
    figures: [],
  });

const report = { reportId: id('r1'), municipality: oss, month: '2023-04', totalCents: '70000' };

describe('pluspakket invoices', () => {
  test('make the municipality owe their amount', () => {
    const scenario = partnership();
    expectAccepted(scenario.try('invoice-pluspakket', invoice, { on }), 'PluspakketInvoiced');
    expect(lastPosted(scenario)).toEqual([
      'gm0828 2023 pluspakket 12345',
      'gm0828 2023 payable -12345',
    ]);
  });

  test('a number comes once per municipality', () => {
    const scenario = partnership().given('invoice-pluspakket', invoice, { on });
    const again = { ...invoice, invoiceId: id('i2') };
    expectRefused(
      scenario,
      () => scenario.try('invoice-pluspakket', again, { on }),
      'already-exists',
    );
  });

  test('only for who takes part on that date', () => {
    const scenario = partnership();
    const stranger = { ...invoice, municipality: 'gm9999' };
    const attempt = () => scenario.try('invoice-pluspakket', stranger, { on });
    expectRefused(scenario, attempt, 'not-a-member');
  });
});

describe('R15: wage-cost subsidy is reimbursed as it was granted', () => {
  test('one total per municipality and month', () => {
    const scenario = partnership().given('report-wage-cost-subsidy', report, { on });
    expect(lastPosted(scenario)).toEqual([
      'gm0828 2023 wage-cost-subsidy 70000',
      'gm0828 2023 payable -70000',
    ]);
    const again = { ...report, reportId: id('r2'), totalCents: '1' };
    const attempt = () => scenario.try('report-wage-cost-subsidy', again, { on });
    expectRefused(scenario, attempt, 'already-exists');
  });

  test('taken, less than was granted is refused, naming rule, authority and decision', () => {
    const scenario = ruled('R15', 'decision');
    const attempt = () =>
      scenario.try('report-wage-cost-subsidy', { ...report, grantedCents: '70001' }, { on });
    expectRefused(scenario, attempt, 'rule', {
      rule: 'R15',
      authority: 'decision',
      decisionIds: [id('ground')],
    });
  });

  test.each([
    ['registered', 'decision', 'register'],
    ['on explanation only', 'explanation', 'take'],
  ] as const)('%s, it is a finding', (_name, authority, mode) => {
    const scenario = ruled('R15', authority);
    scenario.given('report-wage-cost-subsidy', { ...report, grantedCents: '70001' }, { on, mode });
    expect(scenario.of('FindingRecorded').at(-1)?.data).toMatchObject({
      kind: 'subsidy-not-reimbursed-in-full',
      rule: 'R15',
      figures: [
        { name: 'granted-cents', value: '70001' },
        { name: 'reimbursed-cents', value: '70000' },
      ],
    });
  });

  test('as granted, nothing is wrong', () => {
    const scenario = ruled('R15', 'decision');
    const asGranted = { ...report, grantedCents: '70000' };
    expectAccepted(
      scenario.try('report-wage-cost-subsidy', asGranted, { on }),
      'WageCostSubsidyReported',
    );
  });

  test('not before the month began, nor by who took no part in it', () => {
    const scenario = partnership();
    const early = () => scenario.try('report-wage-cost-subsidy', report, { on: '2023-03-31' });
    expectRefused(scenario, early, 'contradiction');
    const before = { ...report, month: '2016-12' };
    const stranger = () => scenario.try('report-wage-cost-subsidy', before, { on });
    expectRefused(scenario, stranger, 'not-a-member');
  });

  test('of a month before a merger, also when it is told after', () => {
    const scenario = partnership()
      .registered(
        'merge-municipalities',
        { successor: 'gm1991', name: 'Maashorst', predecessors: ['gm1685', 'gm0856'] },
        { on: '2022-01-01' },
      )
      .given(
        'report-wage-cost-subsidy',
        { ...report, municipality: 'gm0856', month: '2021-12' },
        { on: '2022-02-01' },
      );
    expect(lastPosted(scenario)[0]).toBe('gm0856 2021 wage-cost-subsidy 70000');
  });
});

describe('payments', () => {
  const invoiced = () => partnership().given('invoice-pluspakket', invoice, { on });
  const settling = { ...payment, settles: { invoiceId: id('i1') } };

  test('bring down what is owed, and rest on what they settle', () => {
    const scenario = invoiced().given('make-payment', settling, { on });
    expect(lastPosted(scenario)).toEqual(['gm0828 2023 payable 12345', 'gm0828 2023 bank -12345']);
    expect(scenario.entries.at(-1)?.restsOn).toEqual([scenario.of('PluspakketInvoiced')[0]!.id]);
  });

  test.each([
    ['by nobody that takes part', { municipality: 'gm9999' }, 'not-a-member'],
    ['of an invoice that is not there', { settles: { invoiceId: id('i9') } }, 'unknown-reference'],
    ['of the invoice of another', { municipality: 'gm1721' }, 'unknown-reference'],
    ['of a lump sum that is not there', { settles: { lumpSumId } }, 'unknown-reference'],
    ['of a report that is not there', { settles: { reportId: id('r9') } }, 'unknown-reference'],
  ])('%s are refused', (_name, change, code) => {
    const scenario = invoiced();
    const attempt = () => scenario.try('make-payment', { ...settling, ...change }, { on });
    expectRefused(scenario, attempt, code);
  });

  test('more than is owed, in one or in parts, is a finding and not refused', () => {
    const scenario = invoiced().given('make-payment', settling, { on });
    expect(scenario.findings()).toEqual([]);
    const more = { ...settling, paymentId: id('p2'), amountCents: '1' };
    expectAccepted(scenario.try('make-payment', more, { on }), 'PaymentMade', 'FindingRecorded');
    expect(scenario.of('FindingRecorded')[0]?.data).toMatchObject({
      kind: 'paid-more-than-owed',
      figures: [
        { name: 'owed-cents', value: '12345' },
        { name: 'paid-cents', value: '12346' },
      ],
    });
  });

  test('of a lump sum, against the shares of all years; unknown shares say nothing', () => {
    const pay = { ...payment, amountCents: '3001', settles: { lumpSumId } };
    const known = partnership().registered('determine-lump-sum', lumpSum('1000', '2000'), { on });
    known.given('make-payment', pay, { on });
    expect(known.findings()).toContain('paid-more-than-owed');
    const years = [{ year: 2023, totalCents: '5', shares: [] }];
    const unknown = partnership();
    unknown.registered('determine-lump-sum', { ...lumpSum(), years }, { on });
    unknown.given('make-payment', pay, { on });
    expect(unknown.findings()).not.toContain('paid-more-than-owed');
  });

  test('a successor pays what its predecessor owed', () => {
    const scenario = partnership().given(
      'invoice-pluspakket',
      { ...invoice, municipality: 'gm0856' },
      { on: '2021-12-01' },
    );
    const merger = { successor: 'gm1991', name: 'x', predecessors: ['gm1685', 'gm0856'] };
    scenario.registered('merge-municipalities', merger, { on: '2022-01-01' });
    const pay = { ...settling, municipality: 'gm1991' };
    expectAccepted(scenario.try('make-payment', pay, { on: '2022-02-01' }), 'PaymentMade');
  });
});

describe('what is sent wrong', () => {
  const bodies: Readonly<Record<string, Record<string, unknown>>> = {
    'invoice-pluspakket': invoice,
    'make-payment': payment,
  };
  const parses = (name: string, change: Record<string, unknown>) =>
    commands.find((c) => c.name === name)!.body.safeParse({ ...bodies[name], ...change }).success;

  test.each(['-1', '0', '1.5', '01', '', '10000000000000', 5])('an amount of %j', (amountCents) => {
    for (const name of Object.keys(bodies)) expect(parses(name, { amountCents })).toBe(false);
  });

  test('two things settled at once, or none; a payment to nobody', () => {
    expect(parses('make-payment', { settles: {} })).toBe(false);
    const both = { invoiceId: id('i1'), lumpSumId };
    expect(parses('make-payment', { settles: both })).toBe(false);
    expect(parses('make-payment', { municipality: undefined })).toBe(false);
    expect(parses('make-payment', {})).toBe(true);
  });

  test('postings that do not balance, per municipality and per year', () => {
    const body = commands.find((c) => c.name === 'post-correction')!.body;
    const balanced = correction(2023);
    expect(body.safeParse(balanced).success).toBe(true);
    const off = (change: object) =>
      body.safeParse({
        ...balanced,
        postings: [balanced.postings[0], { ...balanced.postings[1], ...change }],
      }).success;
    for (const change of [
      { amountCents: '499' },
      { year: 2024 },
      { municipality: 'gm1721' },
      { side: 'debit' },
      { account: 'cash' },
    ])
      expect(off(change)).toBe(false);
  });

  test('a month that there is not', () => {
    const body = commands.find((c) => c.name === 'report-wage-cost-subsidy')!.body;
    for (const month of ['2023-13', '2023-00', '2023-1', '2023'])
      expect(body.safeParse({ ...report, month }).success).toBe(false);
  });
});
