/** How a noun that can be read is laid down: its path, its filters, what its answers look like. */
import { z } from 'zod';

export interface Resource {
  /** Path under `/v1/`, and the name of the question. */
  readonly path: string;
  /** Dutch, for the list and for one. */
  readonly list: string;
  readonly one: string;
  /** Name of the parameter that stands for one of them. */
  readonly param: string;
  readonly paramSchema: z.ZodType<string>;
  /** Kind of the tag that its events carry, for its ETag; absent: nothing is done to it. */
  readonly tagKind?: string;
  readonly filters: Readonly<Record<string, z.ZodOptional<z.ZodType<string>>>>;
  /** Filters that look in a list of the item: its name. */
  readonly within?: Readonly<Record<string, string>>;
  /** What a list holds unless more is asked for. */
  readonly only?: Readonly<Record<string, string>>;
  readonly item: z.ZodObject;
  /** Given whole, and not in pages: its items are summed when they are asked for. */
  readonly whole?: true;
  /** Its items are about persons: `opened` may be asked for. */
  readonly personal?: true;
}

export const filter = <S extends z.ZodType<string>>(schema: S, description: string) =>
  schema.optional().meta({ description });
export const Word = z.string().min(1).max(200);
