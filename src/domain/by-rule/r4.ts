/** R4: the package changes only by a joint decision of all members and IBN, and for all. */
import type { Books } from '../books.ts';
import { notInForce } from '../decisions.ts';
import { type Breach, ruleOf } from '../rules.ts';

export const r4 = ruleOf('R4');

/** By then, a joint decision must be in force. */
export const jointDecisionBreaches = (
  books: Books,
  decisionIds: readonly string[],
  date: string,
): Breach[] =>
  decisionIds.length > 0 && notInForce(books.decisions, decisionIds, date).length === 0
    ? []
    : [
        r4.breach(
          'no-joint-decision',
          `Op ${date} is er geen gezamenlijk besluit van kracht dat dit wijzigt.`,
        ),
      ];
