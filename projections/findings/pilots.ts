/** A pilot that runs past its years, and one that is over and was not evaluated (R11). */
import { later } from '../../events/calendar.ts';
import { tag } from '../../events/index.ts';
import type { RoughDate } from '../../events/values.ts';
import { fact, valueOf, withPrefix } from '../core.ts';
import { latestEndOf, limitFacts, limitIn } from '../pilots/limit.ts';
import type { DerivedKind } from './derived.ts';

const apply: DerivedKind['apply'] = (entry) => {
  switch (entry.type) {
    case 'PilotStarted':
      return [fact(entry, entry.data.pilotId, 'pilot', entry.data.title)];
    case 'PilotEvaluated':
      return [fact(entry, entry.data.pilotId, `evaluation:${entry.id}`, true)];
    case 'PilotEnded':
      return [fact(entry, entry.data.pilotId, 'ended', true)];
    default:
      return [];
  }
};

export const pilotPastLimit: DerivedKind = {
  kind: 'pilot-past-limit',
  apply: (entry, look) => [...apply(entry, look), ...limitFacts(entry)],
  assemble: (pilotId, facts, common, validAt) => {
    const pilot = facts.find((f) => f.attribute === 'pilot');
    const title = valueOf<string>(facts, 'pilot');
    if (pilot === undefined || title === undefined) return undefined;
    if (valueOf(facts, 'ended') !== undefined) return undefined;
    const limit = limitIn(common);
    const end = latestEndOf(pilot.from, limit);
    if (end === undefined || validAt < end.until) return undefined;
    return {
      description: `${title} loopt door na ${end.until}, ${end.years} jaar na het begin.`,
      since: sinceOf(pilot.from, end),
      about: [tag('pilot', pilotId)],
      figures: [
        { name: 'years', value: String(end.years) },
        { name: 'latest-end', value: end.until },
      ],
      from: [...facts, limit!],
    };
  },
};

/** A start that is known roughly gives a limit that is. */
const sinceOf = (start: RoughDate, end: { until: string; years?: string | undefined }) => {
  const earliest =
    start.earliest === undefined ? undefined : later(start.earliest, 'years', end.years ?? '');
  return { ...(earliest === undefined ? {} : { earliest }), latest: end.until };
};

export const pilotNotEvaluated: DerivedKind = {
  kind: 'pilot-not-evaluated',
  apply,
  assemble: (pilotId, facts) => {
    const title = valueOf<string>(facts, 'pilot');
    const ended = facts.find((f) => f.attribute === 'ended');
    if (title === undefined || ended === undefined) return undefined;
    if (withPrefix(facts, 'evaluation:').length > 0) return undefined;
    return {
      description: `${title} is voorbij en niet geëvalueerd.`,
      since: ended.from,
      about: [tag('pilot', pilotId)],
    };
  },
};
