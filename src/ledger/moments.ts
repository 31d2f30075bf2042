/**
 * The two times of a question. `validAt` is a local date in Amsterdam; `knownAt` is a sequence,
 * which a date or an instant only helps to find.
 */
import { Instant, LocalDate } from '../../events/values.ts';
import type { EventLog, Sequence } from './event-log.ts';
import { invalid } from './errors.ts';

const zone = 'Europe/Amsterdam';

/** The local date in Amsterdam at an instant. */
export const dateIn = (instant: string): string => {
  // Within an hour it is one date: offsets there are whole hours. Asked at every request.
  const hour = instant.slice(0, 13);
  if (lastDate?.hour !== hour) {
    const date = Temporal.Instant.from(instant).toZonedDateTimeISO(zone).toPlainDate().toString();
    lastDate = { hour, date };
  }
  return lastDate.date;
};

let lastDate: { readonly hour: string; readonly date: string } | undefined;

/** The instant at which the day after this date begins in Amsterdam. */
const endOfDay = (date: string): string =>
  stamp(Temporal.PlainDate.from(date).add({ days: 1 }).toZonedDateTime(zone).toInstant());

const stamp = (instant: Temporal.Instant): string =>
  instant.toString({ smallestUnit: 'millisecond', roundingMode: 'ceil' });

export const parseValidAt = (given: string | undefined, now: string): string => {
  if (given === undefined) return dateIn(now);
  const parsed = LocalDate.safeParse(given);
  if (!parsed.success) throw invalid('validAt', 'verwacht een bestaande datum als JJJJ-MM-DD');
  return parsed.data;
};

interface KnownAt {
  readonly sequence: Sequence;
  /** The moment asked about is not yet past: more may still be recorded before it. */
  readonly open: boolean;
}

const allowed =
  'verwacht een volgnummer (vanaf -1), een datum (JJJJ-MM-DD) of een moment (RFC 3339)';

/** @throws ProblemError when malformed, or beyond what the ledger holds */
export const parseKnownAt = async (
  given: string | undefined,
  log: EventLog,
  head: Sequence,
  now: string,
): Promise<KnownAt> => {
  if (given === undefined) return { sequence: head, open: false };
  if (/^(-1|0|[1-9]\d{0,14})$/.test(given)) {
    const sequence = Number(given);
    if (sequence > head) throw invalid('knownAt', `het hoogste volgnummer is ${head}`);
    return { sequence, open: false };
  }
  const bound = momentOf(given);
  if (bound === undefined) throw invalid('knownAt', allowed);
  return { sequence: await lastBefore(bound, log, head), open: bound > now };
};

const momentOf = (given: string): string | undefined => {
  if (LocalDate.safeParse(given).success) return endOfDay(given);
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$/.test(given))
    return undefined;
  try {
    const instant = stamp(Temporal.Instant.from(given));
    return Instant.safeParse(instant).success ? instant : undefined;
  } catch {
    return undefined;
  }
};

/** The last sequence recorded before an instant; recorded time never goes back. */
const lastBefore = async (bound: string, log: EventLog, head: Sequence): Promise<Sequence> => {
  let low = -1;
  let high = head;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    const [event] = await log.read('all', { from: middle, to: middle });
    if (event !== undefined && event.entry.recordedAt < bound) low = middle;
    else high = middle - 1;
  }
  return low;
};
