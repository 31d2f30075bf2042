/** R21: IBN's means are of eight kinds; a budget that tells them adds up to its total. */
import type { EntryFor } from '../../../events/index.ts';
import { cents, centsText } from '../../../events/values.ts';
import { type Breach, ruleOf } from '../rules.ts';

export const r21 = ruleOf('R21');

export const meansBreaches = ({
  lines,
  totalCents,
}: EntryFor<'IbnBudgetAdopted'>['data']): Breach[] => {
  if (lines === undefined || totalCents === undefined) return [];
  const sum = lines.reduce((all, line) => all + cents(line.amountCents), 0n);
  if (sum === cents(totalCents)) return [];
  return [
    r21.breach(
      'means-differ-from-total',
      'De middelen in de begroting tellen niet op tot haar totaal.',
      {
        figures: [
          { name: 'total-cents', value: totalCents },
          { name: 'means-cents', value: centsText(sum) },
        ],
      },
    ),
  ];
};
