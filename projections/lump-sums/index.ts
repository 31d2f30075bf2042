/** Lump sums per period: expected, proposed or determined, with shares, surcharge and findings. */
import type { EntryFor } from '../../events/index.ts';
import { cents, centsText } from '../../events/values.ts';
import {
  byField,
  common as commonThing,
  type Fact,
  fact,
  type HeldFact,
  type Json,
  type Projection,
  valueFrom,
  valueOf,
} from '../core.ts';
import { findingsAbout, findingsIn } from '../findings/about.ts';
import { areaAmounts, areaFacts } from './areas.ts';
import { changePercent, surchargeIn } from './figures.ts';

type Table = EntryFor<'LumpSumDetermined'>['data'] & { readonly evidence: Json };
type Year = Table['years'][number];

const totals = (entry: EntryFor<'LumpSumProposed' | 'LumpSumDetermined'>): readonly Fact[] =>
  entry.data.years.flatMap(({ year, totalCents }) =>
    totalCents === undefined ? [] : [fact(entry, commonThing, `total:${year}`, { totalCents })],
  );

export const lumpSums: Projection = {
  question: 'lump-sums',
  apply: (entry) => {
    switch (entry.type) {
      case 'LumpSumExpected':
        return [fact(entry, entry.data.lumpSumId, 'expected', valueFrom(entry))];
      case 'LumpSumProposed':
        return [fact(entry, entry.data.lumpSumId, 'proposed', valueFrom(entry)), ...totals(entry)];
      case 'LumpSumDetermined':
        return [
          fact(entry, entry.data.lumpSumId, 'determined', valueFrom(entry)),
          ...totals(entry),
        ];
      case 'LumpSumWithdrawn':
        return [fact(entry, entry.data.lumpSumId, 'withdrawn', valueFrom(entry))];
      case 'RuleSet':
        return entry.data.rule === 'R7' ? [fact(entry, commonThing, 'R7', valueFrom(entry))] : [];
      case 'RuleEnded':
        return entry.data.rule === 'R7' ? [fact(entry, commonThing, 'R7', null)] : [];
      default:
        return [...areaFacts(entry), ...findingsAbout(entry, 'lump-sum')];
    }
  },
  assemble: (_thing, facts, common) => {
    const determined = valueOf<Table>(facts, 'determined');
    const proposed = valueOf<Table>(facts, 'proposed');
    const expected = valueOf<EntryFor<'LumpSumExpected'>['data'] & { evidence: Json }>(
      facts,
      'expected',
    );
    const shown = determined ?? proposed;
    const source = shown ?? expected;
    if (source === undefined) return undefined;
    const { findings, resolvedBy } = findingsIn(facts, common);
    const used: HeldFact[] = [...facts, ...resolvedBy];
    const years = (shown?.years ?? []).map((year) => yearItem(year, common, used));
    const withdrawn = valueOf<object>(facts, 'withdrawn');
    const item = {
      lumpSumId: source.lumpSumId,
      period: { from: source.from, until: source.until },
      status: withdrawn
        ? 'withdrawn'
        : determined
          ? 'determined'
          : proposed
            ? 'proposed'
            : 'expected',
      expectation: expected?.expectation,
      years,
      keyId: shown?.keyId,
      budgetId: determined?.budgetId,
      decisionIds: determined?.decisionIds ?? [],
      circumstances: determined?.circumstances,
      note: shown?.note,
      findings,
      evidence: source.evidence,
    };
    return { item, from: used };
  },
  sortKey: (item) => byField('from')(periodOf(item)),
};

const periodOf = (item: Readonly<Record<string, unknown>>) =>
  item.period as Readonly<Record<string, unknown>>;

/** One year: as stated, what the rows add up to, what the surcharge makes of it, and its rise. */
const yearItem = (year: Year, common: readonly HeldFact[], used: HeldFact[]) => {
  const { totalCents } = year;
  const rule = common.find((f) => f.attribute === 'R7' && f.value !== null);
  const before = common.find((f) => f.attribute === `total:${year.year - 1}`);
  const percent = (rule?.value as unknown as EntryFor<'RuleSet'>['data'] | undefined)?.figures.find(
    (f) => f.name === 'surcharge-percent',
  )?.value;
  if (rule && totalCents !== undefined) used.push(rule);
  const beforeCents = (before?.value as { totalCents?: string } | undefined)?.totalCents;
  if (before && totalCents !== undefined) used.push(before);
  const { areas, from } = areaAmounts(year.shares, common);
  used.push(...from);
  return {
    year: year.year,
    totalStatedCents: totalCents,
    rounded: year.rounded,
    totalOfSharesCents:
      year.shares.length === 0
        ? undefined
        : centsText(year.shares.reduce((sum, s) => sum + cents(s.amountCents), 0n)),
    surcharge:
      totalCents === undefined || percent === undefined
        ? undefined
        : surchargeIn(totalCents, percent),
    changeFromYearBefore:
      totalCents === undefined || beforeCents === undefined
        ? undefined
        : { totalBeforeCents: beforeCents, changePercent: changePercent(beforeCents, totalCents) },
    shares: year.shares,
    areas,
  };
};
