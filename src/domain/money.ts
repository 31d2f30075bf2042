/** What members owe IBN and pay: invoices, wage-cost subsidies, payments, corrections, closing. */
import { lastDayOf } from '../../events/calendar.ts';
import type { Entry, EntryFor } from '../../events/index.ts';
import { tag } from '../../events/index.ts';
import {
  CorrectionPosted,
  PluspakketInvoiced,
  WageCostSubsidyReported,
} from '../../events/money.ts';
import { booked, inOpenYears, seeingClosings } from './bookkeeping.ts';
import type { Books } from './books.ts';
import { afterwardsBreaches, r9 } from './by-rule/r9.ts';
import { r15, reportBreaches } from './by-rule/r15.ts';
import { yearOf } from '../../events/calendar.ts';
import { accept, command, propose, refuse, type Refusal, seeing } from './core.ts';
import { isMember, seeingMembers } from './members.ts';
import { judge } from './rules.ts';

// --- state

export interface Money {
  readonly invoices: ReadonlyMap<string, EntryFor<'PluspakketInvoiced'>>;
  readonly reports: ReadonlyMap<string, EntryFor<'WageCostSubsidyReported'>>;
  readonly payments: ReadonlyMap<string, EntryFor<'PaymentMade'>>;
  readonly corrections: ReadonlyMap<string, EntryFor<'CorrectionPosted'>>;
}

export const moneyOf = (events: readonly Entry[]): Money => {
  const invoices = new Map<string, EntryFor<'PluspakketInvoiced'>>();
  const reports = new Map<string, EntryFor<'WageCostSubsidyReported'>>();
  const payments = new Map<string, EntryFor<'PaymentMade'>>();
  const corrections = new Map<string, EntryFor<'CorrectionPosted'>>();
  for (const e of events) {
    if (e.type === 'PluspakketInvoiced') invoices.set(e.data.invoiceId, e);
    else if (e.type === 'WageCostSubsidyReported') reports.set(e.data.reportId, e);
    else if (e.type === 'PaymentMade') payments.set(e.data.paymentId, e);
    else if (e.type === 'CorrectionPosted') corrections.set(e.data.correctionId, e);
  }
  return { invoices, reports, payments, corrections };
};

// --- checks against the ledger itself

export const strangerRefusal = (books: Books, code: string, date: string): Refusal | undefined =>
  isMember(books.members, code, date)
    ? undefined
    : { code: 'not-a-member', detail: `${code} neemt op ${date} niet deel.` };

/**
 * The one place where an invoice is held against its contract. Contracts are not recorded yet:
 * until they are, any id may be named.
 */
const contractRefusal = (_contractId: string | undefined, _books: Books): Refusal | undefined =>
  undefined;

// --- commands

const invoicePluspakket = command({
  name: 'invoice-pluspakket',
  path: 'pluspakket-invoices',
  summary: 'Legt een factuur van IBN voor een plusdienst vast',
  body: PluspakketInvoiced.schema.omit({ postings: true }),
  creates: 'invoiceId',
  sees: (body) => [
    { tags: [tag('invoice', body.invoiceId)] },
    seeing(['PluspakketInvoiced'], tag('municipality', body.municipality)),
    ...seeingMembers,
    ...seeingClosings,
  ],
  decide: (body, books, context) => {
    const { municipality, number } = body;
    const at = context.validFrom.latest;
    const twice = [...books.money.invoices.values()].some(
      ({ data }) => data.municipality === municipality && data.number === number,
    );
    if (books.money.invoices.has(body.invoiceId) || twice)
      return refuse('already-exists', `Factuur ${number} van ${municipality} is al vastgelegd.`);
    const refusal =
      contractRefusal(body.contractId, books) ?? strangerRefusal(books, municipality, at);
    if (refusal) return { ok: false, refusal };
    const postings = booked(
      { municipality, year: yearOf(at) },
      'pluspakket',
      'payable',
      BigInt(body.amountCents),
    );
    const data = { ...body, postings: inOpenYears(books, postings) };
    return accept(propose(context, 'PluspakketInvoiced', data));
  },
});

const reportSubsidy = command({
  name: 'report-wage-cost-subsidy',
  path: 'wage-cost-subsidies',
  summary: 'Legt de loonkostensubsidies van een gemeente in een maand vast, als één totaal',
  body: WageCostSubsidyReported.schema.omit({ postings: true }),
  creates: 'reportId',
  sees: (body) => [
    { tags: [tag('subsidy-report', body.reportId)] },
    seeing(['WageCostSubsidyReported'], tag('municipality', body.municipality)),
    ...seeingMembers,
    ...seeingClosings,
    r15.sees,
  ],
  decide: (body, books, context) => {
    const { municipality, month } = body;
    const reports = [...books.money.reports.values()].map((e) => e.data);
    if (books.money.reports.has(body.reportId))
      return refuse('already-exists', `Opgave ${body.reportId} bestaat al.`);
    if (reports.some((r) => r.municipality === municipality && r.month === month))
      return refuse(
        'already-exists',
        `Van ${municipality} is over ${month} al een totaal vastgelegd.`,
      );
    const first = `${month}-01`;
    const last = lastDayOf(month);
    if (context.validFrom.latest < first)
      return refuse('contradiction', `De maand ${month} is op die datum nog niet begonnen.`);
    if (
      !isMember(books.members, municipality, first) &&
      !isMember(books.members, municipality, last)
    )
      return refuse('not-a-member', `${municipality} neemt in ${month} niet deel.`);
    const postings = booked(
      { municipality, year: yearOf(first) },
      'wage-cost-subsidy',
      'payable',
      BigInt(body.totalCents),
    );
    const data = { ...body, postings: inOpenYears(books, postings) };
    const event = propose(context, 'WageCostSubsidyReported', data);
    const about = [tag('subsidy-report', body.reportId)];
    return judge(books, context, reportBreaches(body), [event], about);
  },
});

const postCorrection = command({
  name: 'post-correction',
  path: 'corrections',
  summary: 'Boekt een correctie; wat op een gesloten jaar slaat, in het eerste open jaar',
  body: CorrectionPosted.schema.omit({ ofReversal: true }),
  creates: 'correctionId',
  sees: (body) => [
    { tags: [tag('correction', body.correctionId)] },
    ...(body.corrects === undefined ? [] : [{ tags: [tag('event', body.corrects)] }]),
    ...seeingMembers,
    ...seeingClosings,
    r9.sees,
  ],
  decide: (body, books, context) => {
    if (books.money.corrections.has(body.correctionId))
      return refuse('already-exists', `Correctie ${body.correctionId} bestaat al.`);
    if (body.postings.length === 0) return refuse('nothing-to-do', 'Er is niets te boeken.');
    const corrected = books.events.find((e) => e.id === body.corrects);
    if (body.corrects !== undefined && corrected === undefined)
      return refuse('unknown-reference', `Gebeurtenis ${body.corrects} staat er niet (meer).`);
    const at = context.validFrom.latest;
    for (const { municipality } of body.postings) {
      const refusal = strangerRefusal(books, municipality, at);
      if (refusal) return { ok: false, refusal };
    }
    const data = { ...body, postings: inOpenYears(books, body.postings) };
    const event = propose(context, 'CorrectionPosted', data, {
      restsOn: corrected ? [corrected.id] : [],
    });
    const lumpSums = body.postings.filter((p) => p.account === 'lump-sum');
    const breaches = afterwardsBreaches(lumpSums, yearOf(context.today));
    return judge(books, context, breaches, [event], [tag('correction', body.correctionId)]);
  },
});

export const moneyCommands = [invoicePluspakket, reportSubsidy, postCorrection];
