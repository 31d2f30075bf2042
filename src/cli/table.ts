/** Tables and lists of fields in plain text. */
import { labelOf } from '../ledger/labels.ts';
import { columnsFor } from './columns.ts';
import { isFields, lineOf } from './values.ts';

type Fields = Readonly<Record<string, unknown>>;

const widest = 60;
/** What would drown a table; `--json` has all of it. */
const hidden = new Set([
  'basis',
  'basisOf',
  'evidence',
  'before',
  'after',
  'certainty',
  'mergedBy',
]);

/** A value on one line, as wide as a column may be. */
export const cell = (field: string, value: unknown): string => {
  if (value === undefined) return '';
  const line = lineOf(field, value) ?? (Array.isArray(value) ? `${value.length} ×` : '…');
  const flat = line.replace(/\s+/g, ' ');
  return flat.length > widest ? `${flat.slice(0, widest - 1)}…` : flat;
};

/** Fields in which two things differ. */
export const differing = (before: Fields, after: Fields): readonly string[] =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]),
  );

const isAmount = (field: string): boolean => /Cents$|Percent$|^(sequence|year|weight)$/.test(field);

/** One line an item, under a line of names. */
export const tableOf = (items: readonly Fields[]): readonly string[] => {
  const uncertain = items.some((item) => item.certainty === 'uncertain');
  const fields = [...(columnsFor(items) ?? fieldsIn(items)), ...(uncertain ? ['certainty'] : [])];
  const used = fields.filter((field) => items.some((item) => item[field] !== undefined));
  const rows = items.map((item) => used.map((field) => cell(field, item[field])));
  const heads = used.map(labelOf);
  const widths = used.map((_, i) =>
    Math.max(...[heads, ...rows].map((row) => (row[i] ?? '').length)),
  );
  const line = (row: readonly string[]): string =>
    row
      .map((text, i) =>
        isAmount(used[i] ?? '') ? text.padStart(widths[i] ?? 0) : text.padEnd(widths[i] ?? 0),
      )
      .join('  ')
      .trimEnd();
  return [line(heads), line(widths.map((w) => '-'.repeat(w))), ...rows.map(line)];
};

const fieldsIn = (items: readonly Fields[]): readonly string[] =>
  [...new Set(items.flatMap((item) => Object.keys(item)))].filter(
    (field) =>
      !hidden.has(field) && items.some((item) => lineOf(field, item[field] ?? '') !== undefined),
  );

/** One line a field; what is larger stands below it, indented. */
export const fieldsOf = (item: Fields): readonly string[] => {
  const shown = Object.entries(item).filter(
    ([field, value]) =>
      value !== undefined && (!hidden.has(field) || field === 'evidence' || uncertain(item, field)),
  );
  const width = Math.max(0, ...shown.map(([field]) => labelOf(field).length));
  return shown.flatMap(([field, value]) => {
    const name = labelOf(field);
    const line = lineOf(field, value);
    if (line !== undefined) return [`${name.padEnd(width)}  ${line}`];
    return [name, ...large(value).map((l) => `  ${l}`)];
  });
};

const uncertain = (item: Fields, field: string): boolean =>
  item.certainty === 'uncertain' && ['certainty', 'before', 'after'].includes(field);

const large = (value: unknown): readonly string[] => {
  if (!Array.isArray(value)) return isFields(value) ? fieldsOf(value) : [JSON.stringify(value)];
  const items = value.filter(isFields);
  if (items.length < value.length) return value.map((v) => `- ${JSON.stringify(v)}`);
  const nested = items.some((item) => Object.values(item).some(isList));
  if (!nested) return tableOf(items);
  return items.flatMap((item) => [...fieldsOf(item), '']).slice(0, -1);
};

/** A list of things within a thing does not fit in a cell. */
const isList = (value: unknown): boolean =>
  Array.isArray(value) && value.some(isFields) && lineOf('evidence', value) === undefined;
