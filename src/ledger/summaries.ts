/** Events as lists show them: in short, with a Dutch line. */
import type { Entry } from '../../events/index.ts';
import { describe } from '../../projections/index.ts';
import type { StoredEvent } from './event-log.ts';

/** Events that one page looks at, at most: what is asked about may be rare. */
export const mostLookedAt = 5_000;

/** A thing's id or tag, wherever the event names it. */
export const isAbout = (entry: Entry, about: string | undefined): boolean =>
  about === undefined || JSON.stringify(entry.data).includes(about);

export const summary = ({ sequence, entry }: StoredEvent) => ({
  sequence,
  eventId: entry.id,
  type: entry.type,
  validFrom: entry.validFrom,
  recordedAt: entry.recordedAt,
  summary: describe(entry),
  evidence: entry.evidence ?? [],
});
