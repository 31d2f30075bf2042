/**
 * A second model of the domain, naive on purpose: written from DOMAIN.md alone, in plain loops
 * over the whole list of events, with no index and nothing kept. Each question has beside it how
 * an item of the real answer is read in the same words.
 */
import { decisions } from './decisions.ts';
import { derived, derivedKinds, findings } from './findings.ts';
import { actionPoints, assignments, evaluations, indicators, practices } from './goals.ts';
import { attestations, compliance, shareholdings } from './lawfulness.ts';
import { balances, basispakket, lumpSums, turnover } from './money.ts';
import { agreements, areas, bodies, members, rules } from './partnership.ts';
import { erasures, periodTotals, placementCounts, retention, sealedRecords } from './people.ts';
import { areaAgreements, pilots, plusContracts, plusServices } from './pluspakket.ts';
import type { Answers, Seen } from './seen.ts';

// What is read back is compared, not trusted.
/* eslint-disable @typescript-eslint/no-unsafe-call, @typescript-eslint/no-unsafe-argument, @typescript-eslint/no-unsafe-return */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Read = any;

interface Naive {
  readonly answer: (seen: Seen, everything: Seen) => Answers;
  /** Which thing a real item is about; undefined: one that the naive model does not know. */
  readonly thing: (item: Read) => string | undefined;
  readonly read: (item: Read) => unknown;
}

/** The named fields of an item, under the same names. */
const fields =
  (...names: readonly string[]) =>
  (item: Read): unknown =>
    Object.fromEntries(names.map((name) => [name, item[name]]));

const by =
  (name: string) =>
  (item: Read): string =>
    item[name] as string;

const sorted = (list: readonly string[]): readonly string[] => [...list].sort();

export const naive: Readonly<Record<string, Naive>> = {
  members: {
    answer: members,
    thing: by('municipality'),
    read: fields('status', 'since', 'mergedInto', 'predecessors'),
  },
  bodies: {
    answer: bodies,
    thing: by('bodyId'),
    read: ({ name, kind, representatives }: Read) => ({
      name,
      kind,
      seats: representatives
        .map(fields('seatId', 'municipality', 'chair', 'since'))
        .sort((a: Read, b: Read) => (a.seatId < b.seatId ? -1 : 1)),
    }),
  },
  areas: {
    answer: areas,
    thing: by('areaId'),
    read: ({ name, municipalities, scenario }: Read) => ({
      name,
      municipalities,
      scenario: scenario?.scenario,
      pilot: scenario?.pilot,
    }),
  },
  decisions: {
    answer: decisions,
    thing: by('decisionId'),
    read: ({ title, effectiveDate, status, adoptions }: Read) => ({
      title,
      effectiveDate,
      status,
      adoptions: sorted(adoptions.map((a: Read) => `${a.municipality} ${a.organ ?? ''}`)),
    }),
  },
  agreements: { answer: agreements, thing: by('agreementId'), read: fields('status') },
  rules: {
    answer: rules,
    thing: by('rule'),
    read: fields('title', 'authority', 'figures', 'decisionIds', 'refuses', 'setBy'),
  },
  package: {
    answer: basispakket,
    thing: ({ packageId }: Read) => (packageId === undefined ? undefined : 'basispakket'),
    read: ({ packageId, period, tasks, notUsed }: Read) => ({
      packageId,
      period,
      tasks: sorted(tasks.map(by('task'))),
      notUsed: sorted(notUsed.map((n: Read) => `${n.municipality} ${n.task}`)),
    }),
  },
  'lump-sums': {
    answer: lumpSums,
    thing: by('lumpSumId'),
    read: ({ status, years }: Read) => ({
      status,
      years: years.map((y: Read) => ({
        year: y.year,
        stated: y.totalStatedCents,
        ofShares: y.totalOfSharesCents,
        shares: sorted(y.shares.map((s: Read) => `${s.municipality} ${s.amountCents}`)),
        surcharge: y.surcharge?.amountCents,
        change: y.changeFromYearBefore?.changePercent,
      })),
    }),
  },
  balances: {
    answer: balances,
    // A balance that passed to a successor reads zero.
    thing: (item) => (item.passedTo === undefined ? item.balanceId : undefined),
    read: ({ accounts, owedCents, openingCents, postings }: Read) => ({
      accounts: sorted(accounts.map((a: Read) => `${a.account} ${a.debitCents} ${a.creditCents}`)),
      owed: owedCents,
      opening: openingCents,
      postings,
    }),
  },
  turnover: {
    answer: turnover,
    thing: by('turnoverId'),
    read: fields('year', 'means', 'amountCents', 'projection', 'class'),
  },
  'plus-services': {
    answer: plusServices,
    thing: by('serviceId'),
    read: ({ name, targetGroup, status, arrangements }: Read) => ({
      name,
      targetGroup,
      status,
      given: sorted(arrangements.map((a: Read) => `${a.municipality} ${a.provider}`)),
    }),
  },
  'pluspakket-contracts': {
    answer: plusContracts,
    thing: by('contractId'),
    read: (item) => ({
      ...(fields(
        'nature',
        'runsUntil',
        'interimTermination',
        'costCents',
        'priceCents',
        'state',
      )(item) as object),
      shared: item.sharedOn !== undefined,
      amendments: item.amendments.length,
    }),
  },
  pilots: {
    answer: pilots,
    thing: by('pilotId'),
    read: ({ areaId, status, latestEnd, evaluations: held }: Read) => ({
      areaId,
      status,
      latestEnd: latestEnd?.until,
      evaluations: held.map(by('outcome')),
    }),
  },
  'area-agreements': {
    answer: areaAgreements,
    thing: by('areaAgreementId'),
    read: ({ title, status, conflicts, hasForce }: Read) => ({
      title,
      status,
      conflicts: sorted([...new Set<string>(conflicts.flatMap((c: Read) => c.decisionIds))]),
      hasForce,
    }),
  },
  indicators: {
    answer: indicators,
    thing: by('indicatorId'),
    read: ({ title, kind, targetValue, results }: Read) => ({
      title,
      kind,
      target: targetValue,
      results: sorted(results.map((r: Read) => `${r.from} ${r.until} ${r.value ?? ''}`)),
    }),
  },
  assignments: {
    answer: assignments,
    thing: by('assignmentId'),
    read: ({ title, status, daysAfterTarget, daysAfterLatest, subAssignments }: Read) => ({
      title,
      status,
      daysAfterTarget,
      daysAfterLatest,
      subAssignments: subAssignments.map((s: Read) => `${s.number} ${s.outcome}`),
    }),
  },
  'action-points': {
    answer: actionPoints,
    thing: by('actionPointId'),
    read: fields('title', 'outcome'),
  },
  evaluations: {
    answer: evaluations,
    thing: by('evaluationId'),
    read: ({ title, from, actionPoints: points }: Read) => ({
      title,
      from,
      points: sorted(points.map(by('actionPointId'))),
    }),
  },
  practices: { answer: practices, thing: by('practice'), read: fields('arrangement') },
  shareholdings: {
    answer: shareholdings,
    thing: by('holder'),
    read: fields('kind', 'percent'),
  },
  attestations: {
    answer: attestations,
    thing: by('attestationId'),
    read: ({ part, outcome, awardId, contested }: Read) => ({
      part,
      outcome,
      awardId,
      contested: contested !== undefined,
    }),
  },
  compliance: {
    answer: compliance,
    thing: ({ awardId, criteria }: Read) => {
      if (awardId !== 'partnership') return undefined;
      const empty = (criteria[1].years ?? []).length === 0;
      return empty && criteria[0].parts[0].result !== 'met' ? undefined : 'partnership';
    },
    read: ({ criteria }: Read) => {
      const [control, measured] = criteria;
      return {
        activity: measured.result,
        years: (measured.years ?? []).map(
          (y: Read) =>
            `${y.year} ${y.totalCents} ${y.entrustedCents} ${y.unclassedCents} ${y.projection}`,
        ),
        seated: control.parts[0].result === 'met',
      };
    },
  },
  'period-totals': {
    answer: periodTotals,
    thing: by('reportId'),
    read: ({ municipality, counts }: Read) => ({
      municipality,
      counts: counts.map((c: Read) => `${c.measure} ${c.count}`),
    }),
  },
  'placement-counts': {
    answer: placementCounts,
    thing: (item) => (item.groupBy === 'municipality' ? item.countId : undefined),
    read: ({ count, atLeast, hidden }: Read) => ({ sum: hidden === 0 ? count : atLeast, hidden }),
  },
  referrals: {
    answer: sealedRecords('ReferralRecorded'),
    thing: by('referralId'),
    read: fields('municipality', 'outcome', 'sealed'),
  },
  placements: {
    answer: sealedRecords('PlacementRecorded'),
    thing: by('placementId'),
    read: fields('municipality', 'outcome', 'sealed'),
  },
  retention: { answer: retention, thing: by('person'), read: fields('status', 'dueOn') },
  erasures: { answer: erasures, thing: by('erasureId'), read: fields('status') },
  findings: {
    // Those that follow from the date stand under what they are about.
    answer: (seen, everything) =>
      new Map([
        ...findings(seen, everything),
        ...derived(seen).map((name) => [name, 'derived'] as const),
      ]),
    thing: ({ findingId, kind, about }: Read) => {
      if (!findingId.includes('.')) return findingId as string;
      return derivedKinds.includes(kind) ? `${kind} ${about[0]}` : undefined;
    },
    read: (item) =>
      item.findingId.includes('.') ? 'derived' : fields('kind', 'severity', 'rule')(item),
  },
};
