/** What was typed into a form, as the body of its command; what does not fit is said per field. */
import { anyWord } from '../words.ts';
import type { Field } from './schema.ts';

/** A flaw in a field, in Dutch. */
export type Flaws = Readonly<Record<string, string>>;

/** Municipalities by code and by name. */
export type Codes = ReadonlyMap<string, string>;

class Flaw extends Error {}

const flaw = (text: string): never => {
  throw new Flaw(text);
};

/** `1-7-2021`, `1 juli 2021` or `2021-07-01`. @returns a local date */
export const dateIn = (text: string): string => {
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text);
  const dutch = /^(\d{1,2})[-/. ](\d{1,2}|[a-z]+)[-/. ](\d{4})$/i.exec(text);
  const [year, month, day] = iso?.slice(1) ?? dutch?.slice(1).reverse() ?? [];
  if (year === undefined) return flaw(`“${text}” is geen datum als 1-7-2021`);
  const number = /^\d/.test(month!) ? month! : String(months.indexOf(month!.toLowerCase()) + 1);
  return `${year}-${number.padStart(2, '0')}-${day!.padStart(2, '0')}`;
};

/** A date where it is one; otherwise the text as it is, for whoever judges dates. */
export const dateOrText = (text: string): string => {
  try {
    return dateIn(text);
  } catch {
    return text;
  }
};

const months = [
  ...['januari', 'februari', 'maart', 'april', 'mei', 'juni', 'juli', 'augustus'],
  ...['september', 'oktober', 'november', 'december'],
];

/** A day, `uiterlijk` a day, or `tussen` two days. */
export const roughDateIn = (
  text: string,
): { readonly earliest?: string; readonly latest: string } => {
  const between = /^tussen (.+) en (.+)$/i.exec(text);
  if (between) return { earliest: dateIn(between[1]!), latest: dateIn(between[2]!) };
  const atLatest = /^uiterlijk (.+)$/i.exec(text);
  if (atLatest) return { latest: dateIn(atLatest[1]!) };
  const day = dateIn(text);
  return { earliest: day, latest: day };
};

/** `1.234,56`, `€ 1234` → cents as text. */
export const centsIn = (text: string): string => {
  const plain = text.replace(/[€\s]/g, '').replace(/,-$/, '');
  const found = /^(\d{1,3}(?:\.\d{3})*|\d+)(?:,(\d{2}))?$/.exec(plain);
  if (found === null) return flaw(`“${text}” is geen bedrag in euro’s als 1.234,56`);
  const cents = `${found[1]!.replace(/\./g, '')}${found[2] ?? '00'}`;
  return cents.replace(/^0+(?=\d)/, '');
};

/** `42,50` → `42.5`. */
const decimalIn = (text: string): string => {
  const [, whole, part = ''] = /^(-?\d+)(?:[.,](\d+))?$/.exec(text.replace(/\s*%$/, '')) ?? [];
  if (whole === undefined) return flaw('verwacht een getal als 42,5');
  const kept = part.replace(/0+$/, '');
  return kept === '' ? whole : `${whole}.${kept}`;
};

const codeIn = (text: string, codes: Codes): string =>
  codes.get(text.trim().toLowerCase()) ?? flaw(`${text} is geen deelnemende gemeente`);

/** In a line it is typed, as the word that is shown. */
const choiceIn = (options: readonly string[], text: string): string =>
  options.find((one) => one === text || anyWord(one).toLowerCase() === text.toLowerCase()) ?? text;

const linesOf = (text: string): readonly string[] =>
  text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');

const cellsOf = (line: string): readonly string[] =>
  (line.includes('\t') ? line.split('\t') : line.split(';')).map((cell) => cell.trim());

const valueOf = (field: Field, text: string, codes: Codes): unknown => {
  switch (field.kind) {
    case 'date':
      return dateIn(text);
    case 'rough-date':
      return roughDateIn(text);
    case 'euros':
      return centsIn(text);
    case 'decimal':
      return decimalIn(text);
    case 'number':
      return /^-?\d{1,15}$/.test(text) ? Number(text) : flaw('verwacht een heel getal');
    case 'yes-no':
      return text === 'ja' ? true : text === 'nee' ? false : flaw('kies ja of nee');
    case 'choice':
      return choiceIn(field.options ?? [], text);
    case 'municipality':
      return codeIn(text, codes);
    case 'new-municipality':
      return codes.get(text.toLowerCase()) ?? text;
    case 'lines':
      return linesOf(text).map((line) => valueOf(field.item!, line, codes));
    case 'rows':
      return linesOf(text).map((line) => rowIn(field.columns ?? [], line, codes));
    case 'amounts-table':
      return amountsIn(text, codes);
    default:
      return text;
  }
};

const rowIn = (columns: readonly Field[], line: string, codes: Codes): unknown => {
  const row: Record<string, unknown> = {};
  cellsOf(line).forEach((cell, i) => {
    const column = columns[i] ?? flaw(`“${line}” heeft meer kolommen dan ${columns.length}`);
    if (cell !== '') put(row, column.name, valueOf(column, cell, codes));
  });
  return row;
};

/**
 * A table of shares as it is pasted: years in the first row, a municipality in each next one, and
 * perhaps the stated total in the last.
 */
export const amountsIn = (text: string, codes: Codes): unknown => {
  const [head, ...rest] = linesOf(text).map(cellsOf);
  const years = (head ?? []).slice(1);
  if (years.length === 0 || !years.every((year) => /^2\d{3}$/.test(year)))
    return flaw('begin met een regel als “gemeente; 2025; 2026”');
  const isTotal = (row: readonly string[]): boolean => /^totaal/i.test(row[0] ?? '');
  const total = rest.find(isTotal);
  const amount = (row: readonly string[], i: number): string | undefined => {
    const cell = row[i + 1] ?? '';
    return cell === '' ? undefined : centsIn(cell);
  };
  return years.map((year, i) => {
    const totalCents = total && amount(total, i);
    return {
      year: Number(year),
      ...(totalCents === undefined ? {} : { totalCents }),
      shares: rest
        .filter((row) => !isTotal(row))
        .flatMap((row) => {
          const amountCents = amount(row, i);
          const municipality = codeIn(row[0] ?? '', codes);
          return amountCents === undefined
            ? []
            : [{ municipality, amountCents, origin: 'published' }];
        }),
    };
  });
};

/** Puts a value at `a.b`. */
const put = (body: Record<string, unknown>, name: string, value: unknown): void => {
  const [first = '', ...rest] = name.split('.');
  if (rest.length === 0) body[first] = value;
  else put((body[first] ??= {}) as Record<string, unknown>, rest.join('.'), value);
};

/** @param posted what was typed, by field; empty is left out */
export const decode = (
  fields: readonly Field[],
  posted: (name: string) => string | undefined,
  codes: Codes,
): { readonly body: Readonly<Record<string, unknown>>; readonly flaws: Flaws } => {
  const body: Record<string, unknown> = {};
  const flaws: Record<string, string> = {};
  for (const field of fields) {
    const text = posted(field.name)?.trim() ?? '';
    const isList = ['lines', 'rows'].includes(field.kind);
    // All that is missing is told at once, beside what is wrong.
    if (text === '' && field.required && field.mayBeEmpty !== true) flaws[field.name] = 'ontbreekt';
    if (text === '' && !(isList && field.required)) continue;
    try {
      put(body, field.name, valueOf(field, text, codes));
    } catch (error) {
      if (!(error instanceof Flaw)) throw error;
      flaws[field.name] = error.message;
    }
  }
  return { body, flaws };
};
