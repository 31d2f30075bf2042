/** Dates, amounts and numbers as they are written in Dutch. */
import type { RoughDate } from '../../events/values.ts';

const minus = '−';
const zone = 'Europe/Amsterdam';

const months = [
  ...['januari', 'februari', 'maart', 'april', 'mei', 'juni', 'juli', 'augustus'],
  ...['september', 'oktober', 'november', 'december'],
];

/** Between these a line does not end: a sign and its amount, the parts of a date, what a number counts. */
const pairs = new RegExp(
  [
    '(?<=[€+−]) (?=[€\\d])',
    `(?<=\\b\\d{1,2}) (?=(?:${months.join('|')})\\b)`,
    `(?<=\\b(?:${months.join('|')})) (?=\\d{4}\\b)`,
    '(?<=\\d) (?=%|euro\\b|miljoen\\b|[–-] \\d{4}\\b)',
    '(?<=\\bom) (?=\\d{1,2}:\\d{2})',
    '(?<=\\b(?:besluit|regel|gebeurtenis|hoofdstuk|artikel|actie)) (?=R?\\d)',
  ].join('|'),
  'gi',
);

/** The same text, of which amounts and dates do not part at the end of a line. */
export const together = (text: string): string =>
  /\d/.test(text) ? text.replace(pairs, '\u00a0') : text;

/** `1 september 2021`. @param date local date as `2021-09-01` */
export const dateText = (date: string): string => {
  const [year, month, day] = date.split('-').map(Number);
  return `${day} ${months[(month ?? 1) - 1]} ${year}`;
};

/** `juni 2026`. @param month as `2026-06` */
export const monthText = (month: string): string => dateText(`${month}-01`).replace('1 ', '');

/** A date that may be known only roughly: its own words where it has them. */
export const roughText = ({ earliest, latest, wording }: RoughDate): string => {
  if (earliest === latest) return dateText(latest);
  if (wording !== undefined) return wording;
  if (earliest === undefined) return `uiterlijk ${dateText(latest)}`;
  return `tussen ${dateText(earliest)} en ${dateText(latest)}`;
};

/** `1 juli 2021 tot 1 januari 2023`; the end itself is not in it. */
export const periodText = ({ from, until }: { readonly from: string; readonly until?: string }) =>
  until === undefined ? `vanaf ${dateText(from)}` : `${dateText(from)} tot ${dateText(until)}`;

/** Years of a period, `2025-2026`. */
export const yearsText = ({ from, until }: { readonly from: string; readonly until: string }) => {
  const first = from.slice(0, 4);
  const last = until.endsWith('-01-01') ? String(Number(until.slice(0, 4)) - 1) : until.slice(0, 4);
  return first === last ? first : `${first}-${last}`;
};

const instantFormat = new Intl.DateTimeFormat('nl-NL', {
  timeZone: zone,
  dateStyle: 'long',
  timeStyle: 'short',
});
/** `24 november 2026 om 18:14`, in Amsterdam. @param instant RFC 3339 */
export const instantText = (instant: string): string => instantFormat.format(new Date(instant));

const grouped = (digits: string): string => digits.replace(/\B(?=(\d{3})+$)/g, '.');

const amount = (cents: bigint): string => {
  const text = String(cents < 0n ? -cents : cents).padStart(3, '0');
  const [euros, rest] = [grouped(text.slice(0, -2)), text.slice(-2)];
  return rest === '00' ? euros : `${euros},${rest}`;
};

/** `€ 457.601`, cents only where there are any. @param cents as the API gives it */
export const euros = (cents: string): string => {
  const value = BigInt(cents);
  return `${value < 0n ? `${minus} ` : ''}€ ${amount(value)}`;
};

/** `+ € 583.948` or `− € 1`: a difference has its sign first. */
export const eurosChange = (from: string, to: string): string => {
  const change = BigInt(to) - BigInt(from);
  if (change === 0n) return 'gelijk';
  return `${change < 0n ? minus : '+'} € ${amount(change)}`;
};

/** `42,2`. @param decimal with a point, as the API gives it */
export const decimalText = (decimal: string): string => {
  const [whole = '', part] = decimal.replace('-', minus).split('.');
  return part === undefined ? grouped(whole) : `${grouped(whole)},${part}`;
};

export const percentText = (decimal: string): string => `${decimalText(decimal)} %`;

export const countText = (count: number): string => grouped(String(count));
