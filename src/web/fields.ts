/** Any answer or event as names with values: for what has no page of its own. */
import { labelOf } from '../ledger/labels.ts';
import type { Asked } from './asked.ts';
import { html, type Part } from './html.ts';
import { decimalText, euros, percentText, roughText } from './notation.ts';
import { badge, joined, link } from './parts.ts';
import { readable } from './shown.ts';
import { figureName } from './terms.ts';
import type { Named } from './things.ts';
import { anyWord, tones, word } from './words.ts';

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isRough = (value: Readonly<Record<string, unknown>>): value is { latest: string } =>
  typeof value['latest'] === 'string' &&
  Object.keys(value).every((name) => ['earliest', 'latest', 'wording'].includes(name));

interface Figure {
  readonly name: string;
  readonly value: string;
}

const isFigure = (
  value: Readonly<Record<string, unknown>>,
): value is Readonly<Record<string, unknown>> & Figure =>
  typeof value['name'] === 'string' &&
  typeof value['value'] === 'string' &&
  Object.keys(value).every((name) => ['name', 'value', 'unit'].includes(name));

/** `verschil Oss: € 304,50`; of a rule with its unit. */
export const figureLine = ({ name, value, unit }: Figure & { readonly unit?: unknown }): string => {
  const isCents = /-cents(-|$)/.test(name) && /^-?\d+$/.test(value);
  const isNumber = /^-?\d+(\.\d+)?$/.test(value) && !/(^|-)year$/.test(name);
  const text = isCents ? euros(value) : isNumber ? decimalText(value) : anyWord(value);
  const shown = typeof unit === 'string' && unit !== 'year' ? `${text} ${anyWord(unit)}` : text;
  return `${figureName(name)}: ${shown}`;
};

/** How deep answers are shown; below that as they are. */
const deepest = 5;

/** Only what people read: no ids, no sources, which stand beside it. */
const unread = new Set([
  ...['certainty', 'basis', 'eventId', 'setBy', 'postings'],
  ...['about', 'foundIn', 'eventTypes', 'balanceId'],
]);
/** Evidence of a source; that of a criterion says what it is, and is read. */
const isSources = (name: string, value: unknown): boolean =>
  name === 'evidence' &&
  Array.isArray(value) &&
  value.every((one) => isRecord(one) && 'source' in one);
const isId = (value: unknown): boolean =>
  typeof value === 'string' &&
  (/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/.test(value) || /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-/.test(value));

interface Shown {
  readonly asked: Asked;
  /** Everything, ids included. */
  readonly whole: boolean;
  readonly depth: number;
  /** What ids name, by id. */
  readonly names: ReadonlyMap<string, Named>;
}

const valueOf = (name: string, value: unknown, shown: Shown): Part => {
  const { asked, depth } = shown;
  if (value === null || value === undefined) return undefined;
  if (typeof value === 'boolean') return value ? 'ja' : 'nee';
  if (typeof value === 'number')
    return /[yY]ear/.test(name) ? String(value) : decimalText(String(value));
  if (typeof value === 'string') {
    if (/Cents$/.test(name) && /^-?\d+$/.test(value)) return euros(value);
    if (/percent/i.test(name) && /^-?\d+(\.\d+)?$/.test(value)) return percentText(value);
    if (/weight|target/i.test(name) && /^-?\d+\.\d+$/.test(value)) return decimalText(value);
    if (isId(value)) return idShown(shown, value);
    return readable(asked, anyWord(value));
  }
  if (depth === 0) return JSON.stringify(value);
  const inner = { ...shown, depth: depth - 1 };
  if (Array.isArray(value)) return listOf(name, value, inner);
  if (!isRecord(value)) return undefined;
  if (isFigure(value)) return readable(asked, figureLine(value));
  return isRough(value) ? roughText(value) : rowsOf(value, inner);
};

/** A decision, or what was looked up before, by its name; of other things the id, which is for systems. */
const idShown = ({ asked, names }: Shown, id: string): Part => {
  const known = names.get(id);
  if (known !== undefined) return known.to === undefined ? known.name : link(known.to, known.name);
  const found = asked.decision(id);
  if (found === undefined) return html`<code>${id}</code>`;
  const name = found.number === undefined ? found.title : `${found.number}. ${found.title}`;
  return link(asked.link(`/besluiten/${id}`), name);
};

/** Fields with the ids that stand in them, however deep. */
export const idsIn = (
  value: unknown,
  field = '',
): readonly (readonly [field: string, id: string])[] => {
  if (isId(value)) return [[field, value as string]];
  if (Array.isArray(value)) return value.flatMap((one) => idsIn(one, field));
  return isRecord(value) ? Object.entries(value).flatMap(([name, one]) => idsIn(one, name)) : [];
};

const listOf = (name: string, values: readonly unknown[], shown: Shown): Part => {
  const found = values
    .filter((value) => shown.whole || !isId(value))
    .map(
      (value) =>
        (isRecord(value) && (findingInWords(shown.asked, value) || lineOf(value, shown))) ||
        valueOf(name, value, shown),
    )
    .filter((part) => part !== undefined && part !== '');
  const words = found.filter((part) => typeof part === 'string' && part.length <= 30);
  if (words.length > 0 && words.length === found.length)
    return words.length === 1 ? words[0] : joined(words, ', ');
  return found.length === 0
    ? undefined
    : html`<ul class="list">
        ${found.map((part) => html`<li>${part}</li>`)}
      </ul>`;
};

type NamedPart = readonly [name: string, part: Part];

/** What says of what the rest is; an event has its fields by the alphabet of their names. */
const foremost = ['number', 'title', 'name', 'year', 'municipality', 'from', 'until', 'step'];

const byRank = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number => {
  const [x, y] = [foremost.indexOf(a), foremost.indexOf(b)];
  return (x < 0 ? foremost.length : x) - (y < 0 ? foremost.length : y);
};

const partsOf = (item: Readonly<Record<string, unknown>>, shown: Shown): readonly NamedPart[] =>
  Object.entries(item)
    .filter(
      ([name, value]) =>
        shown.whole || !(unread.has(name) || isSources(name, value) || isId(value)),
    )
    .sort(byRank)
    .map(([name, value]) => [name, valueOf(name, value, shown)] as const)
    .filter(([, part]) => part !== undefined && part !== '' && part !== false);

/** Most values that stand on one line. */
const mostOnLine = 5;

/** A finding on one line: how grave, what, by which rule, and its figures. */
export const findingInWords = (
  asked: Asked,
  { severity, description, rule, figures }: Readonly<Record<string, unknown>>,
): Part => {
  if (typeof severity !== 'string' || typeof description !== 'string') return undefined;
  const all = (Array.isArray(figures) ? (figures as readonly unknown[]) : [])
    .filter(isRecord)
    .filter(isFigure);
  return html`${badge(word('severity', severity), tones[severity] ?? 'neutral')}
  ${readable(asked, description)} ${typeof rule === 'string' && `(regel ${rule})`}
  ${
    all.length > 0 &&
    html`<div class="steps__when">
      ${joined(
        all.map((f) => readable(asked, figureLine(f))),
        '; ',
      )}
    </div>`
  }`;
};

/** A small member of a list on one line; undefined: it has parts of its own, or too many. */
const lineOf = (item: Readonly<Record<string, unknown>>, shown: Shown): Part => {
  if (isRough(item) || isFigure(item)) return undefined;
  const parts = partsOf(item, shown);
  const isSmall = parts.length <= mostOnLine && parts.every(([, part]) => typeof part === 'string');
  return isSmall && parts.length > 0
    ? joined(
        parts.map(([name, part]) => html`${labelOf(name)}: <strong>${part}</strong>`),
        '; ',
      )
    : undefined;
};

const rowsOf = (item: Readonly<Record<string, unknown>>, shown: Shown): Part => {
  const rows = partsOf(item, shown);
  return (
    rows.length > 0 &&
    html`<dl class="facts">
      ${rows.map(
        ([name, part]) =>
          html`<div class="facts__row">
            <dt>${labelOf(name)}</dt>
            <dd>${part}</dd>
          </div>`,
      )}
    </dl>`
  );
};

/** What people read of an item; false when there is nothing. @param item plain JSON */
export const fieldsOf = (asked: Asked, item: unknown): Part =>
  isRecord(item) && rowsOf(item, { asked, whole: false, depth: deepest, names: new Map() });

/** All of it. @param names of the things in it, by id */
export const wholeOf = (asked: Asked, item: unknown, names: ReadonlyMap<string, Named>): Part =>
  isRecord(item) && rowsOf(item, { asked, whole: true, depth: deepest, names });
