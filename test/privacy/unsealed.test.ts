/** Every field, tag and type that stands in the open beside a person was judged, one by one. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { EventType } from '../../events/define.ts';
import { Envelope } from '../../events/entry.ts';
import { erasureEvents } from '../../events/erasures.ts';
import { checkText, tagsOf } from '../../events/index.ts';
import { peopleEvents } from '../../events/people.ts';
import { projections } from '../../projections/index.ts';
import { readSample, sampleNames } from '../golden/files.ts';

const record = readFileSync(
  new URL('../../docs/decisions/0018-what-stands-in-the-open.md', import.meta.url),
  'utf8',
);

/** First cells of its tables: what was judged. */
const judged = [...record.matchAll(/^\| `([^`]+)` \|/gm)].map(([, name]) => name!);

type Definition = Pick<EventType<string, z.ZodType>, 'type' | 'versions'>;
const definitions: readonly Definition[] = [...peopleEvents, ...erasureEvents];

/** Every value within, by path; of a choice, what can be chosen. */
const fieldsIn = (schema: z.ZodType, path: string): readonly string[] => {
  if (schema instanceof z.ZodOptional) return fieldsIn(schema.unwrap() as z.ZodType, path);
  if (schema instanceof z.ZodArray) return fieldsIn(schema.element as z.ZodType, path);
  if (schema instanceof z.ZodObject)
    return Object.entries(schema.shape as Record<string, z.ZodType>).flatMap(([name, field]) =>
      fieldsIn(field, `${path}.${name}`),
    );
  if (schema instanceof z.ZodEnum) return [`${path} = ${schema.options.join(' / ')}`];
  return [path];
};

const ofTypes = definitions.flatMap(({ type, versions }) =>
  versions.flatMap((schema) => [type, ...fieldsIn(schema, type)]),
);
const ofEntry = fieldsIn(Envelope.omit({ data: true, type: true }), 'entry');

const types = new Set(definitions.map(({ type }) => type));
const samples = sampleNames()
  .filter((name) => types.has(name.split('.')[0]!))
  .map((name) => checkText(readSample(name)));
const ofTags = [
  ...new Set(samples.flatMap(tagsOf).map((tag) => `tag ${tag.slice(0, tag.indexOf(':'))}`)),
];

describe('what stands in the open', () => {
  const open = [...new Set([...ofTypes, ...ofEntry, ...ofTags])];

  test.each(open)('%s was judged', (name) => {
    expect(judged, 'judge it in docs/decisions/0018').toContain(name);
  });

  test('nothing is judged that is not there', () => {
    expect(judged.filter((name) => !open.includes(name) && !name.startsWith('answer '))).toEqual(
      [],
    );
  });
});

test('what answers make of it holds no more than what was judged', () => {
  const fields = samples.flatMap((entry) =>
    projections.flatMap(({ apply, assemble }) => {
      const facts = apply(entry, { restingOn: () => [] }).map((f) => ({ ...f, eventId: entry.id }));
      return facts.flatMap((f) => {
        const made = assemble(f.thing, [f as never], [], '2999-01-01');
        return Object.keys(made?.item ?? {});
      });
    }),
  );
  const names = new Set(ofTypes.map((name) => /\.(\w+)/.exec(name)?.[1] ?? ''));
  const beside = [...new Set(fields)].filter((name) => !names.has(name)).sort();
  expect(beside.filter((name) => !judged.includes(`answer ${name}`))).toEqual([]);
});
