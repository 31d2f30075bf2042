/** History again, event by event, with what each of them changed in the answers. */
import { checkAsks } from './access/index.ts';
import { changesBy, everyQuestion, toldChange } from './changes.ts';
import type { EventLog, Sequence, StoredEvent } from './event-log.ts';
import type { Asker, Moment, Question } from './questions.ts';
import type { ReadTables } from './read-tables.ts';
import { isAbout, mostLookedAt, summary } from './summaries.ts';

/** Events read from the log at once. */
const page = 100;

interface ReplayQuestion extends Moment {
  /** The sequence before the first. */
  readonly after: Sequence;
  readonly upTo?: Sequence | undefined;
  readonly about?: string | undefined;
  /** Only what changed in this question, and the events that changed something in it. */
  readonly question?: Question | undefined;
}

/**
 * Events in the order of the log. What one of them changed is told for a date: the one asked for,
 * or else the one from which the event itself holds for certain.
 */
export const replayer =
  (asking: Asker, log: EventLog, tables: () => ReadTables) =>
  async ({ after, upTo, about, question, ...moment }: ReplayQuestion, limit: number) => {
    if (question !== undefined) checkAsks(asking.rights, question.question);
    const asOf = await asking.momentOf(moment);
    const last = Math.min(upTo ?? asOf.knownAt, asOf.knownAt);
    const questions = question === undefined ? everyQuestion : [question];
    const changedBy = ({ sequence, entry }: StoredEvent) => {
      const validAt = moment.validAt ?? entry.validFrom.latest;
      const changes = changesBy(asking, tables(), questions, {
        validAt,
        after: sequence - 1,
        upTo: sequence,
      });
      return { validAt, changes: changes.map(toldChange) };
    };
    const items: (ReturnType<typeof summary> & ReturnType<typeof changedBy>)[] = [];
    let [at, full] = [after, false];
    while (at < last && !full && at - after < mostLookedAt) {
      // Others are served between two pages.
      await new Promise((resolve) => setImmediate(resolve));
      for (const event of await log.read('all', { from: at + 1, to: last, limit: page })) {
        full = items.length === limit;
        if (full) break;
        at = event.sequence;
        if ((await asking.seen([event])).length === 0) continue;
        if (!isAbout(event.entry, about)) continue;
        const changed = changedBy(event);
        if (question !== undefined && changed.changes.length === 0) continue;
        items.push({ ...summary(event), ...changed });
      }
    }
    const decisions = asking.decisionsIn(items, asOf);
    return { asOf, items, decisions, ...(at < last ? { next: String(at) } : {}) };
  };
