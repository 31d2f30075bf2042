/**
 * The small values that every event is made of, in their one normal form.
 *
 * Money is bigint cents in the code and a decimal string of cents in stored
 * JSON; percentages are decimal strings; dates are local dates in
 * Europe/Amsterdam; instants are UTC with three decimals.
 */
import { z } from 'zod';

const isoDate = /^\d{4}-\d{2}-\d{2}$/;

const isRealDate = (text: string): boolean => {
  if (!isoDate.test(text)) return false;
  const year = Number(text.slice(0, 4));
  const month = Number(text.slice(5, 7));
  const day = Number(text.slice(8, 10));
  if (year < 1900 || year > 2999 || month < 1 || month > 12) return false;
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  return day >= 1 && day <= (days[month - 1] ?? 0);
};

/** A calendar day in Europe/Amsterdam, `YYYY-MM-DD`, 1900 – 2999. Sorts as text. */
export const LocalDate = z
  .string()
  .refine(isRealDate, { error: 'verwacht een bestaande datum als JJJJ-MM-DD' })
  .meta({ id: 'LocalDate', format: 'date', example: '2021-07-01' });

/** A moment in UTC, always with three decimals and `Z`. Sorts as text. */
export const Instant = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}T([01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/, {
    error: 'verwacht een moment als JJJJ-MM-DDTUU:MM:SS.mmmZ',
  })
  .refine((text) => isRealDate(text.slice(0, 10)), { error: 'verwacht een bestaande datum' })
  .meta({ id: 'Instant', format: 'date-time' });

/** Text as people write it: NFC, no control characters but newline, no lone surrogates. */
const text = (max: number) =>
  z
    .string()
    .min(1)
    .max(max)
    .refine((s) => s.isWellFormed(), { error: 'bevat een los surrogaatteken' })
    .refine((s) => s === s.normalize('NFC'), { error: 'is niet in normaalvorm C (NFC)' })
    // Control characters, all but the newline.
    .refine((s) => !/[^\P{Cc}\n]/u.test(s), {
      error: 'bevat besturingstekens',
    })
    .refine((s) => s.trim().length > 0, { error: 'is leeg' });

/** One line of text: a name, a title. */
export const Line = text(200).refine((s) => !s.includes('\n'), {
  error: 'mag maar één regel zijn',
});
/** A paragraph at most. */
export const Note = text(2000);

/**
 * When something happened or holds, as far as it is known. `latest` alone: no later than that
 * day; both equal: that very day; both different: somewhere between. At a date v ≥ latest the
 * fact is certain, between earliest and latest uncertain.
 */
export const RoughDate = z
  .strictObject({
    earliest: LocalDate.optional(),
    latest: LocalDate,
    wording: Line.optional(),
  })
  .refine((d) => d.earliest === undefined || d.earliest <= d.latest, {
    error: 'earliest ligt na latest',
  })
  .meta({ id: 'RoughDate' });
export type RoughDate = z.infer<typeof RoughDate>;

/** The very day. */
export const onDay = (day: string): RoughDate => ({ earliest: day, latest: day });

/** The last of several, all of which are needed: each bound is the maximum. */
export const lastOf = (dates: readonly RoughDate[]): RoughDate => {
  const latest = dates.map((d) => d.latest).reduce((a, b) => (a > b ? a : b));
  const known = dates.flatMap((d) => (d.earliest === undefined ? [] : [d.earliest]));
  const earliest = known.length === 0 ? undefined : known.reduce((a, b) => (a > b ? a : b));
  return earliest === undefined ? { latest } : { earliest, latest };
};

/** Half-open `[from, until)`; an open end is absent. */
export const Period = z
  .strictObject({ from: LocalDate, until: LocalDate.optional() })
  .refine((p) => p.until === undefined || p.from < p.until, {
    error: 'until moet na from liggen',
  })
  .meta({ id: 'Period' });
export type Period = z.infer<typeof Period>;

/** Amount in cents as a decimal string, without sign or needless zeros, up to 10^15 − 1. */
export const CentsText = z
  .string()
  .regex(/^(0|[1-9]\d{0,14})$/, { error: 'verwacht een heel aantal eurocenten als tekst' })
  .meta({ id: 'Cents', description: 'Bedrag in eurocenten, als tekst', example: '45760100' });

export const cents = (text: string): bigint => BigInt(text);
export const centsText = (amount: bigint): string => amount.toString();

/** A decimal number as text, without needless zeros: `3`, `42.2`, `0.5`, `-1.25`. */
export const DecimalText = z
  .string()
  .regex(/^(0|-?(?:[1-9]\d{0,14}|0(?=\.))(?:\.\d{0,8}[1-9])?)$/, {
    error: 'verwacht een decimaal getal als tekst, zonder overbodige nullen',
  })
  .meta({ id: 'Decimal' });

/** CBS municipality code as TOOI writes it: `gm0828`. */
export const MunicipalityCode = z
  .string()
  .regex(/^gm\d{4}$/, { error: 'verwacht een gemeentecode als gm0828' })
  .meta({ id: 'MunicipalityCode', example: 'gm0828' });

/** Identity of a thing or a command: a ULID in capitals. */
export const Ulid = z
  .string()
  .regex(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/, { error: 'verwacht een ULID' })
  .meta({ id: 'Ulid' });

/** Identity of an event. */
export const EventId = z
  .string()
  .regex(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/, {
    error: 'verwacht een gebeurtenis-id (UUIDv7)',
  })
  .meta({ id: 'EventId' });

/** A stable short name in kebab-case. */
export const Slug = z
  .string()
  .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, { error: 'verwacht een naam in kebab-case' })
  .max(80)
  .meta({ id: 'Slug' });

export const Year = z.int().min(2000).max(2999);

/** A tag: what kind of thing, and which. */
export const TagText = z.string().regex(/^[a-z][a-z-]*:[a-z0-9.-]{1,80}$/);
