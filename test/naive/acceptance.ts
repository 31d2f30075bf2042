/**
 * Which rule a step breaks, for those that are simple (DOMAIN §5): said from what was recorded,
 * as the rules hold on the day of the step. Only of steps that are taken on a known day.
 */
import type { Entry } from '../../events/index.ts';
import type { Step } from '../support/programs.ts';
import { ruleAt } from './partnership.ts';
import { happened, type Seen, seenAt } from './seen.ts';

type Body = Readonly<Record<string, unknown>>;

/** What was recorded of a person and accepted: the ledger itself keeps it sealed. */
type Accepted = readonly Step[];

/** The price that R10 asks: cost and so many percent, to the nearest cent. */
const priceOf = (cost: bigint, percent: bigint): bigint =>
  (cost * (100n + percent) * 2n + 100n) / 200n;

const breaks: Readonly<
  Record<string, (body: Body, figure: (name: string) => string, past: Accepted) => boolean>
> = {
  R6: ({ budgetId, decisionIds, years }) =>
    budgetId === undefined ||
    (decisionIds as readonly string[]).length === 0 ||
    // The programs know periods of two years only.
    (years as readonly object[]).length < 2,
  R10: ({ costCents, priceCents }, figure) =>
    costCents !== undefined &&
    priceCents !== undefined &&
    BigInt(priceCents as string) !==
      priceOf(BigInt(costCents as string), BigInt(figure('surcharge-percent'))),
  R12: ({ details }, figure) => {
    const { direction, estimatedLoonwaardePercent: percent } = details as Record<string, string>;
    const [least, most] = ['minimum', 'maximum'].map((end) =>
      Number(figure(`loonwaarde-${end}-percent`)),
    );
    return direction === 'demand-led' && (Number(percent) < least! || Number(percent) > most!);
  },
  R13: ({ details }) => {
    const { term, outflowImpossible } = details as Record<string, unknown>;
    return term === 'structural' && outflowImpossible !== true;
  },
  R15: ({ placementId, step }, figure, past) => {
    const placed = past.find(
      (s) => s.command === 'record-placement' && s.body.placementId === placementId,
    );
    const { kind, reimbursedPercent } = step as Record<string, string>;
    return (
      kind === 'subsidy-granted' &&
      (placed?.body.details as { work?: string } | undefined)?.work === 'beschut' &&
      reimbursedPercent !== figure('beschut-subsidy-percent')
    );
  },
};

const about: Readonly<Record<string, string>> = {
  'determine-lump-sum': 'R6',
  'conclude-plus-contract': 'R10',
  'record-referral': 'R12',
  'record-placement': 'R13',
  'record-placement-step': 'R15',
};

interface Judgement {
  readonly rule: string;
  readonly broken: boolean;
  readonly refuses: boolean;
}

/** Undefined: nothing simple to say of this step. */
export const judge = (
  all: readonly { readonly sequence: number; readonly entry: Entry }[],
  { command, body, mode, validFrom }: Step,
  past: Accepted,
): Judgement | undefined => {
  const rule = about[command];
  if (rule === undefined || mode !== 'take' || validFrom.earliest !== validFrom.latest)
    return undefined;
  const seen: Seen = seenAt(all, { v: validFrom.latest, k: all.length, perhaps: false });
  // A rule whose day is known roughly may hold or not.
  const perhaps = seenAt(all, { v: validFrom.latest, k: all.length, perhaps: true });
  const held = ruleAt(seen, rule);
  if (ruleAt(perhaps, rule)?.id !== held?.id) return undefined;
  if (held === undefined) return { rule, broken: false, refuses: false };
  const figure = (name: string): string =>
    held.data.figures.find((f) => f.name === name)?.value ?? '0';
  return {
    rule,
    broken: breaks[rule]!(body, figure, past),
    refuses: !['advice', 'explanation'].includes(held.data.authority),
  };
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
