/**
 * Recording: a command is read, decided on the events it names, and appended on condition that
 * nothing it could have rested on has come since. Checks go in this order: the key, `If-Match`,
 * the rules.
 */
import canonicalize from 'canonicalize';
import { z } from 'zod';
import { type Actor, Evidence } from '../../events/entry.ts';
import { currentVersion, type Entry, tag } from '../../events/index.ts';
import { onDay, RoughDate } from '../../events/values.ts';
import { booksOf, commands, type Command, type Refusal } from '../domain/index.ts';
import { type Flaw, ProblemError } from './errors.ts';
import {
  ClockError,
  type EventLog,
  InvalidEntryError,
  LogUnavailableError,
  mostSkew,
  type QueryItem,
  type StoredEvent,
  TooLargeError,
} from './event-log.ts';
import { dateIn } from './moments.ts';
import { openedFor, prepared, sealedUnder, type ToStore } from './personal.ts';
import type { Clock, Hmac, Ids, People } from './ports.ts';

/** What every write has beside its own fields. */
const Circumstances = z.strictObject({
  mode: z.enum(['take', 'register']).default('take'),
  /** From when it holds; default: today in Amsterdam. */
  validFrom: RoughDate.optional(),
  evidence: z.array(Evidence).min(1).max(20).optional(),
});

export interface Request {
  readonly command: string;
  /** Fields of the command as they were sent, path parameters included. */
  readonly body: Readonly<Record<string, unknown>>;
  readonly mode?: unknown;
  readonly validFrom?: unknown;
  readonly evidence?: unknown;
  readonly key: string;
  readonly actor: Actor;
  /** Highest sequence of the thing as its writer has seen it. */
  readonly ifMatch?: number | undefined;
}

export interface Recorded {
  readonly events: readonly {
    readonly eventId: string;
    readonly sequence: number;
    readonly type: string;
    readonly recordedAt: string;
  }[];
  /** Data of the first of them, in its newest version. */
  readonly data: Entry['data'];
  /** The same command had been recorded before; these are its first events. */
  readonly repeated: boolean;
  /** Fields that the ledger filled in, such as the id of a new thing. */
  readonly created?: Readonly<Record<string, string>> | undefined;
}

interface Recorder {
  readonly log: EventLog;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly hmac: Hmac;
  readonly people: People;
}

type CommandNamed = (name: string) => Command<never> | undefined;

const byName = new Map(commands.map((c) => [c.name, c]));
export const commandNamed: CommandNamed = (name) => byName.get(name);

const attempts = 50;

/** @param known the commands that it carries out */
export const recorder = (
  { log, clock, ids, hmac, people }: Recorder,
  known: CommandNamed = commandNamed,
) => {
  let lastStamp = '';
  const stamp = (): string => {
    const now = clock.now();
    const ahead = (instant: string): number =>
      instant === '' ? 0 : Date.parse(instant) - Date.parse(now);
    const head = log.head().recordedAt ?? '';
    if (ahead(head) > mostSkew) throw new ClockError(-ahead(head), 'ledger');
    // Of a clock that has been set right since, and by which nothing was recorded.
    if (ahead(lastStamp) > mostSkew) lastStamp = '';
    lastStamp = [now, head, lastStamp].reduce((a, b) => (a > b ? a : b));
    return lastStamp;
  };

  return async (request: Request): Promise<Recorded> => {
    const read = readRequest(request, ids, known);
    const { command, circumstances } = read;
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      const { body, key } = prepared(command, read.body, people);
      const references = commandReferences(hmac, key?.hmac ?? hmac, request);
      const thing = command.thing?.(body);
      const query: readonly QueryItem[] = [
        ...command.sees(body),
        { tags: [tag('command', references.tag)] },
        ...(request.ifMatch === undefined || thing === undefined ? [] : [{ tags: [thing] }]),
      ];
      const after = log.head().sequence;
      const seen = await log.read(query, { to: after });
      const earlier = seen.filter((e) => e.entry.command.tag === references.tag);
      if (earlier.length > 0) return repeated(earlier, references.input);
      if (request.ifMatch !== undefined && thing !== undefined)
        await checkMatch(log, thing, request.ifMatch, after);
      const today = dateIn(stamp());
      const books = booksOf(
        seen.map((e) => e.entry),
        openedFor(key, seen),
      );
      const outcome = command.decide(body, books, {
        mode: circumstances.mode,
        validFrom: circumstances.validFrom ?? onDay(today),
        evidence: circumstances.evidence ?? [],
        today,
        eventId: ids.eventId,
        ulid: ids.ulid,
      });
      if (!outcome.ok) throw refused(outcome.refusal);
      // A new key is kept before the first event under it: a crash in between leaves a key too
      // many. Others write meanwhile: the append finds what this rests on, and time goes on.
      if (key?.keep !== undefined && !(await key.keep())) continue;
      const recordedAt = stamp();
      if (dateIn(recordedAt) !== today) continue;
      const entries = outcome.events.map((event) =>
        entryOf(sealedUnder(key, event), recordedAt, request.actor, references, circumstances),
      );
      const done = await append(log, entries, query, after);
      if (done.outcome !== 'appended') continue;
      return {
        events: receipts(entries, done.first),
        data: entries[0]!.data,
        repeated: false,
        created: read.created,
      };
    }
    throw new LogUnavailableError('other writers kept changing what this command rests on');
  };
};

const refused = (refusal: Refusal): ProblemError =>
  new ProblemError({ code: 'refused', detail: refusal.detail, refusal });

const receipts = (entries: readonly Entry[], first: number) =>
  entries.map((entry, i) => ({
    eventId: entry.id,
    sequence: first + i,
    type: entry.type,
    recordedAt: entry.recordedAt,
  }));

const append = async (
  log: EventLog,
  entries: readonly Entry[],
  query: readonly QueryItem[],
  after: number,
) => {
  try {
    return await log.append(entries, { failIfEventsMatch: query, after });
  } catch (error) {
    if (error instanceof TooLargeError)
      throw new ProblemError({ code: 'too-large', detail: 'Deze opdracht is te groot.' });
    if (error instanceof InvalidEntryError)
      throw new ProblemError({
        code: 'invalid',
        detail: 'Deze opdracht past niet in het formaat.',
      });
    throw error;
  }
};

const entryOf = (
  event: ToStore,
  recordedAt: string,
  actor: Actor,
  command: { readonly tag: string; readonly input: string },
  circumstances: z.infer<typeof Circumstances>,
): Entry =>
  ({
    format: 1,
    ...event,
    version: currentVersion(event.type),
    recordedAt,
    actor,
    command,
    ...(circumstances.evidence === undefined ? {} : { evidence: circumstances.evidence }),
  }) as Entry;

/** By which the events of a command are found again, without telling actor or key. */
export const commandReference = (hmac: Hmac, actorId: string, key: string): string =>
  hmac(`command\n${actorId}\n${key}`);

/**
 * Ties a command to its actor and key, without telling either.
 * @param inputHmac of the person whom the input is about, if it is about one
 */
const commandReferences = (hmac: Hmac, inputHmac: Hmac, request: Request) => {
  const { key, ifMatch: _ifMatch, ...input } = request;
  return {
    tag: commandReference(hmac, request.actor.id, key),
    input: inputHmac(`input\n${canonicalize(JSON.parse(JSON.stringify(input))) ?? ''}`),
  };
};

const repeated = (earlier: readonly StoredEvent[], input: string): Recorded => {
  if (earlier[0]!.entry.command.input !== input)
    throw new ProblemError({
      code: 'key-reused',
      detail: 'Deze Idempotency-Key is al gebruikt voor een andere opdracht.',
    });
  return {
    events: earlier.map(({ sequence, entry }) => ({
      eventId: entry.id,
      sequence,
      type: entry.type,
      recordedAt: entry.recordedAt,
    })),
    data: earlier[0]!.entry.data,
    repeated: true,
  };
};

/** What its writer has seen must be the last that was recorded about the thing. */
const checkMatch = async (log: EventLog, thing: string, ifMatch: number, head: number) => {
  const about = [{ tags: [thing] }];
  const [last] = await log.read(about, { to: head, direction: 'backward', limit: 1 });
  if ((last?.sequence ?? -1) === ifMatch) return;
  const since = await log.read(about, { from: ifMatch + 1, to: head, limit: 20 });
  throw new ProblemError({
    code: 'stale',
    detail: 'Dit is veranderd sinds u het las.',
    since: since.map(({ sequence, entry }) => ({ sequence, type: entry.type })),
  });
};

// --- reading what was sent

interface ReadRequest {
  readonly command: Command<never>;
  readonly body: never;
  readonly circumstances: z.infer<typeof Circumstances>;
  readonly created?: Readonly<Record<string, string>> | undefined;
}

const readRequest = (request: Request, ids: Ids, known: CommandNamed): ReadRequest => {
  const command = known(request.command);
  if (command === undefined)
    throw new ProblemError({
      code: 'not-found',
      detail: `De opdracht ${request.command} bestaat niet.`,
    });
  const { creates } = command;
  const created =
    creates !== undefined && request.body[creates] === undefined
      ? { [creates]: ids.ulid() }
      : undefined;
  const body = command.body.safeParse({ ...request.body, ...created });
  const circumstances = Circumstances.safeParse({
    ...(request.mode === undefined ? {} : { mode: request.mode }),
    ...(request.validFrom === undefined ? {} : { validFrom: request.validFrom }),
    ...(request.evidence === undefined ? {} : { evidence: request.evidence }),
  });
  const tellNames = command.personal !== true;
  const flaws = [...flawsOf(body.error, tellNames), ...flawsOf(circumstances.error, tellNames)];
  if (circumstances.data?.mode === 'register' && circumstances.data.evidence === undefined)
    flaws.push({ pointer: '/evidence', detail: 'registreren vraagt bewijs (evidence)' });
  if (!body.success || !circumstances.success || flaws.length > 0)
    throw new ProblemError({
      code: 'invalid',
      detail: `Ongeldige invoer: ${flaws.map((f) => `${f.pointer} ${f.detail}`).join('; ')}`,
      errors: flaws,
    });
  return { command, body: body.data, circumstances: circumstances.data, created };
};

/** @param tellNames false: the names of unknown fields are not repeated, for they may tell */
export const flawsOf = (error: z.ZodError | undefined, tellNames = true): Flaw[] =>
  (error?.issues ?? []).map((issue) => ({
    pointer: issue.path
      .map((part) => `/${String(part).replace(/~/g, '~0').replace(/\//g, '~1')}`)
      .join(''),
    detail: issue.code === 'unrecognized_keys' && !tellNames ? 'onbekend veld' : issue.message,
  }));
