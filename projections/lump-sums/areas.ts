/** What each execution area pays of a lump sum: the shares of its municipalities together. */
import type { Entry } from '../../events/index.ts';
import { cents, centsText } from '../../events/values.ts';
import { common, type Fact, fact, type HeldFact, withPrefix } from '../core.ts';
import { partPercent } from './figures.ts';

interface Area {
  readonly areaId: string;
  readonly name: string;
  readonly municipalities: readonly string[];
}
interface Share {
  readonly municipality: string;
  readonly amountCents: string;
}

export const areaFacts = (entry: Entry): readonly Fact[] => {
  if (entry.type === 'ExecutionAreaFormed')
    return [fact(entry, common, `area:${entry.data.areaId}`, entry.data)];
  if (entry.type === 'ExecutionAreaEnded')
    return [fact(entry, common, `area:${entry.data.areaId}`, null)];
  return [];
};

const sum = (shares: readonly Share[]): bigint =>
  shares.reduce((total, share) => total + cents(share.amountCents), 0n);

/** Areas of which a municipality has a share, by name, with the facts they rest on. */
export const areaAmounts = (shares: readonly Share[], facts: readonly HeldFact[]) => {
  const whole = sum(shares);
  const found = withPrefix(facts, 'area:').flatMap((held) => {
    const { areaId, name, municipalities } = held.value as unknown as Area;
    const own = shares.filter((share) => municipalities.includes(share.municipality));
    if (own.length === 0) return [];
    const amount = sum(own);
    const percentOfShares = partPercent(amount, whole);
    return [{ held, item: { areaId, name, amountCents: centsText(amount), percentOfShares } }];
  });
  found.sort((a, b) => (a.item.name < b.item.name ? -1 : 1));
  return { areas: found.map(({ item }) => item), from: found.map(({ held }) => held) };
};
