/** Who takes part, in which bodies and areas, by which agreements and rules (DOMAIN §1, §5). */
import { type Answers, come, each, happened, last, type Seen } from './seen.ts';

interface Part {
  readonly status: 'member' | 'merged' | 'left';
  readonly since: string;
  readonly mergedInto?: string;
  readonly predecessors?: readonly string[];
}

/** Joined, merged or left; the last that happened to it counts, but what merged is no more. */
const parts = (seen: Seen): ReadonlyMap<string, Part> => {
  const found = new Map<string, Part>();
  const becomes = (code: string, part: Part): void => {
    if (found.get(code)?.status !== 'merged') found.set(code, part);
  };
  for (const e of happened(seen, 'MemberJoined', 'MunicipalitiesMerged', 'MemberLeft')) {
    const since = e.validFrom.latest;
    if (e.type === 'MemberJoined')
      becomes(e.data.municipality, { status: 'member', since, predecessors: [] });
    else if (e.type === 'MemberLeft') becomes(e.data.municipality, { status: 'left', since });
    else {
      const { successor: mergedInto, predecessors } = e.data;
      for (const code of predecessors) becomes(code, { status: 'merged', since, mergedInto });
      becomes(mergedInto, { status: 'member', since, predecessors });
    }
  }
  return found;
};

export const members = (seen: Seen): Answers => parts(seen);

export const memberCodes = (seen: Seen): readonly string[] =>
  [...parts(seen)].filter(([, { status }]) => status === 'member').map(([code]) => code);

/** Seats of a body that are held. */
export const seatsOf = (seen: Seen, bodyId: string) => {
  const events = happened(seen, 'RepresentativeAppointed', 'RepresentativeWithdrawn').filter(
    (e) => e.data.bodyId === bodyId,
  );
  const seatIds = [...new Set(events.map((e) => e.data.seatId))].sort();
  return seatIds.flatMap((seatId) => {
    const e = last(events, ({ data }) => data.seatId === seatId);
    if (e?.type !== 'RepresentativeAppointed') return [];
    const { municipality, chair } = e.data;
    return [{ seatId, municipality, chair, since: e.validFrom.latest }];
  });
};

export const bodies = (seen: Seen): Answers => {
  const established = happened(seen, 'BodyEstablished');
  return each(
    established.map((e) => e.data.bodyId),
    (bodyId) => {
      const { name, kind } = last(established, (e) => e.data.bodyId === bodyId)!.data;
      return { name, kind, seats: seatsOf(seen, bodyId) };
    },
  );
};

export const areas = (seen: Seen): Answers => {
  const events = happened(seen, 'ExecutionAreaFormed', 'ExecutionAreaEnded');
  return each(
    events.map((e) => e.data.areaId),
    (areaId) => {
      const e = last(events, ({ data }) => data.areaId === areaId)!;
      if (e.type === 'ExecutionAreaEnded') return undefined;
      const chosen = last(happened(seen, 'ScenarioChosen'), ({ data }) => data.areaId === areaId);
      const { name, municipalities } = e.data;
      return { name, municipalities, scenario: chosen?.data.scenario, pilot: chosen?.data.pilot };
    },
  );
};

export const agreements = (seen: Seen): Answers => {
  const events = happened(
    seen,
    'AgreementPlanned',
    'AgreementConcluded',
    'AgreementExtended',
    'AgreementEnded',
  );
  return each(
    events.map((e) => e.data.agreementId),
    (agreementId) => {
      const own = events.filter((e) => e.data.agreementId === agreementId);
      const concluded = last(own.filter((e) => e.type === 'AgreementConcluded'));
      if (concluded === undefined)
        return own.some((e) => e.type === 'AgreementPlanned') ? { status: 'planned' } : undefined;
      const extended = last(own.filter((e) => e.type === 'AgreementExtended'));
      const until = extended?.data.runsUntil ?? concluded.data.runsUntil;
      const over =
        own.some((e) => e.type === 'AgreementEnded') || (until !== undefined && come(seen, until));
      const begun = concluded.data.runsFrom === undefined || come(seen, concluded.data.runsFrom);
      return { status: over ? 'ended' : begun ? 'running' : 'concluded' };
    },
  );
};

/** Which authorities make a rule refuse (DOMAIN §5). */
const refusing = ['decision', 'agreement', 'law', 'design'];

/** The rule in force, with its figures. */
export const ruleAt = (seen: Seen, rule: string) => {
  const e = last(happened(seen, 'RuleSet', 'RuleEnded'), ({ data }) => data.rule === rule);
  return e?.type === 'RuleSet' ? e : undefined;
};

/** A figure of a rule. */
export const figureAt = (seen: Seen, rule: string, name: string): string | undefined =>
  ruleAt(seen, rule)?.data.figures.find((f) => f.name === name)?.value;

export const rules = (seen: Seen): Answers =>
  each(
    happened(seen, 'RuleSet').map((e) => e.data.rule),
    (rule) => {
      const e = ruleAt(seen, rule);
      if (e === undefined) return undefined;
      const { title, authority, figures, decisionIds } = e.data;
      const refuses = refusing.includes(authority);
      return { title, authority, figures, decisionIds, refuses, setBy: e.id };
    },
  );
