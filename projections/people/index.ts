/**
 * Referrals and placements with their steps, and what holds of persons. Nothing sealed is kept
 * here, opened or not: an item names its events, and whoever may open one finds it there.
 */
import type { EntryFor } from '../../events/index.ts';
import { byField, fact, type Projection, valueFrom, valueOf, withPrefix } from '../core.ts';

type Recorded = EntryFor<'ReferralRecorded' | 'PlacementRecorded'>;
type Step = EntryFor<'ReferralStepRecorded' | 'PlacementStepRecorded'>;

const recorded = (entry: Recorded, thing: string) =>
  fact(
    entry,
    thing,
    'recorded',
    valueFrom(entry, { date: entry.validFrom, eventId: entry.id, sealed: true }),
  );

const step = (entry: Step, thing: string) => {
  const { outcome } = entry.data;
  const value = { date: entry.validFrom, eventId: entry.id, outcome, sealed: true };
  return fact(entry, thing, `step:${entry.id}`, value);
};

const assemble: Projection['assemble'] = (_thing, facts) => {
  const item = valueOf<Record<string, unknown>>(facts, 'recorded');
  if (item === undefined) return undefined;
  const steps = withPrefix(facts, 'step:').map((f) => f.value);
  return { item: { ...item, steps }, from: facts };
};

export const referrals: Projection = {
  question: 'referrals',
  apply: (entry) => {
    if (entry.type === 'ReferralRecorded') return [recorded(entry, entry.data.referralId)];
    if (entry.type === 'ReferralStepRecorded') return [step(entry, entry.data.referralId)];
    return [];
  },
  assemble,
  sortKey: byField('municipality', 'referralId'),
};

export const placements: Projection = {
  question: 'placements',
  apply: (entry) => {
    if (entry.type === 'PlacementRecorded') return [recorded(entry, entry.data.placementId)];
    if (entry.type === 'PlacementStepRecorded') return [step(entry, entry.data.placementId)];
    return [];
  },
  assemble,
  sortKey: byField('municipality', 'placementId'),
};

export const circumstances: Projection = {
  question: 'circumstances',
  apply: (entry) => {
    if (entry.type !== 'CircumstanceRecorded') return [];
    const value = valueFrom(entry, { date: entry.validFrom, eventId: entry.id, sealed: true });
    return [fact(entry, entry.data.circumstanceId, 'recorded', value)];
  },
  assemble: (_thing, facts) => {
    const item = valueOf<Record<string, unknown>>(facts, 'recorded');
    return item && { item, from: facts };
  },
  sortKey: byField('municipality', 'circumstanceId'),
};
