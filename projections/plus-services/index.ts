/** Services of the pluspakket: who gives them where, and which moved into the basispakket. */
import type { Entry, EntryFor } from '../../events/index.ts';
import type { RoughDate } from '../../events/values.ts';
import {
  byField,
  evidenceOf,
  type Fact,
  fact,
  type Json,
  type Projection,
  valueFrom,
  valueOf,
  withPrefix,
} from '../core.ts';

type Offered = EntryFor<'PlusServiceOffered'>['data'] & {
  readonly since: RoughDate;
  readonly evidence: Json;
};

interface Arrangement {
  readonly municipality: string;
}

const apply = (entry: Entry): readonly Fact[] => {
  switch (entry.type) {
    case 'PlusServiceOffered': {
      const value = valueFrom(entry, { since: entry.validFrom });
      return [fact(entry, entry.data.serviceId, 'service', value)];
    }
    case 'PlusServiceArranged': {
      const { serviceId, municipality, provider, note } = entry.data;
      const since = entry.validFrom;
      const value = { municipality, provider, since, note, evidence: evidenceOf(entry) };
      return [fact(entry, serviceId, `arrangement:${municipality}`, value)];
    }
    case 'PlusServiceEnded': {
      const { serviceId, municipality, reason } = entry.data;
      if (municipality !== undefined)
        return [fact(entry, serviceId, `arrangement:${municipality}`, null)];
      const value = { since: entry.validFrom, reason, evidence: evidenceOf(entry) };
      return [fact(entry, serviceId, 'ended', value)];
    }
    case 'PlusServiceMoved': {
      const { serviceId, decisionIds, scope } = entry.data;
      const since = entry.validFrom;
      const value = { since, decisionIds, scope, evidence: evidenceOf(entry) };
      return [fact(entry, serviceId, 'moved', value)];
    }
    default:
      return [];
  }
};

export const plusServices: Projection = {
  question: 'plus-services',
  apply,
  assemble: (_thing, facts) => {
    const service = valueOf<Offered>(facts, 'service');
    if (service === undefined) return undefined;
    const moved = valueOf<object>(facts, 'moved');
    const ended = valueOf<object>(facts, 'ended');
    const status = moved ? 'in-package' : ended ? 'ended' : 'on-offer';
    const arrangements =
      status === 'on-offer'
        ? withPrefix(facts, 'arrangement:')
            .map((f) => f.value as unknown as Arrangement)
            .toSorted((a, b) => (a.municipality < b.municipality ? -1 : 1))
        : [];
    const municipalities = arrangements.map((a) => a.municipality);
    const { evidence, ...rest } = service;
    const item = { ...rest, status, municipalities, arrangements, moved, ended, evidence };
    return { item, from: facts };
  },
  sortKey: byField('name'),
};
