/**
 * The ledger as its faces see it: record, ask, compare, explain. Everything is given at a valid
 * date and as known at a sequence.
 */
import { differ, explainer, timelineReader } from './comparisons.ts';
import { ProblemError } from './errors.ts';
import type { Sequence } from './event-log.ts';
import type { Hmac, Ids } from './ports.ts';
import { previewer, type PreviewRequest, type Rehearsal } from './preview.ts';
import { postingReader } from './postings.ts';
import { asker, type AskerParts } from './questions.ts';
import type { ScratchTables } from './read-tables.ts';
import { recorder, type Recorded, type Request } from './record.ts';
import { replayer } from './replay.ts';

/** What can be recorded; the faces make their routes and lists of these. */
export { commands, type Command } from '../domain/index.ts';
export type { Moment, Question } from './questions.ts';

interface LedgerParts extends AskerParts {
  readonly scratch: ScratchTables;
  /** A log that reads as this one does now, and keeps to itself what is appended. */
  readonly rehearsal: () => Promise<Rehearsal>;
  readonly ids: Ids;
  readonly hmac: Hmac;
  /** Why nothing may be recorded, if so. */
  readonly readOnly: () => string | undefined;
}

export type Ledger = Awaited<ReturnType<typeof openLedger>>;

/** @throws Error when the log is empty: a ledger begins with `LedgerOpened` */
export const openLedger = async (parts: LedgerParts) => {
  const { log } = parts;
  const [first] = await log.read('all', { from: 0, to: 0 });
  if (first?.entry.type !== 'LedgerOpened') throw new Error('the log has no beginning');
  const opened = first.entry.data;
  const recordCommand = recorder(parts);
  const asking = asker(parts, opened);

  /** A refusal by a rule tells the decisions behind it as people know them. */
  const naming = async (error: unknown): Promise<never> => {
    if (!(error instanceof ProblemError)) throw error;
    const { decisionIds = [] } = error.problem.refusal ?? {};
    if (decisionIds.length === 0) throw error;
    const decisions = asking.decisionsIn({ decisionIds }, await asking.momentOf({}));
    throw new ProblemError({ ...error.problem, decisions });
  };

  return {
    opened,
    log,
    head: () => log.head(),
    /** Resolves when answers can be given as known at this sequence. */
    reached: parts.reached,

    /** Carries out a command. @throws ProblemError, LogUnavailableError */
    record: async (request: Request): Promise<Recorded> => {
      const why = parts.readOnly();
      if (why !== undefined) throw new ProblemError({ code: 'read-only', detail: why });
      const recorded = await recordCommand(request).catch(naming);
      await parts.reached(recorded.events.at(-1)!.sequence);
      return recorded;
    },

    /** The moment that an answer would be for. @throws ProblemError */
    moment: asking.momentOf,
    ask: asking.ask,
    askOne: asking.askOne,
    differences: differ(asking, log, parts.tables),
    explain: explainer(asking, parts.scratch),
    timeline: timelineReader(asking, log, parts.tables),
    preview: (request: PreviewRequest) => previewer(asking, parts)(request).catch(naming),
    replay: replayer(asking, log, parts.tables),
    postings: postingReader(asking, parts.tables),

    /** Highest sequence up to `knownAt` among the events about a thing: its ETag. */
    version: async (thing: string, knownAt: Sequence): Promise<Sequence> => {
      const [last] = await log.read([{ tags: [thing] }], {
        to: knownAt,
        direction: 'backward',
        limit: 1,
      });
      return last?.sequence ?? -1;
    },
  };
};
