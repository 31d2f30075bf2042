/** R15: the subsidy granted is reimbursed in full; for beschut werk a fixed percentage is. */
import type { EntryFor } from '../../../events/index.ts';
import type { Books } from '../books.ts';
import { type Breach, ruleOf } from '../rules.ts';

export const r15 = ruleOf('R15');

type Report = Omit<EntryFor<'WageCostSubsidyReported'>['data'], 'postings'>;

/** Totals only: what was granted to whom stays sealed. */
export const reportBreaches = ({ grantedCents, totalCents, month }: Report): Breach[] =>
  grantedCents === undefined || grantedCents === totalCents
    ? []
    : [
        r15.breach(
          'subsidy-not-reimbursed-in-full',
          `Over ${month} wordt niet vergoed wat aan loonkostensubsidie is verleend.`,
          {
            figures: [
              { name: 'granted-cents', value: grantedCents },
              { name: 'reimbursed-cents', value: totalCents },
            ],
          },
        ),
      ];

interface Subsidy {
  readonly grantedPercent: string;
  readonly reimbursedPercent: string;
}

/** @param beschut work in IBN's caseload, for which the real loonwaarde does not count */
export const reimbursementBreaches = (
  books: Books,
  { grantedPercent, reimbursedPercent }: Subsidy,
  beschut: boolean,
  date: string,
): readonly Breach[] => {
  const fixed = beschut ? r15.figure(books, 'beschut-subsidy-percent', date) : undefined;
  if (fixed !== undefined)
    return reimbursedPercent === fixed
      ? []
      : [
          r15.breach(
            'beschut-subsidy-differs',
            `Voor beschut werk in de caseload van IBN wordt ${fixed} % vergoed.`,
          ),
        ];
  return reimbursedPercent === grantedPercent
    ? []
    : [r15.breach('subsidy-not-in-full', 'Een toegekende subsidie wordt volledig vergoed.')];
};
