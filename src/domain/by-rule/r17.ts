/** R17: agreements with indicators before each year; now and then an evaluation with a proposal. */
import type { EntryFor } from '../../../events/index.ts';
import type { RoughDate } from '../../../events/values.ts';
import type { Books } from '../books.ts';
import { type Breach, ruleOf } from '../rules.ts';

export const r17 = ruleOf('R17');

/** A goal is agreed before its period begins. What may have been in time, is not said to be late. */
export const agreedLateBreaches = (
  { kind, from }: EntryFor<'IndicatorAgreed'>['data'],
  agreed: RoughDate,
): Breach[] =>
  kind === 'goal' && from !== undefined && agreed.earliest !== undefined && agreed.earliest >= from
    ? [
        r17.breach(
          'indicator-agreed-late',
          `Dit doel geldt vanaf ${from} en is pas daarna of op die dag afgesproken.`,
        ),
      ]
    : [];

/** Where the rule asks for evaluations every so many years, a financial proposal comes with each. */
export const proposalBreaches = (
  books: Books,
  { lumpSumId }: EntryFor<'EvaluationHeld'>['data'],
  date: string,
): Breach[] =>
  lumpSumId === undefined && r17.figure(books, 'evaluation-interval-years', date) !== undefined
    ? [
        r17.breach(
          'evaluation-without-proposal',
          'Bij deze evaluatie is geen financieel voorstel voor de jaren erna vastgelegd.',
        ),
      ]
    : [];
