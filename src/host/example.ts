/**
 * Making the example: its steps are carried out one after the other, and kept some hundreds at a
 * time. Each has a key of its own, made of the seed and its number, so that what was cut off goes
 * on where it was.
 */
import { exampleSize, exampleSteps, type Step } from '../../events/example/index.ts';
import { tag } from '../../events/index.ts';
import { onDay } from '../../events/values.ts';
import { ProblemError } from '../ledger/errors.ts';
import type { EventLog } from '../ledger/event-log.ts';
import { filled } from '../ledger/import.ts';
import type { Hmac } from '../ledger/ports.ts';
import { commandReference, type Recorded, type Request } from '../ledger/record.ts';
import { exampleLedgerId } from './opening.ts';
import { type Settings, StartError } from './settings.ts';

interface Maker {
  readonly log: EventLog;
  readonly hmac: Hmac;
  /** Carries out commands that are kept together; nobody waits for the read tables. */
  readonly ahead: () => Promise<Ahead>;
  readonly progress?: (done: number, total: number) => void;
  readonly warn: (text: string) => void;
}

/** Commands that are carried out one after the other, and kept together. */
export interface Ahead {
  readonly record: (request: Request) => Promise<Recorded>;
  /** Resolves when all that was carried out is durable, in its order. Once. */
  readonly keep: () => Promise<void>;
}

/** Steps that are kept together: what a crash costs at most, and what is in memory. */
const together = 500;

const actor = { id: 'example', office: 'registrar' };

const keyOf = (seed: string, number: number): string => `example-${seed}-${number}`;

/** Makes what is not there yet. @throws StartError when a step is refused */
export const exampleMaker =
  (parts: Maker) =>
  async ({ events, seed }: Settings['example'], ledgerId: string): Promise<void> => {
    if (exampleLedgerId(seed) !== ledgerId) {
      parts.warn(`Dit voorbeeld is niet van zaad ${seed}; het wordt niet aangevuld.`);
      return;
    }
    const size = exampleSize(seed, events);
    const there = await stepsThere(parts, seed, size);
    if (there === size) return;
    const named = new Map<string, string>();
    let ahead = await parts.ahead();
    let number = 0;
    for (const step of exampleSteps(seed, events)) {
      // What is named is asked for again: its first event is needed later.
      if (number >= there || step.name !== undefined) {
        const recorded = await recordStep(ahead, step, keyOf(seed, number), named);
        if (step.name !== undefined) named.set(step.name, recorded.events[0]!.eventId);
      }
      number += 1;
      if (number <= there || (number % together > 0 && number < size)) continue;
      await ahead.keep();
      ahead = await parts.ahead();
      parts.progress?.(number, size);
    }
  };

/** How many of the steps are recorded, at most all; they came in order, so a search finds the last. */
const stepsThere = async ({ log, hmac }: Maker, seed: string, size: number): Promise<number> => {
  const isThere = async (count: number): Promise<boolean> => {
    const reference = commandReference(hmac, actor.id, keyOf(seed, count - 1));
    return (await log.read([{ tags: [tag('command', reference)] }], { limit: 1 })).length > 0;
  };
  if (await isThere(size)) return size;
  let [there, missing] = [0, size];
  while (missing - there > 1) {
    const middle = Math.floor((there + missing) / 2);
    if (await isThere(middle)) there = middle;
    else missing = middle;
  }
  return there;
};

const recordStep = async (
  { record }: Ahead,
  step: Step,
  key: string,
  named: ReadonlyMap<string, string>,
): Promise<Recorded> => {
  try {
    return await record(requestOf(step, key, named));
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    throw new StartError(`Het voorbeeld past niet: ${step.command} (${key}): ${error.message}`);
  }
};

/** The command of a step, its labels and names filled in. */
const requestOf = (
  { command, validFrom, mode, evidence, body }: Step,
  key: string,
  named: ReadonlyMap<string, string>,
): Request => ({
  command,
  mode,
  validFrom: onDay(validFrom),
  ...(evidence === undefined ? {} : { evidence: filled(evidence, {}) }),
  body: Object.fromEntries(
    Object.entries(filled(body, {}) as Step['body']).map(([field, value]) => [
      field,
      typeof value === 'string' && value.startsWith('#') ? named.get(value.slice(1)) : value,
    ]),
  ),
  key,
  actor,
});
