/** Payments of municipalities to IBN, and what they settle. */
import type { Entry, EntryFor } from '../../events/index.ts';
import { tag } from '../../events/index.ts';
import { PaymentMade } from '../../events/money.ts';
import { booked, inOpenYears, seeingClosings } from './bookkeeping.ts';
import type { Books } from './books.ts';
import { yearOf } from '../../events/calendar.ts';
import { command, propose, refuse, same, seeing, type Sight } from './core.ts';
import { lineOf, seeingMembers } from './members.ts';
import { strangerRefusal } from './money.ts';
import { type Breach, judge } from './rules.ts';

// --- checks against the ledger itself

interface Debt {
  /** What it rests on. */
  readonly event: Entry;
  /** Undefined: not known how much. */
  readonly owed?: bigint;
  readonly paidBefore: bigint;
}
type Payment = Omit<EntryFor<'PaymentMade'>['data'], 'postings'>;

/** What a payment settles: undefined when the ledger does not have it. */
const debtOf = (body: Payment, books: Books): Debt | undefined => {
  const { lumpSumId, invoiceId, reportId } = body.settles ?? {};
  const line = new Set(lineOf(books.members, body.municipality));
  const paidBefore = [...books.money.payments.values()]
    .filter((p) => line.has(p.data.municipality))
    .filter((p) => same(p.data.settles, body.settles))
    .reduce((sum, p) => sum + BigInt(p.data.amountCents), 0n);
  if (lumpSumId !== undefined) {
    const event = books.lumpSums.byId.get(lumpSumId)?.determined;
    const shares = (event?.data.years ?? []).flatMap((year) => year.shares);
    const own = shares.filter((share) => line.has(share.municipality));
    const owed = own.reduce((sum, share) => sum + BigInt(share.amountCents), 0n);
    return event && { event, paidBefore, ...(shares.length === 0 ? {} : { owed }) };
  }
  const event =
    invoiceId === undefined
      ? books.money.reports.get(reportId ?? '')
      : books.money.invoices.get(invoiceId);
  if (event === undefined || !line.has(event.data.municipality)) return undefined;
  const { data } = event;
  const owed = BigInt('totalCents' in data ? data.totalCents : data.amountCents);
  return { event, owed, paidBefore };
};

/** More than is owed is recorded as it is, and noted. */
const overpaid = (body: Payment, { owed, paidBefore }: Debt): Breach[] => {
  const paid = paidBefore + BigInt(body.amountCents);
  if (owed === undefined || paid <= owed) return [];
  return [
    {
      kind: 'paid-more-than-owed',
      detail: `${body.municipality} heeft hierop nu ${paid - owed} cent te veel betaald.`,
      onlyFinding: true,
      figures: [
        { name: 'owed-cents', value: owed.toString() },
        { name: 'paid-cents', value: paid.toString() },
      ],
    },
  ];
};

// --- commands

const seeingDebt = ({ lumpSumId, invoiceId, reportId }: NonNullable<Payment['settles']>): Sight =>
  lumpSumId !== undefined
    ? seeing(['LumpSumDetermined', 'PaymentMade'], tag('lump-sum', lumpSumId))
    : invoiceId !== undefined
      ? seeing(['PluspakketInvoiced', 'PaymentMade'], tag('invoice', invoiceId))
      : seeing(['WageCostSubsidyReported', 'PaymentMade'], tag('subsidy-report', reportId ?? ''));

const makePayment = command({
  name: 'make-payment',
  path: 'payments',
  summary: 'Legt een betaling van een gemeente aan IBN vast',
  body: PaymentMade.schema.omit({ postings: true }),
  creates: 'paymentId',
  sees: (body) => [
    { tags: [tag('payment', body.paymentId)] },
    ...seeingMembers,
    ...seeingClosings,
    ...(body.settles === undefined ? [] : [seeingDebt(body.settles)]),
  ],
  decide: (body, books, context) => {
    const { municipality } = body;
    const at = context.validFrom.latest;
    if (books.money.payments.has(body.paymentId))
      return refuse('already-exists', `Betaling ${body.paymentId} bestaat al.`);
    const refusal = strangerRefusal(books, municipality, at);
    if (refusal) return { ok: false, refusal };
    const debt = body.settles && debtOf(body, books);
    if (body.settles && debt === undefined)
      return refuse('unknown-reference', `Van ${municipality} is niet vastgelegd wat dit betaalt.`);
    const postings = booked(
      { municipality, year: yearOf(at) },
      'payable',
      'bank',
      BigInt(body.amountCents),
    );
    const data = { ...body, postings: inOpenYears(books, postings) };
    const event = propose(context, 'PaymentMade', data, { restsOn: debt ? [debt.event.id] : [] });
    const breaches = debt ? overpaid(body, debt) : [];
    return judge(books, context, breaches, [event], [tag('payment', body.paymentId)]);
  },
});

export const paymentCommands = [makePayment];
