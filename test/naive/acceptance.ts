/**
 * Which rule a step breaks, for those that are simple (DOMAIN §5): said from what was recorded,
 * as the rules hold on the day of the step. Only of steps that are taken on a known day.
 */
import type { Entry, EntryFor } from '../../events/index.ts';
import type { Step } from '../support/programs.ts';
import { decisionAt } from './decisions.ts';
import { ruleAt } from './partnership.ts';
import { happened, type Seen, seenAt } from './seen.ts';

type Body = Readonly<Record<string, unknown>>;

/** The price that R10 asks: cost and so many percent, to the nearest cent. */
const priceOf = (cost: bigint, percent: bigint): bigint =>
  (cost * (100n + percent) * 2n + 100n) / 200n;

/** What there is to see when a step is judged. */
interface Known {
  /** As it stands on the day of the step. */
  readonly seen: Seen;
  readonly day: string;
  /** A figure of the rule on that day; undefined when it has none of that name. */
  readonly figure: (name: string) => string | undefined;
}

/** Recorded of this decision, whenever it holds. */
const steps = <Type extends 'DecisionAdvised' | 'DecisionDecided'>(
  { seen }: Known,
  type: Type,
  decisionId: unknown,
) =>
  seen.events.filter(
    (e): e is EntryFor<Type> =>
      e.type === type && (e.data as { decisionId: string }).decisionId === decisionId,
  );

const inForce = ({ seen }: Known, decisionIds: readonly string[]): boolean =>
  decisionIds.every((decisionId) => decisionAt(seen, decisionId)?.status === 'in-force');

const plus = (date: string, { years = 0, months = 0 }): string =>
  Temporal.PlainDate.from(date).add({ years, months }).toString();

/** R2: the first may be shorter; then as many years each, one after the other. */
const periodBroken = (known: Known, until: string): boolean => {
  const { day, figure } = known;
  const periods = known.seen.events
    .filter((e) => e.type === 'PackageDetermined')
    .map((e) => ({ from: e.validFrom.latest, until: e.data.until }));
  if (periods.some((p) => p.from < until && day < p.until)) return true;
  const before = periods.filter((p) => p.until <= day);
  if (before.length > 0) {
    if (!before.some((p) => p.until === day)) return true;
    return plus(day, { years: Number(figure('period-years')) }) !== until;
  }
  return plus(day, { months: Number(figure('first-period-months')) }) !== until;
};

/** By command, the rules it can break, and when it does. */
const breaks: Readonly<
  Record<string, Readonly<Record<string, (body: Body, known: Known) => boolean>>>
> = {
  'advise-decision': {
    R1: ({ decisionId, body }, known) =>
      body !== 'stuurgroep' ||
      steps(known, 'DecisionDecided', decisionId).some((e) => e.validFrom.latest < known.day),
  },
  'decide-decision': {
    R1: ({ decisionId, body }, known) =>
      body !== 'bestuurlijk-overleg' || steps(known, 'DecisionAdvised', decisionId).length === 0,
  },
  'adopt-decision': {
    R1: ({ decisionId }, known) => steps(known, 'DecisionDecided', decisionId).length === 0,
  },
  'determine-package': {
    R2: ({ until, size, intendedResults, costCents, decisionIds }, known) =>
      [size, intendedResults, costCents].includes(undefined) ||
      !inForce(known, decisionIds as readonly string[]) ||
      periodBroken(known, until as string),
  },
  'change-package': {
    R3: ({ circumstances }) => circumstances === undefined,
    R4: ({ decisionIds }, known) => !inForce(known, decisionIds as readonly string[]),
  },
  'determine-lump-sum': {
    R6: ({ budgetId, decisionIds, years }, known) =>
      budgetId === undefined ||
      (decisionIds as readonly string[]).length === 0 ||
      !inForce(known, decisionIds as readonly string[]) ||
      // The programs know periods of two years only.
      (years as readonly object[]).length < 2,
  },
  'conclude-plus-contract': {
    R10: ({ costCents, priceCents }, { figure }) =>
      costCents !== undefined &&
      priceCents !== undefined &&
      BigInt(priceCents as string) !==
        priceOf(BigInt(costCents as string), BigInt(figure('surcharge-percent') ?? '0')),
  },
  'record-referral': {
    R12: ({ details }, { figure }) => {
      const { direction, voortrajectNeeded, estimatedLoonwaardePercent } = details as Record<
        string,
        unknown
      >;
      const percent = Number(estimatedLoonwaardePercent);
      const [least, most] = ['minimum', 'maximum'].map((end) =>
        Number(figure(`loonwaarde-${end}-percent`) ?? '0'),
      );
      const ready = voortrajectNeeded !== true && percent >= least! && percent <= most!;
      return direction === 'demand-led' && !ready;
    },
  },
  'record-placement': {
    R13: ({ details }) => {
      const { term, outflowImpossible } = details as Record<string, unknown>;
      return term === 'structural' && outflowImpossible !== true;
    },
  },
  'report-wage-cost-subsidy': {
    R15: ({ grantedCents, totalCents }) =>
      grantedCents !== undefined && grantedCents !== totalCents,
  },
  'agree-indicator': {
    R17: ({ kind, from }, { day }) =>
      kind === 'goal' && from !== undefined && day >= (from as string),
  },
  'leave-partnership': { R19: ({ alsoLeavesGr }) => alsoLeavesGr !== true },
};

interface Judgement {
  readonly rule: string;
  readonly broken: boolean;
  readonly refuses: boolean;
}

/** What its rules make of this step; of a rule whose day is known roughly, nothing. */
export const judge = (
  all: readonly { readonly sequence: number; readonly entry: Entry }[],
  { command, body, mode, validFrom }: Step,
): readonly Judgement[] => {
  if (mode !== 'take' || validFrom.earliest !== validFrom.latest) return [];
  const day = validFrom.latest;
  const seen: Seen = seenAt(all, { v: day, k: all.length, perhaps: false });
  const perhaps = seenAt(all, { v: day, k: all.length, perhaps: true });
  return Object.entries(breaks[command] ?? {}).flatMap(([rule, broken]): Judgement[] => {
    const held = ruleAt(seen, rule);
    if (ruleAt(perhaps, rule)?.id !== held?.id) return [];
    if (held === undefined) return [{ rule, broken: false, refuses: false }];
    const figure = (name: string) => held.data.figures.find((f) => f.name === name)?.value;
    return [
      {
        rule,
        broken: broken(body, { seen, day, figure }),
        refuses: !['advice', 'explanation'].includes(held.data.authority),
      },
    ];
  });
};

/** Whether a municipality is already known as one that takes part, or took part. */
export const isKnownMember = (
  all: readonly { readonly sequence: number; readonly entry: Entry }[],
  code: string,
): boolean => {
  const seen = seenAt(all, { v: '2999-12-31', k: all.length, perhaps: true });
  return happened(seen, 'MemberJoined', 'MunicipalitiesMerged').some((e) =>
    e.type === 'MemberJoined' ? e.data.municipality === code : e.data.successor === code,
  );
};
