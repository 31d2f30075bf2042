/** Criterion 2: more than the law's share of IBN's activities is entrusted by those who control it. */
import { onOneScale } from '../../events/decimals.ts';
import type { Entry, EntryFor } from '../../events/index.ts';
import { cents, centsText } from '../../events/values.ts';
import { common, type Fact, fact, type HeldFact, withPrefix } from '../core.ts';
import { type Part, partOf, type Shown } from './judgements.ts';

/** Quasi-inbesteden as the law has it; its figures are dated, as those of every rule. */
const law = 'R22';

type Reported = Omit<EntryFor<'TurnoverReported'>['data'], 'turnoverId'>;
type Class = EntryFor<'TurnoverClassified'>['data']['class'];

export const activityFacts = (entry: Entry): readonly Fact[] => {
  switch (entry.type) {
    case 'RuleSet':
      return entry.data.rule === law ? [fact(entry, common, 'law', entry.data.figures)] : [];
    case 'RuleEnded':
      return entry.data.rule === law ? [fact(entry, common, 'law', null)] : [];
    case 'TurnoverReported': {
      const { turnoverId, ...line } = entry.data;
      return [fact(entry, common, `turnover:${line.year}:${turnoverId}`, line)];
    }
    case 'TurnoverClassified': {
      const { turnoverId, ...judged } = entry.data;
      const value = { ...judged, office: entry.actor.office };
      return [fact(entry, common, `class:${turnoverId}`, value)];
    }
    default:
      return [];
  }
};

interface Line extends Reported {
  readonly class: Class | undefined;
  readonly from: readonly HeldFact[];
}

/** Turnover as reported of a year; what was only expected counts where nothing else is there. */
const linesOf = (year: number, facts: readonly HeldFact[]): readonly Line[] => {
  const lines = withPrefix(facts, `turnover:${year}:`).map((f): Line => {
    const turnoverId = f.attribute.split(':')[2]!;
    const judged = facts.find((c) => c.attribute === `class:${turnoverId}`);
    const { class: judgedAs } = (judged?.value ?? {}) as { readonly class?: Class };
    const from = judged === undefined ? [f] : [f, judged];
    return { ...(f.value as unknown as Reported), class: judgedAs, from };
  });
  const real = lines.filter((line) => !line.projection);
  return real.length > 0 ? real : lines;
};

const sum = (lines: readonly Line[]): bigint =>
  lines.reduce((total, line) => total + cents(line.amountCents), 0n);

/** Those who control it, or another body they control, have entrusted it. */
const isEntrusted = (line: Line): boolean =>
  line.class === 'entrusted' || line.class === 'controlled-entity';

interface Year {
  readonly year: number;
  readonly lines: readonly Line[];
}

/** The figures of one year, as the dossier shows them. */
const yearItem = ({ year, lines }: Year) => ({
  year,
  totalCents: centsText(sum(lines)),
  entrustedCents: centsText(sum(lines.filter(isEntrusted))),
  marketCents: centsText(sum(lines.filter((line) => line.class === 'market'))),
  unclassedCents: centsText(sum(lines.filter((line) => line.class === undefined))),
  projection: lines.some((line) => line.projection),
});

/** Percent to two decimals, rounded down: what is exactly at the threshold never looks above it. */
const percentOf = (part: bigint, whole: bigint): string => {
  const hundredths = (part * 10_000n) / whole;
  const decimals = (hundredths % 100n).toString().padStart(2, '0').replace(/0+$/, '');
  return `${hundredths / 100n}${decimals === '' ? '' : `.${decimals}`}`;
};

/**
 * Average turnover over the years before the award: the sums compare as the averages do. Exactly
 * the law's share is not enough. A line without a class leaves it not shown, unless the rest
 * decides it whatever that line is.
 */
const resultOf = (years: readonly Year[], threshold: string): Part['result'] => {
  const lines = years.flatMap((year) => year.lines);
  const total = sum(lines);
  if (total === 0n || years.some((year) => year.lines.length === 0)) return 'not-shown';
  const [least = 0n, whole = 0n] = onOneScale([threshold, '100']);
  const above = (part: bigint) => part * whole > total * least;
  if (above(sum(lines.filter(isEntrusted)))) return 'met';
  return above(sum(lines.filter((line) => line.class !== 'market'))) ? 'not-shown' : 'not-met';
};

const missingIn = (years: readonly Year[]): readonly string[] => {
  const without = years.filter(({ lines }) => lines.length === 0).map(({ year }) => year);
  const unclassed = years
    .filter(({ lines }) => lines.some((line) => line.class === undefined))
    .map(({ year }) => year);
  return [
    ...(without.length === 0 ? [] : [`de omzet van IBN in ${without.join(', ')}`]),
    ...(unclassed.length === 0
      ? []
      : [`of alle omzet van ${unclassed.join(', ')} is opgedragen door de deelnemers`]),
  ];
};

const figure = (rule: HeldFact | undefined, name: string): string | undefined => {
  const figures = (rule?.value ?? []) as unknown as EntryFor<'RuleSet'>['data']['figures'];
  return figures.find((f) => f.name === name)?.value;
};

/** @param year in which IBN was awarded; so many years before it are measured as the law says */
export const activityPart = (
  own: readonly HeldFact[],
  shared: readonly HeldFact[],
  year: number,
) => {
  const rule = shared.find((f) => f.attribute === 'law' && f.value !== null);
  const threshold = figure(rule, 'entrusted-above-percent');
  const count = Number(figure(rule, 'measured-years') ?? 0);
  const years = Array.from({ length: count }, (_, i) => year - count + i).map((one) => ({
    year: one,
    lines: linesOf(one, shared),
  }));
  const lines = years.flatMap(({ lines: of }) => of);
  const evidence = lines.map((line): Shown => ({
    what: `Omzet ${line.year}${line.projection ? ' (verwacht)' : ''}: ${line.title}`,
    eventId: line.from[0]!.eventId,
  }));
  const total = sum(lines);
  const part = partOf(
    {
      part: 'activity',
      result: threshold === undefined ? 'not-shown' : resultOf(years, threshold),
      evidence,
      missing: threshold === undefined ? ['de maatstaf van de wet'] : missingIn(years),
      from: [...(rule ? [rule] : []), ...allOf(years, shared)],
    },
    own,
    shared,
  );
  const sharePercent = total === 0n ? undefined : percentOf(sum(lines.filter(isEntrusted)), total);
  return {
    part,
    figures: {
      thresholdPercent: threshold,
      years: years.map(yearItem),
      entrustedPercent: sharePercent,
    },
  };
};

/** Every line of the years, also those that another took the place of. */
const allOf = (years: readonly Year[], facts: readonly HeldFact[]): readonly HeldFact[] =>
  years.flatMap(({ year, lines }) => [
    ...withPrefix(facts, `turnover:${year}:`),
    ...lines.flatMap((line) => line.from),
  ]);
