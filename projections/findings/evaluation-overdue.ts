/** So many years after the last one there was to be an evaluation, and there is none (R17). */
import { yearOf } from '../../events/calendar.ts';
import { tag } from '../../events/index.ts';
import { onDay } from '../../events/values.ts';
import { fact } from '../core.ts';
import type { DerivedKind } from './derived.ts';
import { countIn, figuresOn, heldSince, ruleFacts } from './rule-facts.ts';

const kind = 'evaluation-overdue';
/** There is one series of evaluations, for the partnership as a whole. */
const thing = 'partnership';

export const evaluationOverdue: DerivedKind = {
  kind,
  apply: (entry) =>
    entry.type === 'EvaluationHeld'
      ? [fact(entry, thing, 'held', entry.data.evaluationId)]
      : ruleFacts(kind, thing, entry),
  assemble: (_thing, facts, _common, validAt) => {
    const figures = figuresOn(facts, validAt);
    const interval = countIn(figures, 'evaluation-interval-years');
    if (interval === undefined) return undefined;
    const began = yearOf(heldSince(facts)!);
    const last = facts.find((f) => f.attribute === 'held');
    const year = last && yearOf(last.from.latest);
    // What was evaluated before the rule held belongs to earlier agreements.
    const due =
      year === undefined || year < began
        ? (countIn(figures, 'first-evaluation-year') ?? began + interval)
        : year + interval;
    if (yearOf(validAt) <= due) return undefined;
    return {
      description: `In ${due} moest er een evaluatie met een financieel voorstel zijn; er is er geen vastgelegd.`,
      since: onDay(`${due + 1}-01-01`),
      about: last === undefined ? [] : [tag('evaluation', last.value as string)],
      figures: [{ name: 'due-year', value: String(due) }],
    };
  },
};
