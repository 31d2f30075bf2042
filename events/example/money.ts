/** What members pay: the lump sum per quarter, wage-cost subsidies, a year closed, mistakes. */
import { randomFrom } from './random.ts';
import { shareOf } from './decision.ts';
import { codes, daysLater, euros, members, monthsOf, type Step, take } from './step.ts';

const quarters = [
  [2025, '2025-02-14'],
  [2025, '2025-05-14'],
  [2025, '2025-08-14'],
  [2025, '2025-11-14'],
  [2026, '2026-02-13'],
  [2026, '2026-05-13'],
] as const;

/** A quarter of the share; the last quarter of a year makes up what was cut off. */
const quarterCents = (year: 2025 | 2026, member: number, index: number): number => {
  const share = shareOf(year, member);
  const quarter = Math.floor(share / 4);
  return index === 3 ? share - 3 * quarter : quarter;
};

const lumpSumPayments = (): readonly Step[] =>
  quarters.flatMap(([year, date], index) =>
    members.map(({ code, label }, member) =>
      take('make-payment', date, {
        paymentId: `@example-payment-lump-sum-${label}-${index}`,
        municipality: code,
        amountCents: String(quarterCents(year, member, index)),
        settles: { lumpSumId: '@lump-sum-2025-2026' },
      }),
    ),
  );

/** One total a month and municipality; paid a month later in the first half of 2025. */
const subsidies = (seed: string): readonly Step[] => {
  const random = randomFrom(`${seed}/subsidies`);
  return [...monthsOf(2025), ...monthsOf(2026, 5)].flatMap((month, index) =>
    members.flatMap(({ code, label, weight }) => {
      const totalCents = euros(Math.round(Number(weight) * 10) * random.between(480, 560));
      const reportId = `@example-subsidy-${label}-${month}`;
      const reported = daysLater(`${month}-01`, 38);
      return [
        take('report-wage-cost-subsidy', reported, {
          reportId,
          municipality: code,
          month,
          totalCents,
          grantedCents: totalCents,
        }),
        ...(index >= 4
          ? []
          : [
              take('make-payment', daysLater(reported, 21), {
                paymentId: `@example-payment-subsidy-${label}-${month}`,
                municipality: code,
                amountCents: totalCents,
                settles: { reportId },
              }),
            ]),
      ];
    }),
  );
};

const double = (paymentId: string, more: Pick<Step, 'name'> = {}): Step =>
  take(
    'make-payment',
    '2026-04-02',
    { paymentId, municipality: 'gm1991', amountCents: '1250000', note: 'Voorschot.' },
    more,
  );

export const moneySteps = (seed: string): readonly Step[] => [
  ...lumpSumPayments(),
  ...subsidies(seed),
  take('close-booking-year', '2026-03-31', { year: 2025, note: 'Na de jaarrekening.' }),
  double('@example-payment-advance'),
  double('@example-payment-double', { name: 'double-payment' }),
];

/** Recorded last: mistakes put right, and what came in late. */
export const lateMoneySteps = (): readonly Step[] => [
  take('reverse-fact', '2026-04-02', { event: '#double-payment', reason: 'Dubbel vastgelegd.' }),
  take('reverse-fact', '2025-09-30', {
    event: '#wrong-invoice',
    reason: 'Deze factuur was voor een andere gemeente.',
  }),
  take('post-correction', '2025-11-15', {
    correctionId: '@example-correction-2025',
    corrects: '#corrected-invoice',
    reason: 'Vijf dagen te veel berekend; gevonden nadat 2025 was gesloten.',
    postings: [posting('pluspakket', 'credit', '412000'), posting('payable', 'debit', '412000')],
  }),
  take('invoice-pluspakket', '2023-10-04', {
    invoiceId: '@example-invoice-late',
    number: '2023-0417',
    municipality: codes[0],
    amountCents: '386250',
    note: 'Pas in 2026 ontvangen.',
  }),
];

const posting = (account: string, side: 'debit' | 'credit', amountCents: string) => ({
  municipality: 'gm0828',
  year: 2025,
  account,
  side,
  amountCents,
});
