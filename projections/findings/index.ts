/** What does not add up, is missing or conflicts; also what rests on something taken back. */
import {
  byField,
  common as commonThing,
  evidenceOf,
  type Fact,
  fact,
  type HeldFact,
  type Look,
  type Projection,
  valueFrom,
  valueOf,
} from '../core.ts';
import type { Entry } from '../../events/index.ts';
import { actionPointOpen } from './action-point-open.ts';
import { derivedItem, type DerivedKind } from './derived.ts';
import { criterionNotShown } from './criterion-not-shown.ts';
import { notShared } from './not-shared.ts';
import { pilotNotEvaluated, pilotPastLimit } from './pilots.ts';
import { evaluationOverdue } from './evaluation-overdue.ts';
import { planNotMet } from './plan-not-met.ts';
import { ratioNotReported } from './ratio-not-reported.ts';
import { targetMissed } from './target-missed.ts';
import { unrepresented } from './unrepresented.ts';

const derivedKinds: readonly DerivedKind[] = [
  unrepresented,
  notShared,
  pilotPastLimit,
  pilotNotEvaluated,
  criterionNotShown,
  targetMissed,
  evaluationOverdue,
  ratioNotReported,
  actionPointOpen,
  planNotMet,
];

/** Facts of derived findings; their things and common facts bear the kind as a prefix. */
const derivedFacts = (entry: Entry, look: Look): readonly Fact[] => {
  const found: Fact[] = [];
  for (const { kind, apply } of derivedKinds)
    for (const f of apply(entry, look))
      found.push(
        f.thing === commonThing
          ? { ...f, attribute: `${kind}.${f.attribute}` }
          : { ...f, thing: `${kind}.${f.thing}` },
      );
  return found;
};

const derivedFinding = (
  thing: string,
  facts: readonly HeldFact[],
  common: readonly HeldFact[],
  validAt: string,
) => {
  const dot = thing.indexOf('.');
  const derived = derivedKinds.find(({ kind }) => kind === thing.slice(0, dot));
  if (derived === undefined) return undefined;
  const own = common.filter((f) => f.attribute.startsWith(`${derived.kind}.`));
  const bare = own.map((f) => ({ ...f, attribute: f.attribute.slice(derived.kind.length + 1) }));
  const found = derived.assemble(thing.slice(dot + 1), facts, bare, validAt);
  if (found === undefined) return undefined;
  const item = { findingId: thing, ...derivedItem(derived.kind, found) };
  return { item, from: found.from ?? facts };
};

export const findings: Projection = {
  question: 'findings',
  apply: (entry, look) => {
    if (entry.type === 'FindingRecorded') {
      const value = valueFrom(entry, { since: entry.validFrom });
      const { findingId, foundIn } = entry.data;
      return [{ ...fact(entry, findingId, 'finding', value), also: foundIn }];
    }
    if (entry.type === 'FindingResolved')
      // Its day may be known better than that of the finding, and lie before it.
      return [fact(entry, entry.data.findingId, 'resolved', true)];
    if (entry.type === 'FactReversed') {
      const reversed = entry.data.event;
      return look.restingOn(reversed).map((resting) => ({
        ...fact(
          entry,
          `rests-on-reversed.${resting.id}.${reversed}`,
          'finding',
          {
            kind: 'rests-on-reversed',
            severity: 'warning',
            description: `${resting.type} rust op ${entry.data.reversedType}, dat is teruggenomen.`,
            about: [`event:${resting.id}`],
            foundIn: resting.id,
            eventTypes: [resting.type, entry.data.reversedType],
            figures: [],
            since: resting.validFrom,
            evidence: evidenceOf(entry),
          },
          resting.validFrom,
        ),
        also: resting.id,
      }));
    }
    return derivedFacts(entry, look);
  },
  assemble: (thing, facts, common, validAt) => {
    const finding = valueOf<Record<string, unknown>>(facts, 'finding');
    if (finding !== undefined && valueOf(facts, 'resolved') === true) return undefined;
    if (finding !== undefined) return { item: { findingId: thing, ...finding }, from: facts };
    return derivedFinding(thing, facts, common, validAt);
  },
  sortKey: byField('kind', 'description'),
};
