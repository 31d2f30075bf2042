/** The ledger itself: how it began, what was taken back, what was lost. */
import { z } from 'zod';
import { event } from './define.ts';
import { EventId, Line, Note, Slug, TagText } from './values.ts';

const grouped = (tags: readonly string[]): Record<string, string[]> => {
  const kinds: Record<string, string[]> = {};
  for (const tag of tags) {
    const colon = tag.indexOf(':');
    (kinds[tag.slice(0, colon)] ??= []).push(tag.slice(colon + 1));
  }
  return kinds;
};

const LedgerOpened = event(
  'LedgerOpened',
  z.strictObject({
    /** 128 random bits in hex; from the seed for a made-up ledger. */
    ledgerId: z.string().regex(/^[0-9a-f]{32}$/),
    dataset: z.enum(['history', 'example', 'none']),
    /** True when what follows is made up. */
    madeUp: z.boolean(),
    title: Line,
    entryFormat: z.literal(1),
    hash: z.literal('sha-256'),
    canonicalisation: z.literal('rfc8785'),
    timeZone: z.literal('Europe/Amsterdam'),
  }),
  () => ({}),
);

/** Takes back the event named in the envelope's `reverses`, from this sequence on. */
export const FactReversed = event(
  'FactReversed',
  z.strictObject({
    /** The same id as in the envelope, so that it can be found by tag. */
    event: EventId,
    reversedType: z.string().max(60),
    /** Tags of the event taken back, so that whoever asks about its things sees this too. */
    about: z.array(TagText).max(60),
    reason: Note,
  }),
  (data) => ({ event: data.event, ...grouped(data.about) }),
);

/** The log was found to lack what had been seen before; somebody accepted that. */
const LossAccepted = event(
  'LossAccepted',
  z.strictObject({
    kind: Slug,
    /** Highest sequence that was seen before the loss. */
    seenSequence: z.int().min(-1),
    /** Head of the log that was found. */
    foundSequence: z.int().min(-1),
    reason: Note,
  }),
  () => ({}),
);

/** The ledger goes on in another log, which has everything before this; nothing comes after it. */
const LedgerMoved = event(
  'LedgerMoved',
  z.strictObject({
    to: z.enum(['sqlite', 'kurrentdb']),
    /** How many events were taken over: all before this one. */
    events: z.int().min(1),
    /** Root of their Merkle tree (RFC 9162), in hex: what a checkpoint of this size signs. */
    digest: z.string().regex(/^[0-9a-f]{64}$/),
  }),
  () => ({}),
);

export const ledgerEvents = [LedgerOpened, FactReversed, LossAccepted, LedgerMoved] as const;
