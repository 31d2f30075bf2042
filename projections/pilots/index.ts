/** Pilots with scenario III: how long they may run, how they were evaluated, how they ended. */
import type { EntryFor } from '../../events/index.ts';
import type { RoughDate } from '../../events/values.ts';
import {
  byField,
  fact,
  type HeldFact,
  type Json,
  type Projection,
  valueFrom,
  valueOf,
  withPrefix,
} from '../core.ts';
import { latestEndOf, limitFacts, limitIn } from './limit.ts';

type Started = EntryFor<'PilotStarted'>['data'] & {
  readonly startedOn: RoughDate;
  readonly evidence: Json;
};
type Ended = EntryFor<'PilotEnded'>['data'];

export const pilots: Projection = {
  question: 'pilots',
  apply: (entry) => {
    switch (entry.type) {
      case 'PilotStarted': {
        const value = valueFrom(entry, { startedOn: entry.validFrom });
        return [fact(entry, entry.data.pilotId, 'pilot', value)];
      }
      case 'PilotEvaluated': {
        const value = valueFrom(entry, { date: entry.validFrom });
        return [fact(entry, entry.data.pilotId, `evaluation:${entry.id}`, value)];
      }
      case 'PilotEnded': {
        const value = valueFrom(entry, { date: entry.validFrom });
        return [fact(entry, entry.data.pilotId, 'ended', value)];
      }
      default:
        return limitFacts(entry);
    }
  },
  assemble: (_thing, facts, common) => {
    const pilot = valueOf<Started>(facts, 'pilot');
    if (pilot === undefined) return undefined;
    const ended = valueOf<Ended>(facts, 'ended');
    const limit = limitIn(common);
    const { evidence, ...rest } = pilot;
    const item = {
      ...rest,
      status: ended?.how ?? 'running',
      latestEnd: latestEndOf(pilot.startedOn, limit),
      evaluations: withPrefix(facts, 'evaluation:').map(withoutPilot),
      ended,
      evidence,
    };
    return { item, from: limit === undefined ? facts : [...facts, limit] };
  },
  sortKey: byField('title'),
};

const withoutPilot = ({ value }: HeldFact) => {
  const { pilotId: _pilotId, ...rest } = value as Record<string, unknown>;
  return rest;
};
