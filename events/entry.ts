/**
 * The entry: what is stored, for ever. One object in canonical JSON (RFC 8785) that holds
 * everything except its sequence. These bytes are never made again after the first write.
 *
 * WARNING: every name in this folder is the storage format. Renaming a field, a type or an
 * enumeration value makes stored history unreadable. Add; never rename.
 */
import { z } from 'zod';
import { EventId, Instant, Line, MunicipalityCode, Note, RoughDate, Slug, Ulid } from './values.ts';

/** Largest entry, in bytes of canonical JSON. */
export const maxEntryBytes = 48 * 1024;
/** Largest total of the entries of one command, in bytes. */
export const maxCommandBytes = 512 * 1024;

/** Where a fact comes from, and how sure the source makes us. */
export const Evidence = z
  .strictObject({
    /** Short name of the document: S0 … S4, CBS, or a reference of the registrar's own. */
    source: Line,
    /** Where in it: a chapter, a number. */
    place: Line.optional(),
    basis: z.enum(['stated', 'inferred']),
    /** Why it may be inferred; required when it is. */
    reasoning: Note.optional(),
    /** It is a plan, not something that happened. */
    planned: z.literal(true).optional(),
    /** Since when the source can have been known. */
    learnedOn: RoughDate.optional(),
  })
  .refine((e) => e.basis === 'stated' || e.reasoning !== undefined, {
    error: 'een afgeleid feit vraagt een redenering (reasoning)',
    path: ['reasoning'],
  })
  .meta({ id: 'Evidence' });
export type Evidence = z.infer<typeof Evidence>;

/** Who did it: an opaque id, never a name. */
export const Actor = z
  .strictObject({
    id: z.string().regex(/^[a-z0-9][a-z0-9.-]{0,79}$/),
    office: Slug,
    municipality: MunicipalityCode.optional(),
  })
  .meta({ id: 'Actor' });
export type Actor = z.infer<typeof Actor>;

/**
 * A personal field, sealed with AES-256-GCM under the key of one person. The additional
 * authenticated data is the canonical JSON of `{ eventId, field, schema }`, so a sealed value
 * cannot be moved to another event or field.
 */
export const SealedField = z.strictObject({
  field: Slug,
  /** Version of the schema of the value inside. */
  schema: z.int().min(1).max(1000),
  /** Opaque id of the person's key. */
  key: Ulid,
  /** 96 bits, base64. */
  nonce: z.string().regex(/^[A-Za-z0-9+/]{16}$/),
  /** Ciphertext followed by the 128-bit tag, base64. */
  sealed: z
    .base64()
    .min(24)
    .max(16 * 1024),
});
export type SealedField = z.infer<typeof SealedField>;

/** HMAC-SHA-256 in lower-case hex. */
const Hmac = z.string().regex(/^[0-9a-f]{64}$/);

const CommandRef = z.strictObject({
  /** HMAC over actor and idempotency key: finds the command again without telling the key. */
  tag: Hmac,
  /** HMAC over method, path, actor and body. */
  input: Hmac,
});

const header = {
  format: z.literal(1),
  id: EventId,
  recordedAt: Instant,
  /** From when it holds; for an occurrence, when it happened. */
  validFrom: RoughDate,
  sealed: z.array(SealedField).min(1).max(32).optional(),
  actor: Actor,
  command: CommandRef,
  /** The event that set this one off, in another command. */
  correlation: EventId.optional(),
  /** Events of the decisions that this one rests on. */
  restsOn: z.array(EventId).min(1).max(400).optional(),
  /** The event that this one takes back. */
  reverses: EventId.optional(),
  evidence: z.array(Evidence).min(1).max(20).optional(),
};

/** The envelope with its data still unread. The data is read by the vocabulary. */
export const Envelope = z.strictObject({
  ...header,
  type: z.string().regex(/^[A-Z][A-Za-z]{2,59}$/),
  version: z.int().min(1).max(1000),
  data: z.record(z.string(), z.unknown()),
});
export type Envelope = z.infer<typeof Envelope>;

/** An entry with data of a known type; what the vocabulary makes of an {@link Envelope}. */
export type EntryOf<Type extends string, Data> = Omit<Envelope, 'type' | 'data'> & {
  readonly type: Type;
  readonly data: Data;
};
