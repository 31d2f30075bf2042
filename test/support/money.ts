/** Bodies of commands about money, and what events posted, for specs. */
import { type Posting, postingsIn } from '../../events/postings.ts';
import { line } from './money-programs.ts';
import { id, type Scenario } from './scenario.ts';

export const oss = 'gm0828';
export const on = '2023-05-01';
export const today = '2026-03-01';

/** What an event posted, in short: `2023 payable -100` for credit. */
export const posted = (postings: readonly Posting[]) =>
  postings.map(
    (p) =>
      `${p.municipality} ${p.year} ${p.account} ${p.side === 'debit' ? '' : '-'}${p.amountCents}`,
  );
export const lastPosted = (scenario: Scenario) => posted(postingsIn(scenario.entries.at(-1)!.data));

export const invoice = {
  invoiceId: id('i1'),
  number: '2023-1',
  municipality: oss,
  amountCents: '12345',
};
export const payment = { paymentId: id('p1'), municipality: oss, amountCents: '12345' };
export const lumpSumId = id('lump');
export const shares = (...rows: readonly (readonly [string, string])[]) =>
  rows.map(([municipality, amountCents]) => ({ municipality, amountCents, origin: 'published' }));
export const lumpSum = (...amounts: readonly string[]) => ({
  lumpSumId,
  from: '2023-01-01',
  until: '2025-01-01',
  years: amounts.map((amount, i) => ({ year: 2023 + i, shares: shares([oss, amount]) })),
  decisionIds: [id('ground')],
});
export const correction = (year: number, account = 'corrections') => ({
  correctionId: id('c1'),
  reason: 'verkeerd bedrag',
  postings: [line(oss, year, account, 'debit', '500'), line(oss, year, 'payable', 'credit', '500')],
});
