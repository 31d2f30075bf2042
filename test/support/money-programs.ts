/** Commands about money, for random programs. */
import fc from 'fast-check';
import { ruleOf } from './program-package.ts';
import { id } from './scenario.ts';

type Bodies = Record<string, fc.Arbitrary<Record<string, unknown>>>;

const amountCents = fc.integer({ min: 1, max: 10_000 }).map(String);
const invoiceId = fc.constantFrom('i1', 'i2', 'i3').map(id);
const reportId = fc.constantFrom('r1', 'r2').map(id);
const year = fc.integer({ min: 2020, max: 2025 });

export const moneyBodies = (
  municipality: fc.Arbitrary<string>,
  lumpSumId: fc.Arbitrary<string>,
): Bodies => ({
  'invoice-pluspakket': fc.record({
    invoiceId,
    number: fc.nat(5).map(String),
    municipality,
    amountCents,
  }),
  'set-rule': ruleOf({ R15: [] }),
  'report-wage-cost-subsidy': fc
    .tuple(reportId, municipality, amountCents, fc.constantFrom('absent', 'equal', 'other'))
    .map(([reported, code, totalCents, granted]) => ({
      reportId: reported,
      municipality: code,
      month: '2021-06',
      totalCents,
      ...(granted === 'absent' ? {} : { grantedCents: granted === 'equal' ? totalCents : '99999' }),
    })),
  'make-payment': fc.record(
    {
      paymentId: fc.constantFrom('p1', 'p2', 'p3', 'p4', 'p5').map(id),
      municipality,
      amountCents,
      settles: fc.oneof(
        lumpSumId.map((settled) => ({ lumpSumId: settled })),
        invoiceId.map((settled) => ({ invoiceId: settled })),
        reportId.map((settled) => ({ reportId: settled })),
      ),
    },
    { requiredKeys: ['paymentId', 'municipality', 'amountCents'] },
  ),
  'post-correction': fc
    .tuple(fc.constantFrom('c1', 'c2').map(id), municipality, year, amountCents)
    .map(([correctionId, code, booked, cents]) => ({
      correctionId,
      reason: 'x',
      postings: [
        line(code, booked, 'corrections', 'debit', cents),
        line(code, booked, 'payable', 'credit', cents),
      ],
    })),
  'close-booking-year': fc.record({ year }),
  'report-turnover': fc.record({
    turnoverId: fc.constantFrom('t1', 't2').map(id),
    year,
    means: fc.constantFrom('lump-sum', 'other-clients'),
    title: fc.constant('x'),
    amountCents,
    projection: fc.boolean(),
  }),
  'classify-turnover': fc.record({
    turnoverId: fc.constantFrom('t1', 't2').map(id),
    class: fc.constantFrom('entrusted', 'market'),
    reasoning: fc.constantFrom('a', 'b'),
  }),
});

export const line = (
  municipality: string,
  year: number,
  account: string,
  side: 'debit' | 'credit',
  amountCents: string,
) => ({ municipality, year, account, side, amountCents });
