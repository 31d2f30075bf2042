import { describe, expect, test } from 'vitest';
import { type Posting, postingsIn } from '../../events/postings.ts';
import {
  correction,
  invoice,
  lastPosted,
  lumpSum,
  on,
  oss,
  payment,
  posted,
  shares,
  today,
} from '../support/money.ts';
import {
  expectAccepted,
  expectRefused,
  id,
  partnership,
  type Scenario,
} from '../support/scenario.ts';

describe('a determination posts what the shares oblige to', () => {
  const determined = () =>
    partnership().registered('determine-lump-sum', lumpSum('1000', '2000'), { on });
  const postings = (scenario: Scenario) =>
    scenario.of('LumpSumDetermined').map((e) => posted(e.data.postings ?? []));

  test('per municipality and year', () => {
    expect(postings(determined())).toEqual([
      [
        'gm0828 2023 lump-sum 1000',
        'gm0828 2023 payable -1000',
        'gm0828 2024 lump-sum 2000',
        'gm0828 2024 payable -2000',
      ],
    ]);
  });

  test('anew, only the difference, upwards and downwards', () => {
    const scenario = determined().registered('determine-lump-sum', lumpSum('900', '2500'), { on });
    expect(postings(scenario)[1]).toEqual([
      'gm0828 2023 payable 100',
      'gm0828 2023 lump-sum -100',
      'gm0828 2024 lump-sum 500',
      'gm0828 2024 payable -500',
    ]);
  });

  test('nothing where shares are not known or nil', () => {
    const years = [
      { year: 2023, totalCents: '5', shares: [] },
      { year: 2024, shares: shares([oss, '0']) },
    ];
    const scenario = partnership();
    scenario.registered('determine-lump-sum', { ...lumpSum(), years }, { on });
    expect(postings(scenario)).toEqual([[]]);
  });

  test('what is determined later is taken back first', () => {
    const scenario = determined().registered('determine-lump-sum', lumpSum('900', '2500'), { on });
    const [first, second] = scenario.of('LumpSumDetermined');
    const back = (event: string) => scenario.try('reverse-fact', { event, reason: 'fout' });
    expectRefused(scenario, () => back(first!.id), 'contradiction');
    expectAccepted(back(second!.id), 'FactReversed', 'CorrectionPosted');
    expectAccepted(back(first!.id), 'FactReversed', 'CorrectionPosted');
    const all = scenario.entries.flatMap((e) => postingsIn(e.data));
    const sum = all.reduce((s, p) => s + (p.account === 'payable' ? signed(p) : 0n), 0n);
    expect(sum).toBe(0n);
  });

  test('a share too large for the books is refused', () => {
    const scenario = partnership();
    const attempt = () =>
      scenario.try('determine-lump-sum', lumpSum('999999999999999'), { mode: 'register', on });
    expectRefused(scenario, attempt, 'contradiction');
  });
});

const signed = (p: Posting): bigint =>
  p.side === 'debit' ? BigInt(p.amountCents) : -BigInt(p.amountCents);

describe('corrections', () => {
  test('post what they say; what they correct must be there', () => {
    const scenario = partnership();
    expectAccepted(scenario.try('post-correction', correction(2023), { on }), 'CorrectionPosted');
    const unknown = {
      ...correction(2023),
      correctionId: id('c2'),
      corrects: '0190a000-0000-7000-8000-00000000ffff',
    };
    const attempt = () => scenario.try('post-correction', unknown, { on });
    expectRefused(scenario, attempt, 'unknown-reference');
  });

  test('of nothing, or for who takes no part, are refused', () => {
    const scenario = partnership();
    const nothing = { ...correction(2023), postings: [] };
    expectRefused(
      scenario,
      () => scenario.try('post-correction', nothing, { on }),
      'nothing-to-do',
    );
    const stranger = () => scenario.try('post-correction', correction(2023), { on: '2016-05-01' });
    expectRefused(scenario, stranger, 'not-a-member');
  });

  test('R9: a lump sum of a year that is past is not adjusted afterwards', () => {
    const scenario = partnership();
    const body = correction(2023, 'lump-sum');
    const attempt = () => scenario.try('post-correction', body, { on, today });
    expectRefused(scenario, attempt, 'rule', { rule: 'R9', authority: 'agreement' });
    scenario.registered('post-correction', body, { on, today });
    expect(scenario.findings()).toEqual(['adjusted-afterwards']);
    expectAccepted(
      scenario.try(
        'post-correction',
        { ...correction(2026, 'lump-sum'), correctionId: id('c2') },
        { on, today },
      ),
      'CorrectionPosted',
    );
  });
});

describe('booking years', () => {
  const open = () =>
    partnership()
      .given('invoice-pluspakket', invoice, { on })
      .given('make-payment', { ...payment, amountCents: '12000' }, { on });
  const close = (scenario: Scenario, year: number, when = '2024-02-01') =>
    scenario.try('close-booking-year', { year }, { on: when, today });

  test('closing passes what is open to the next, balanced in both', () => {
    const scenario = open();
    expectAccepted(close(scenario, 2023), 'BookingYearClosed');
    expect(lastPosted(scenario)).toEqual([
      'gm0828 2023 payable 345',
      'gm0828 2023 carried-forward -345',
      'gm0828 2024 brought-forward 345',
      'gm0828 2024 payable -345',
    ]);
  });

  test('what comes later for a closed year is booked in the first open one, of that date', () => {
    const scenario = open();
    expectAccepted(close(scenario, 2023), 'BookingYearClosed');
    scenario.given('invoice-pluspakket', { ...invoice, invoiceId: id('i2'), number: '2' }, { on });
    expect(scenario.entries.at(-1)?.validFrom.latest).toBe(on);
    expect(lastPosted(scenario)[0]).toBe('gm0828 2024 pluspakket 12345');
    scenario.given('post-correction', correction(2023), { on });
    expect(lastPosted(scenario)[0]).toBe('gm0828 2024 corrections 500');
    scenario.registered('determine-lump-sum', lumpSum('1000', '2000'), { on });
    expect(posted(scenario.of('LumpSumDetermined')[0]!.data.postings!).slice(0, 3)).toEqual([
      'gm0828 2024 lump-sum 1000',
      'gm0828 2024 payable -1000',
      'gm0828 2024 lump-sum 2000',
    ]);
  });

  test.each([
    ['a second time', 2023, '2024-02-01', 'nothing-to-do'],
    ['one that is not over', 2026, '2026-02-01', 'contradiction'],
    ['out of order', 2025, '2026-02-01', 'contradiction'],
    ['on a day within it', 2024, '2024-12-31', 'contradiction'],
  ])('%s is refused', (_name, year, when, code) => {
    const scenario = open();
    expectAccepted(close(scenario, 2023), 'BookingYearClosed');
    expectRefused(scenario, () => close(scenario, year, when), code);
  });

  test('the first begins with the first that was posted to', () => {
    const scenario = open();
    expectRefused(scenario, () => close(scenario, 2024, '2025-02-01'), 'contradiction');
    expectRefused(scenario, () => close(scenario, 2022), 'nothing-to-do');
    const empty = partnership();
    expectRefused(empty, () => close(empty, 2023), 'nothing-to-do');
  });

  test('not while a posting in it is of a later date', () => {
    const scenario = partnership().registered('determine-lump-sum', lumpSum('1000'), {
      on: '2024-03-01',
    });
    expectRefused(scenario, () => close(scenario, 2023), 'contradiction');
    expectAccepted(close(scenario, 2023, '2024-03-01'), 'BookingYearClosed');
  });

  test('a year without postings closes in its turn; what was closed stays so', () => {
    const scenario = open();
    expectAccepted(close(scenario, 2023), 'BookingYearClosed');
    expectAccepted(close(scenario, 2024, '2025-02-01'), 'BookingYearClosed');
    const event = scenario.of('BookingYearClosed')[0]!.id;
    const attempt = () => scenario.try('reverse-fact', { event, reason: 'fout' });
    expectRefused(scenario, attempt, 'contradiction');
  });
});

describe('taking back', () => {
  test('posts the opposites, of the same date, and leaves the postings', () => {
    const scenario = partnership().given('invoice-pluspakket', invoice, { on });
    const event = scenario.entries.at(-1)!.id;
    scenario.given('reverse-fact', { event, reason: 'dubbel' }, { on: '2023-09-01' });
    expect(scenario.of('CorrectionPosted')[0]).toMatchObject({
      validFrom: { latest: on },
      data: { corrects: event, ofReversal: true, reason: 'dubbel' },
    });
    expect(lastPosted(scenario)).toEqual([
      'gm0828 2023 pluspakket -12345',
      'gm0828 2023 payable 12345',
    ]);
  });

  test('after its year was closed, in the first open year', () => {
    const scenario = partnership().given('invoice-pluspakket', invoice, { on });
    const event = scenario.entries.at(-1)!.id;
    scenario.given('close-booking-year', { year: 2023 }, { on: '2024-02-01', today });
    scenario.given('reverse-fact', { event, reason: 'dubbel' });
    expect(lastPosted(scenario)).toEqual([
      'gm0828 2024 pluspakket -12345',
      'gm0828 2024 payable 12345',
    ]);
    expect(scenario.of('CorrectionPosted')[0]?.validFrom.latest).toBe(on);
  });

  test('an opposite is not taken back; a correction by hand is', () => {
    const scenario = partnership()
      .given('invoice-pluspakket', invoice, { on })
      .given('post-correction', correction(2023), { on });
    const back = (event: string) => scenario.try('reverse-fact', { event, reason: 'fout' });
    const byHand = scenario.of('CorrectionPosted')[0]!.id;
    expectAccepted(back(byHand), 'FactReversed', 'CorrectionPosted');
    const opposite = scenario.of('CorrectionPosted')[1]!.id;
    expectRefused(scenario, () => back(opposite), 'contradiction');
  });

  test('what posted nothing is taken back as before', () => {
    const scenario = partnership();
    const event = scenario.of('RuleSet').at(-1)!.id;
    const outcome = scenario.try('reverse-fact', { event, reason: 'fout' });
    expectAccepted(outcome, 'FactReversed');
  });
});
