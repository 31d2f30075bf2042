/**
 * What commands would change, without recording anything: they are decided on a log laid over
 * this one, and their events laid over the read tables for as long as these are asked.
 */
import type { Actor } from '../../events/entry.ts';
import { checkAsks } from './access/index.ts';
import { type Change, changesBy, everyQuestion, withCauses } from './changes.ts';
import { type Problem, ProblemError } from './errors.ts';
import { type EventLog, LogUnavailableError, type StoredEvent } from './event-log.ts';
import type { Hmac, Ids, People } from './ports.ts';
import type { Asker, AskerParts, Question } from './questions.ts';
import { recorder, type Request } from './record.ts';
import { summary } from './summaries.ts';

/** Commands in one preview, at most. */
export const mostPreviewed = 50;

/** Questions whose changes are always told as well, whatever is asked about. */
const alsoCompared: readonly Question[] = [{ question: 'findings' }, { question: 'compliance' }];

/** What is asked when nothing is named. */
const others = everyQuestion.filter(
  ({ question }) => !alsoCompared.some((also) => also.question === question),
);

/** Times that it begins again because something was recorded meanwhile. */
const attempts = 50;

/** A command without key or actor: nothing is recorded of it. */
export type PreviewCommand = Omit<Request, 'key' | 'actor' | 'ifMatch'>;

export interface PreviewRequest {
  readonly commands: readonly PreviewCommand[];
  readonly actor: Actor;
  /** Absent: every question. */
  readonly question?: Question | undefined;
  readonly validAt?: string | undefined;
}

interface PreviewParts extends AskerParts {
  readonly ids: Ids;
  readonly hmac: Hmac;
  readonly rehearsal: () => Promise<Rehearsal>;
}

/** What reads as the ledger does now, and keeps to itself what is done to it. */
export interface Rehearsal {
  readonly log: EventLog;
  readonly people: People;
}

/**
 * Tells what would change on a date, and by which of the events that would be recorded.
 * @throws ProblemError as recording would, pointing at the command that was refused
 */
export const previewer =
  (asking: Asker, parts: PreviewParts) => async (request: PreviewRequest) => {
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      const tried = await parts.rehearsal();
      try {
        const told = await preview(asking, parts, tried, request);
        if (told !== undefined) return told;
      } finally {
        await tried.log.close();
      }
    }
    throw new LogUnavailableError('other writers kept changing what this preview rests on');
  };

/** Undefined when the ledger went on before the read tables could be asked. */
const preview = async (
  asking: Asker,
  parts: PreviewParts,
  { log: tried, people }: Rehearsal,
  { commands, actor, question, validAt }: PreviewRequest,
) => {
  if (question !== undefined) checkAsks(asking.rights, question.question);
  const head = tried.head().sequence;
  const before = await asking.momentOf({ validAt });
  if (before.knownAt !== head) return undefined;
  const record = recorder({ ...parts, log: tried, people });
  for (const [index, command] of commands.entries())
    await record({ ...command, key: `preview\n${index}`, actor }).catch(pointAt(index));
  const events = await tried.read('all', { from: head + 1 });
  const tables = parts.tables();
  if (tables.position() !== head) return undefined;
  const after = { validAt: before.validAt, knownAt: head + events.length };
  const { items, also, decisions } = tables.rehearse(events, () => {
    const span = { validAt: after.validAt, after: head, upTo: after.knownAt };
    const changed = (questions: readonly Question[]): readonly Change[] =>
      changesBy(asking, tables, questions, span);
    const items = changed(question === undefined ? others : [question]);
    const also = changed(alsoCompared);
    return { items, also, decisions: asking.decisionsIn([items, also], after) };
  });
  return shown(events, {
    asOf: before,
    items: (await withCauses(tried, items, before, after)).items,
    also: (await withCauses(tried, also, before, after)).items,
    events: (await asking.seen(events, tried)).map(toldEvent),
    decisions,
  });
};

/** It has no place in the ledger and no time: it was not recorded. */
const toldEvent = (event: StoredEvent) => {
  const { sequence: _sequence, recordedAt: _recordedAt, ...told } = summary(event);
  return told;
};

/** The same answer, with `preview:1` and so on for the ids of events that do not exist. */
const shown = <T>(events: readonly StoredEvent[], answer: T): T => {
  const names = new Map(events.map(({ entry }, index) => [entry.id, `preview:${index + 1}`]));
  const text = JSON.stringify(answer);
  return JSON.parse(text.replace(eventId, (id) => names.get(id) ?? id)) as T;
};

const eventId = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

/** Fields that stand beside the body of a command. */
const beside = /^\/(mode|validFrom|evidence)(\/|$)/;

/** The problem, told of the command in the list. */
const pointAt =
  (index: number) =>
  (error: unknown): never => {
    if (!(error instanceof ProblemError)) throw error;
    const { detail, errors = [] }: Problem = error.problem;
    const pointer = `/commands/${index}`;
    const flaws = errors.map((flaw) => ({
      ...flaw,
      pointer: `${pointer}${beside.test(flaw.pointer) ? '' : '/body'}${flaw.pointer}`,
    }));
    throw new ProblemError({
      ...error.problem,
      errors: flaws.length === 0 ? [{ pointer, detail }] : flaws,
    });
  };
