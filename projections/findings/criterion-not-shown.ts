/** A criterion for awarding without a tender is not shown, or not met, for the partnership at large. */
import type { RoughDate } from '../../events/values.ts';
import { compliance, criteriaOf, partnership } from '../compliance/index.ts';
import { common as commonThing, type HeldFact } from '../core.ts';
import type { DerivedKind } from './derived.ts';

const titles = {
  control: 'Toezicht als op eigen diensten',
  activity: 'Het merendeel van de activiteiten voor de deelnemers',
  'no-private-capital': 'Geen privaat kapitaal',
} as const;
type Criterion = keyof typeof titles;

/** From when the partnership is there, or from when something that showed it lapsed. */
const since = (facts: readonly HeldFact[], used: readonly HeldFact[]): RoughDate => {
  const first = facts.map((f) => f.from).reduce((a, b) => (a.latest <= b.latest ? a : b));
  const lapsed = used.filter((f) => f.value === null).map((f) => f.from);
  return [first, ...lapsed].reduce((a, b) => (a.latest >= b.latest ? a : b));
};

export const criterionNotShown: DerivedKind = {
  kind: 'criterion-not-shown',
  apply: (entry, look) =>
    compliance.apply(entry, look).flatMap((f) => {
      if (f.thing === commonThing) return [f];
      if (f.thing !== partnership) return [];
      return Object.keys(titles).map((criterion) => ({ ...f, thing: criterion }));
    }),
  assemble: (thing, facts, common, validAt) => {
    // What makes the partnership be there may itself be dated roughly.
    if (facts.length === 0) return undefined;
    const found = criteriaOf(undefined, [], common, validAt).find((c) => c.criterion === thing);
    if (found === undefined || found.result === 'met') return undefined;
    const title = titles[thing as Criterion];
    const shown = found.result === 'not-shown';
    return {
      ...(shown ? {} : { kind: 'criterion-not-met' as const }),
      description: shown
        ? `${title}: niet aangetoond. Ontbreekt: ${found.missing.join('; ')}.`
        : `${title}: niet aan voldaan.`,
      since: since(facts, found.from),
      about: ['subject:quasi-inbesteden'],
      from: [...facts, ...found.from],
    };
  },
};
