/** R6: the lump sum is determined per period, on a decision and together with IBN's budget. */
import { yearsOf } from '../../../events/calendar.ts';
import type { EntryFor } from '../../../events/index.ts';
import type { LumpSumYear } from '../../../events/lump-sums.ts';
import { type Breach, ruleOf } from '../rules.ts';

export const r6 = ruleOf('R6');

/** Every year has an amount. */
export const amountBreaches = (years: readonly LumpSumYear[]): Breach[] =>
  years
    .filter((year) => year.totalCents === undefined)
    .map(({ year }) =>
      r6.breach('amount-unknown', `Het lumpsumbedrag voor ${year} is niet vastgelegd.`),
    );

/** A decision, a budget, and an amount for each year of the period (decisions 10, 12, 13). */
export const determinationBreaches = (body: EntryFor<'LumpSumDetermined'>['data']): Breach[] => {
  const breaches: Breach[] = [];
  if (body.budgetId === undefined)
    breaches.push(
      r6.breach('no-budget-reference', 'Er is niet verwezen naar een begroting van IBN.'),
    );
  if (body.decisionIds.length === 0)
    breaches.push(
      r6.breach('no-decision', 'Er is niet vastgelegd door welk besluit dit is vastgesteld.'),
    );
  const missing = yearsOf(body.from, body.until).filter(
    (year) => !body.years.some((y) => y.year === year),
  );
  if (missing.length > 0)
    breaches.push(r6.breach('year-without-amount', `Zonder bedrag: ${missing.join(', ')}.`));
  return breaches;
};
