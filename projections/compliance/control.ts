/** Criterion 1: control as over one's own departments, jointly (art. 2.24b Aanbestedingswet 2012). */
import type { BodyKind } from '../../events/bodies.ts';
import type { Entry } from '../../events/index.ts';
import { yearOf } from '../../events/calendar.ts';
import { representation, representedIn } from '../bodies/representation.ts';
import { common, type Fact, fact, type HeldFact, type Look, withPrefix } from '../core.ts';
import { type Part, partOf, type Shown } from './judgements.ts';

/** The bodies that decide in IBN itself; the bestuurlijk overleg is not one of them. */
const deciding: readonly (readonly [BodyKind, string])[] = [
  ['ibn-general-meeting', 'de algemene vergadering van IBN'],
  ['ibn-supervisory-board', 'de raad van commissarissen van IBN'],
  ['ibn-board', 'de directie van IBN'],
];

/** What the partnership decided about IBN's course. */
interface Steered {
  readonly what: string;
  readonly decisionIds?: readonly string[];
}

export const controlFacts = (entry: Entry, look: Look): readonly Fact[] => {
  switch (entry.type) {
    case 'LumpSumDetermined': {
      const { lumpSumId, from, until } = entry.data;
      const what = `Lumpsum vastgesteld voor ${from} tot ${until}`;
      return [fact(entry, common, `steered:lump-sum:${lumpSumId}`, { what })];
    }
    case 'IbnBudgetAdopted': {
      const { budgetId, year } = entry.data;
      const what = `Begroting van IBN voor ${year}`;
      return [fact(entry, common, `steered:budget:${budgetId}`, { what })];
    }
    case 'PackageDetermined': {
      const year = yearOf(entry.validFrom.latest);
      const what = `Basispakket vastgesteld vanaf ${year}`;
      return [fact(entry, common, `steered:package:${entry.data.packageId}`, { what })];
    }
    case 'RuleSet': {
      const { rule, title, authority, decisionIds } = entry.data;
      const what = `Regel ${rule} volgt uit een besluit: ${title}`;
      const value = authority === 'decision' ? { what, decisionIds } : null;
      return [fact(entry, common, `steered:rule:${rule}`, value)];
    }
    case 'RuleEnded':
      return [fact(entry, common, `steered:rule:${entry.data.rule}`, null)];
    default:
      return representation(entry, look);
  }
};

export const controlParts = (
  own: readonly HeldFact[],
  shared: readonly HeldFact[],
): readonly Part[] => [
  partOf(decidingBodies(shared), own, shared),
  partOf(decisiveInfluence(shared), own, shared),
  partOf(
    {
      part: 'no-contrary-interests',
      result: 'not-shown',
      evidence: [],
      missing: ['een oordeel dat IBN geen belangen nastreeft die strijdig zijn met de deelnemers'],
      from: [],
    },
    own,
    shared,
  ),
];

/** (i) Every member is represented in every deciding body of the company. */
const decidingBodies = (facts: readonly HeldFact[]) => {
  const evidence: Shown[] = [];
  const missing: string[] = [];
  const from: HeldFact[] = [];
  for (const [kind, name] of deciding) {
    const bodies = representedIn(kind, facts);
    from.push(...bodies.flatMap((body) => body.from));
    const whole = bodies.find((body) => body.missing.length === 0);
    if (whole !== undefined) {
      const what = `Alle deelnemers hebben een zetel in ${name}`;
      evidence.push({ what, eventId: whole.from[0]!.eventId });
    } else {
      const lacking = bodies[0]?.missing.join(', ');
      missing.push(`wie er zitten in ${name}${lacking === undefined ? '' : ` voor ${lacking}`}`);
    }
  }
  const result = missing.length === 0 ? ('met' as const) : ('not-shown' as const);
  return { part: 'deciding-bodies' as const, result, evidence, missing, from };
};

/** (ii) Decisive influence over strategy: what the bestuurlijk overleg is, and what it decided. */
const decisiveInfluence = (facts: readonly HeldFact[]) => {
  const bodies = representedIn('bestuurlijk-overleg', facts);
  const steered = withPrefix(facts, 'steered:');
  const seats = bodies.map(({ name, missing, from }) => ({
    what:
      missing.length === 0
        ? `Alle deelnemers hebben een zetel in ${name}`
        : `In ${name} ontbreekt een zetel voor ${missing.join(', ')}`,
    eventId: from[0]!.eventId,
  }));
  const decided = steered.map((f) => ({ ...(f.value as unknown as Steered), eventId: f.eventId }));
  return {
    part: 'decisive-influence' as const,
    result: 'not-shown' as const,
    evidence: [...seats, ...decided],
    missing: ['een oordeel dat de deelnemers samen beslissende invloed hebben op IBN'],
    from: [...bodies.flatMap((body) => body.from), ...steered],
  };
};
