/** Any answer or event as names with values: for what has no page of its own. */
import { labelOf } from '../ledger/labels.ts';
import type { Asked } from './asked.ts';
import { html, type Part } from './html.ts';
import { decimalText, euros, roughText } from './notation.ts';
import { readable } from './shown.ts';
import { anyWord } from './words.ts';

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isRough = (value: Readonly<Record<string, unknown>>): value is { latest: string } =>
  typeof value['latest'] === 'string' &&
  Object.keys(value).every((name) => ['earliest', 'latest', 'wording'].includes(name));

/** How deep answers are shown; below that as they are. */
const deepest = 5;

/** Only what people read: no ids, no sources, which stand beside it. */
const unread = new Set(['evidence', 'certainty', 'basis', 'eventId', 'setBy', 'postings']);
const isId = (value: unknown): boolean =>
  typeof value === 'string' &&
  (/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/.test(value) || /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-/.test(value));

interface Shown {
  readonly asked: Asked;
  /** Everything, ids included. */
  readonly whole: boolean;
  readonly depth: number;
}

const valueOf = (name: string, value: unknown, shown: Shown): Part => {
  const { asked, depth } = shown;
  if (value === null || value === undefined) return undefined;
  if (typeof value === 'boolean') return value ? 'ja' : 'nee';
  if (typeof value === 'number')
    return /[yY]ear/.test(name) ? String(value) : decimalText(String(value));
  if (typeof value === 'string') {
    if (/Cents$/.test(name) && /^-?\d+$/.test(value)) return euros(value);
    return readable(asked, anyWord(value));
  }
  if (depth === 0) return JSON.stringify(value);
  const inner = { ...shown, depth: depth - 1 };
  if (Array.isArray(value)) return listOf(name, value, inner);
  if (!isRecord(value)) return undefined;
  return isRough(value) ? roughText(value) : rowsOf(value, inner);
};

const listOf = (name: string, values: readonly unknown[], shown: Shown): Part => {
  const found = values
    .filter((value) => shown.whole || !isId(value))
    .map((value) => valueOf(name, value, shown))
    .filter((part) => part !== undefined && part !== '');
  return found.length === 0
    ? undefined
    : html`<ul class="list">
        ${found.map((part) => html`<li>${part}</li>`)}
      </ul>`;
};

const rowsOf = (item: Readonly<Record<string, unknown>>, shown: Shown): Part => {
  const rows = Object.entries(item)
    .filter(([name, value]) => shown.whole || !(unread.has(name) || isId(value)))
    .map(([name, value]) => [name, valueOf(name, value, shown)] as const)
    .filter(([, part]) => part !== undefined && part !== '' && part !== false);
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
  isRecord(item) && rowsOf(item, { asked, whole: false, depth: deepest });

/** All of it. */
export const wholeOf = (asked: Asked, item: unknown): Part =>
  isRecord(item) && rowsOf(item, { asked, whole: true, depth: deepest });
