/** R23: by law a wage-cost subsidy has a maximum (Participatiewet, art. 10d). */
import type { Books } from '../books.ts';
import { type Breach, ruleOf } from '../rules.ts';

export const r23 = ruleOf('R23');

export const maximumBreaches = (
  books: Books,
  grantedPercent: string,
  date: string,
): readonly Breach[] => {
  const most = r23.figure(books, 'subsidy-maximum-percent', date);
  return most === undefined || Number(grantedPercent) <= Number(most)
    ? []
    : [
        r23.breach(
          'subsidy-above-maximum',
          `Een toegekende loonkostensubsidie is volgens de wet ten hoogste ${most} % van het minimumloon.`,
        ),
      ];
};
