/**
 * The dossier quasi-inbesteden (DOMAIN §6): for the partnership at large and for every award, each
 * criterion as met, not met or not shown, with what shows it and what is missing.
 */
import type { RoughDate } from '../../events/values.ts';
import { awardFacts, type Award } from '../awards/index.ts';
import { yearOf } from '../../events/calendar.ts';
import { fact, type HeldFact, type Projection, valueOf } from '../core.ts';
import { activityFacts, activityPart } from './activity.ts';
import { capitalFacts, capitalPart } from './capital.ts';
import { controlFacts, controlParts } from './control.ts';
import { judgementFacts, type Part, type Result } from './judgements.ts';

/** The dossier of no award in particular. */
export const partnership = 'partnership';

/** A criterion is met when all its parts are; one that is not met fails it. */
const criterionOf = (
  criterion: 'control' | 'activity' | 'no-private-capital',
  parts: readonly Part[],
  more: object = {},
) => {
  const results = parts.map(({ result }) => result);
  const result: Result = results.includes('not-met')
    ? 'not-met'
    : results.every((r) => r === 'met')
      ? 'met'
      : 'not-shown';
  return {
    criterion,
    result,
    ...more,
    parts: parts.map(({ from: _from, ...part }) => part),
    missing: parts.flatMap(({ missing }) => missing),
    from: parts.flatMap(({ from }) => from),
  };
};

/**
 * The three criteria on a date, each with the facts it rests on.
 * @param awardedOn absent: asked of the partnership at large, on the date itself
 */
export const criteriaOf = (
  awardedOn: string | undefined,
  facts: readonly HeldFact[],
  common: readonly HeldFact[],
  validAt: string,
) => {
  const activity = activityPart(facts, common, yearOf(awardedOn ?? validAt));
  const capital = capitalPart(facts, common);
  return [
    criterionOf('control', controlParts(facts, common)),
    criterionOf('activity', [activity.part], activity.figures),
    criterionOf('no-private-capital', [capital.part], { shareholdings: capital.shareholdings }),
  ];
};

export const compliance: Projection = {
  question: 'compliance',
  thingField: 'awardId',
  apply: (entry, look) => [
    ...(entry.type === 'MemberJoined'
      ? [fact(entry, partnership, `member:${entry.data.municipality}`, true)]
      : []),
    ...awardFacts(entry),
    ...controlFacts(entry, look),
    ...activityFacts(entry),
    ...capitalFacts(entry),
    ...judgementFacts(entry),
  ],
  assemble: (thing, facts, common, validAt) => {
    const award = valueOf<Award & { readonly awardedOn: RoughDate }>(facts, 'award');
    if (award === undefined && thing !== partnership) return undefined;
    const criteria = criteriaOf(award?.awardedOn.latest, facts, common, validAt);
    const used = criteria.flatMap(({ from }) => from);
    const shown = criteria.map(({ from: _from, ...criterion }) => criterion);
    const identity = award ?? { awardId: partnership, kind: partnership, title: 'Het partnership' };
    return { item: { ...identity, criteria: shown }, from: [...facts, ...new Set(used)] };
  },
};
