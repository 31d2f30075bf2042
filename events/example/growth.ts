/**
 * What a larger example has more of, as life would: persons, invoices and what is paid of them,
 * now and then a contract and a report of totals. It goes on for ever; whoever asks stops.
 */
import { personSteps } from './people.ts';
import { grownContract } from './pluspakket.ts';
import { randomFrom } from './random.ts';
import { daysLater, members, type Step, take } from './step.ts';

/** Once in so many persons. A writer of an invoice, a contract or totals looks at all earlier ones. */
const every = { invoice: 12, totals: 900, contract: 2_500 } as const;

const payments = 6;

/** An invoice that is paid month by month. */
const invoiced = (seed: string, unit: number): readonly Step[] => {
  const random = randomFrom(`${seed}/invoice/${unit}`);
  const { code } = random.pick(members);
  const date = daysLater('2025-02-03', random.between(0, 300));
  const invoiceId = `@example-invoice-grown-${unit}`;
  const part = random.between(200, 3_000) * 100;
  return [
    take('invoice-pluspakket', date, {
      invoiceId,
      number: `${date.slice(0, 4)}-M${unit}`,
      municipality: code,
      amountCents: String(part * payments),
    }),
    ...Array.from({ length: payments }, (_, month) =>
      take('make-payment', daysLater(date, 30 * (month + 1)), {
        paymentId: `@example-payment-grown-${unit}-${month}`,
        municipality: code,
        amountCents: String(part),
        settles: { invoiceId },
      }),
    ),
  ];
};

/** Of one neighbourhood; each is counted once, so that no two reports overlap. */
const neighbourhood = (seed: string, unit: number): Step => {
  const random = randomFrom(`${seed}/neighbourhood/${unit}`);
  const { code } = random.pick(members);
  return take('report-period-totals', '2026-01-20', {
    reportId: `@example-totals-grown-${unit}`,
    municipality: code,
    from: '2025-01-01',
    until: '2026-01-01',
    counts: [{ measure: `referrals-neighbourhood-${unit}`, count: random.between(0, 40) }],
  });
};

/** @param first number of the first person that is not there yet */
export function* growingSteps(seed: string, first: number): Generator<Step, never> {
  for (let unit = first; ; unit += 1) {
    yield* personSteps(seed, unit);
    if (unit % every.invoice === 0) yield* invoiced(seed, unit);
    if (unit % every.totals === 0) yield neighbourhood(seed, unit);
    if (unit % every.contract === 0) yield* grownContract(seed, unit);
  }
}
