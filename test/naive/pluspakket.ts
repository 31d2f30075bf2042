/** Services and contracts beside the basispakket, pilots, area agreements (R10, R11, R16, R20). */
import { figureAt } from './partnership.ts';
import { type Answers, come, each, happened, last, type Seen, unique } from './seen.ts';

export const plusServices = (seen: Seen): Answers => {
  const offered = happened(seen, 'PlusServiceOffered');
  return each(
    offered.map((e) => e.data.serviceId),
    (serviceId) => {
      const { name, targetGroup } = last(offered, (e) => e.data.serviceId === serviceId)!.data;
      const own = happened(
        seen,
        'PlusServiceArranged',
        'PlusServiceEnded',
        'PlusServiceMoved',
      ).filter((e) => e.data.serviceId === serviceId);
      const moved = own.some((e) => e.type === 'PlusServiceMoved');
      const ended = own.some(
        (e) => e.type === 'PlusServiceEnded' && e.data.municipality === undefined,
      );
      const codes = unique(
        own.flatMap((e) => ('municipality' in e.data ? [e.data.municipality] : [])),
      );
      const given = codes.flatMap((code) => {
        const e = last(own, ({ data }) => 'municipality' in data && data.municipality === code);
        return e?.type === 'PlusServiceArranged' ? [`${code} ${e.data.provider}`] : [];
      });
      return {
        name,
        targetGroup,
        status: ended ? 'ended' : moved ? 'in-package' : 'on-offer',
        // What is in the basispakket is there for all, and arranged with nobody (R4).
        given: ended || moved ? [] : given.sort(),
      };
    },
  );
};

const terms = ['nature', 'runsUntil', 'interimTermination', 'costCents', 'priceCents'] as const;

export const contractAt = (seen: Seen, contractId: string) => {
  const own = happened(
    seen,
    'PlusContractConcluded',
    'PlusContractAmended',
    'PlusContractShared',
    'PlusContractTerminated',
    'PlusContractCompleted',
  ).filter((e) => e.data.contractId === contractId);
  const concluded = last(own.filter((e) => e.type === 'PlusContractConcluded'));
  if (concluded === undefined) return undefined;
  const amended = own.filter((e) => e.type === 'PlusContractAmended');
  const agreed = Object.fromEntries(
    terms.map((term) => [
      term,
      last(amended, ({ data }) => data[term] !== undefined)?.data[term] ?? concluded.data[term],
    ]),
  ) as Pick<typeof concluded.data, (typeof terms)[number]>;
  const ending = last(
    own.filter((e) => e.type === 'PlusContractTerminated' || e.type === 'PlusContractCompleted'),
  );
  const state = (): string => {
    if (ending !== undefined)
      return ending.type === 'PlusContractTerminated' ? 'terminated' : 'completed';
    if (agreed.runsUntil !== undefined && come(seen, agreed.runsUntil)) return 'expired';
    return come(seen, concluded.data.runsFrom) ? 'running' : 'concluded';
  };
  const shared = own.some((e) => e.type === 'PlusContractShared');
  return { ...agreed, state: state(), shared, amendments: amended.length };
};

export const plusContracts = (seen: Seen): Answers =>
  each(
    happened(seen, 'PlusContractConcluded').map((e) => e.data.contractId),
    (contractId) => contractAt(seen, contractId),
  );

/** So many years later, by the calendar; the tests know whole years and first days of months. */
const yearsLater = (date: string, years: string): string =>
  `${Number(date.slice(0, 4)) + Number(years)}${date.slice(4)}`;

export const pilots = (seen: Seen): Answers => {
  const started = happened(seen, 'PilotStarted');
  return each(
    started.map((e) => e.data.pilotId),
    (pilotId) => {
      const e = last(started, ({ data }) => data.pilotId === pilotId)!;
      const ended = last(happened(seen, 'PilotEnded'), ({ data }) => data.pilotId === pilotId);
      const evaluations = happened(seen, 'PilotEvaluated').filter(
        ({ data }) => data.pilotId === pilotId,
      );
      const years = figureAt(seen, 'R11', 'pilot-years');
      return {
        areaId: e.data.areaId,
        status: ended === undefined ? 'running' : ended.data.how,
        latestEnd: years === undefined ? undefined : yearsLater(e.validFrom.latest, years),
        evaluations: evaluations.map(({ data }) => data.outcome),
      };
    },
  );
};

/** A conflict with the bestuurlijk overleg takes its force away (R20). */
export const areaAgreements = (seen: Seen): Answers => {
  const made = happened(seen, 'AreaAgreementMade');
  return each(
    made.map((e) => e.data.areaAgreementId),
    (areaAgreementId) => {
      const own = <T extends { readonly data: { readonly areaAgreementId: string } }>(
        list: readonly T[],
      ) => list.filter(({ data }) => data.areaAgreementId === areaAgreementId);
      const { title, conflicts = [] } = last(own(made))!.data;
      const noted = own(happened(seen, 'AreaAgreementConflictNoted')).map(({ data }) => data);
      const all = [...conflicts, ...noted].map(({ decisionId }) => decisionId);
      const ended = own(happened(seen, 'AreaAgreementEnded')).length > 0;
      return {
        title,
        status: ended ? 'ended' : 'running',
        conflicts: [...unique(all)].sort(),
        hasForce: all.length === 0,
      };
    },
  );
};
