/** R20: what an execution area agrees may not conflict with the bestuurlijk overleg (decision 18). */
import type { Books } from '../books.ts';
import { type Breach, ruleOf } from '../rules.ts';

export const r20 = ruleOf('R20');

/** That a conflict is noted is never refused; that the agreement has no force is our reading. */
export const conflictBreaches = (
  books: Books,
  title: string,
  decisionIds: readonly string[],
  more: { readonly onlyFinding?: boolean } = {},
): Breach[] =>
  decisionIds.map((id) => {
    const number = books.decisions.get(id)?.proposed.data.number ?? id;
    const detail = `${title}: in strijd met besluit ${number}.`;
    return r20.breach('area-agreement-conflict', detail, more);
  });
