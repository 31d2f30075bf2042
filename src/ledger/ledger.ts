/**
 * The ledger as its faces see it: record, ask, compare, explain. Everything is given at a valid
 * date and as known at a sequence.
 */
import type { EntryFor } from '../../events/index.ts';
import { actingAs, type Caller, everything, type Rights, rightsOf } from './access/index.ts';
import { differ, explainer, timelineReader } from './comparisons.ts';
import { type NamedDecision, ProblemError } from './errors.ts';
import type { EventLog } from './event-log.ts';
import { feedReader } from './feed.ts';
import { forgetter, type ForgetterParts } from './forgetting.ts';
import { lineOf } from './line.ts';
import { personReader } from './persons.ts';
import type { Hmac, Ids } from './ports.ts';
import { previewer, type PreviewRequest, type Rehearsal } from './preview.ts';
import type { Proofs } from './proofs.ts';
import { postingReader } from './postings.ts';
import { looker } from './looking.ts';
import { matchingReader } from './matching.ts';
import { partReader } from './list-parts.ts';
import { type Asker, asker, type AskerParts, type AsOf } from './questions.ts';
import { commandNamed, recorder, type Recorded, type Request } from './record.ts';
import { replayer } from './replay.ts';
import { type Tallies, yearCounter } from './years.ts';

/** What can be recorded; the faces make their routes and lists of these. */
export { commands, type Command } from '../domain/index.ts';
export type { Moment, Question } from './questions.ts';

export interface LedgerParts extends AskerParts, ForgetterParts {
  /** A log that reads as this one does now, and keeps to itself what is appended. */
  readonly rehearsal: () => Promise<Rehearsal>;
  readonly ids: Ids;
  readonly hmac: Hmac;
  readonly proofs: Proofs;
  /** Why nothing may be recorded, if so. */
  readonly readOnly: () => string | undefined;
}

interface Proven {
  /** A receipt (`tlog-proof`) for each of the events. */
  readonly proof: readonly string[];
}

export type Ledger = Awaited<ReturnType<typeof openLedger>>;
/** The ledger as it is for somebody. */
export type LedgerFor = ReturnType<Ledger['as']>;

type Opened = EntryFor<'LedgerOpened'>['data'];

/** What a ledger says of itself. @throws Error when the log is empty */
export const openingIn = async (log: EventLog): Promise<Opened> => {
  const [first] = await log.read('all', { from: 0, to: 0 });
  if (first?.entry.type !== 'LedgerOpened') throw new Error('the log has no beginning');
  return first.entry.data;
};

/** @throws Error when the log is empty: a ledger begins with `LedgerOpened` */
export const openLedger = async (parts: LedgerParts) => {
  const { log, proofs } = parts;
  const opened = await openingIn(log);
  const asking = asker(parts, opened);
  const forgetting = forgetter(parts);

  const naming = namingIn(asking);
  const record = recording(parts, naming, forgetting);
  const answering = answeringIn(parts, opened, naming);
  const as = forCallers({ parts, asking, answering, record });

  return {
    opened,
    log,
    proofs,
    head: () => log.head(),
    record,
    /** Carries out what was asked to be forgotten, and was cut off. */
    forget: forgetting.takeUp,
    ...personReader(parts),
    ...answering(everything),
    as,
  };
};

/** What is asked, as far as who asks may see it. */
const answeringIn = (parts: LedgerParts, opened: Opened, naming: Naming) => {
  const { log } = parts;
  const tallies: Tallies = new Map();
  return (rights: Rights) => {
    const asking = asker(parts, opened, rights);
    return {
      /** The moment that an answer would be for. @throws ProblemError */
      moment: asking.momentOf,
      ask: asking.ask,
      askOne: asking.askOne,
      differences: differ(asking, log, parts.tables),
      explain: explainer(asking),
      timeline: timelineReader(asking, log, parts.tables),
      years: yearCounter(asking, parts.tables, tallies),
      /** Number and title of a decision as it is at a moment, where the asker may see it. */
      decisionNamed: (decisionId: string, asOf: AsOf): NamedDecision | undefined =>
        asking.decisionsIn({ decisionIds: [decisionId] }, asOf)[0],
      preview: (request: PreviewRequest) => previewer(asking, parts)(request).catch(naming),
      replay: replayer(asking, log, parts.tables),
      postings: postingReader(asking, parts.tables),
      ...partReader(asking, parts.tables),
      ...feedReader(asking, log),
      matching: matchingReader(asking, log),
      ...looker(asking, log, parts.tables),
    };
  };
};

interface CallerParts {
  readonly parts: LedgerParts;
  /** Without limits. */
  readonly asking: Asker;
  readonly answering: ReturnType<typeof answeringIn>;
  readonly record: ReturnType<typeof recording>;
}

const forCallers = ({ parts, asking, answering, record }: CallerParts) => {
  const madeFor = (caller: Caller) => {
    const municipalities = lineOf(asking, parts, caller.municipality);
    const known = { ...caller, access: { ...caller.access, municipalities } };
    const answers = answering(rightsOf(known.access));
    const actorOf = (action: 'record' | 'preview', { command, body }: AskedCommand) =>
      actingAs(known, action, commandNamed(command), body);
    return {
      ...answers,
      access: known.access,
      /** Resolves when answers can be given as known at this sequence. */
      reached: parts.reached,
      proofs: parts.proofs,
      ...personReader(parts),
      record: async (request: Omit<Request, 'actor'>) =>
        record({ ...request, actor: actorOf('record', request) }),
      preview: async (request: Omit<PreviewRequest, 'actor'>) => {
        const [actor] = request.commands.map((one) => actorOf('preview', one));
        return answers.preview({ ...request, actor: actor! });
      },
    };
  };

  const made = new WeakMap<Caller, ReturnType<typeof madeFor>>();

  /**
   * The ledger as it is for somebody: nothing beyond their rights is seen or done. Made once for a
   * caller, unless it acts for a municipality: what merged into that changes as time goes by.
   */
  return (caller: Caller) => {
    const known = made.get(caller);
    if (known !== undefined) return known;
    const now = madeFor(caller);
    if (caller.municipality === undefined) made.set(caller, now);
    return now;
  };
};

type AskedCommand = Pick<Request, 'command' | 'body'>;

/** A refusal by a rule tells the decisions behind it as people know them. */
const namingIn =
  (asking: Asker) =>
  async (error: unknown): Promise<never> => {
    if (!(error instanceof ProblemError)) throw error;
    const { decisionIds = [] } = error.problem.refusal ?? {};
    if (decisionIds.length === 0) throw error;
    const decisions = asking.decisionsIn({ decisionIds }, await asking.momentOf({}));
    throw new ProblemError({ ...error.problem, decisions });
  };

type Naming = ReturnType<typeof namingIn>;

/** Carrying out a command, and what follows from it. @throws ProblemError, LogUnavailableError */
const recording = (
  parts: LedgerParts,
  naming: Naming,
  forgetting: ReturnType<typeof forgetter>,
) => {
  const recordCommand = recorder(parts);
  return async (request: Request): Promise<Recorded & Proven> => {
    const why = parts.readOnly();
    if (why !== undefined) throw new ProblemError({ code: 'read-only', detail: why });
    const recorded = await recordCommand(request).catch(naming);
    if (recorded.events.some(({ type }) => type === 'PersonErasureRequested'))
      await forgetting.takeUp();
    await parts.reached(recorded.events.at(-1)!.sequence);
    const proof = await parts.proofs.receipts(recorded.events.map(({ sequence }) => sequence));
    return { ...recorded, proof };
  };
};
