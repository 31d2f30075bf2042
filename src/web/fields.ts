/** Any answer or event as names with values: for what has no page of its own. */
import { html, type Part } from './html.ts';
import { dateText, decimalText, euros, roughText } from './notation.ts';

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isRough = (value: Readonly<Record<string, unknown>>): value is { latest: string } =>
  typeof value['latest'] === 'string' &&
  Object.keys(value).every((name) => ['earliest', 'latest', 'wording'].includes(name));

/** How deep answers are shown; below that as they are. */
const deepest = 5;

const valueOf = (name: string, value: unknown, depth: number): Part => {
  if (value === null || value === undefined) return undefined;
  if (typeof value === 'boolean') return value ? 'ja' : 'nee';
  if (typeof value === 'number') return decimalText(String(value));
  if (typeof value === 'string') {
    if (/Cents$/.test(name) && /^-?\d+$/.test(value)) return euros(value);
    return /^\d{4}-\d{2}-\d{2}$/.test(value) ? dateText(value) : value;
  }
  if (depth === 0) return JSON.stringify(value);
  if (Array.isArray(value))
    return value.length === 0
      ? undefined
      : html`<ul class="list">
          ${value.map((one) => html`<li>${valueOf(name, one, depth - 1)}</li>`)}
        </ul>`;
  if (!isRecord(value)) return undefined;
  return isRough(value) ? roughText(value) : fieldsOf(value, depth - 1);
};

/** @param item plain JSON, as the API gives it */
export const fieldsOf = (item: unknown, depth = deepest): Part =>
  isRecord(item) &&
  html`<dl class="facts">
    ${Object.entries(item)
      .map(([name, value]) => [name, valueOf(name, value, depth)] as const)
      .filter(([, shown]) => shown !== undefined && shown !== '' && shown !== false)
      .map(
        ([name, shown]) =>
          html`<div class="facts__row">
            <dt>${name}</dt>
            <dd>${shown}</dd>
          </div>`,
      )}
  </dl>`;
