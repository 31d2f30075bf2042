/** R15: wage-cost subsidy is reimbursed in full, as it was granted to the person (decision 9). */
import type { EntryFor } from '../../../events/index.ts';
import { type Breach, ruleOf } from '../rules.ts';

export const r15 = ruleOf('R15');

type Report = Omit<EntryFor<'WageCostSubsidyReported'>['data'], 'postings'>;

/** Totals only: what was granted to whom stays sealed. */
export const reimbursementBreaches = ({ grantedCents, totalCents, month }: Report): Breach[] =>
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
