/** How one type of event is laid down: a schema per version, the way up, and its tags. */
import type { z } from 'zod';

/** What an event is about, for tags: kind → the ids of that kind. */
export type About = Readonly<Record<string, string | readonly string[] | undefined>>;

export interface EventType<Type extends string, Schema extends z.ZodType> {
  readonly type: Type;
  /** Schema of the newest version: what commands are made of. */
  readonly schema: Schema;
  /** Schema of each version ever stored, oldest first; version = index + 1. */
  readonly versions: readonly z.ZodType[];
  /** `upcasts[i]` brings data of version i + 1 to version i + 2. */
  readonly upcasts: readonly ((data: never) => unknown)[];
  readonly about: (data: z.infer<Schema>) => About;
}

/** A type with one version. */
export const event = <const Type extends string, Schema extends z.ZodType>(
  type: Type,
  schema: Schema,
  about: (data: z.infer<Schema>) => About,
): EventType<Type, Schema> => ({ type, schema, versions: [schema], upcasts: [], about });

/** Brings data of an older version to the newest; the result still has to be validated. */
export const upcast = (
  definition: Pick<EventType<string, z.ZodType>, 'upcasts'>,
  version: number,
  data: unknown,
): unknown =>
  definition.upcasts
    .slice(version - 1)
    .reduce<unknown>((value, step) => step(value as never), data);
