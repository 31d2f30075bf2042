/** Single values as people read them. */

type Fields = Readonly<Record<string, unknown>>;

export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The things in a list; none where there is no list. */
export const listIn = (value: unknown): readonly Fields[] =>
  (Array.isArray(value) ? value : []).filter(isFields);

const euros = new Intl.NumberFormat('nl-NL', { style: 'currency', currency: 'EUR' });

/** Exact: cents are text, and stay so until they are written. */
const euroText = (cents: string): string => {
  const [, sign = '', digits = ''] = /^(-?)(\d+)$/.exec(cents) ?? [];
  if (digits === '') return cents;
  const padded = digits.padStart(3, '0');
  const decimal = `${sign}${padded.slice(0, -2)}.${padded.slice(-2)}`;
  return euros.format(decimal as `${number}`).replaceAll('\u00a0', ' ');
};

interface Rough {
  readonly earliest?: string;
  readonly latest: string;
  readonly wording?: string;
}

/** `2021-07-01`, `uiterlijk 2021-06-30`, `2021-03-01 – 2021-06-01 (voorjaar 2021)`. */
const roughText = ({ earliest, latest, wording }: Rough): string => {
  const said = wording === undefined ? '' : ` (${wording})`;
  if (earliest === undefined) return `uiterlijk ${latest}${said}`;
  return earliest === latest ? `${latest}${said}` : `${earliest} – ${latest}${said}`;
};

interface Bounds {
  readonly from: string;
  readonly until?: string;
}

const periodText = ({ from, until }: Bounds): string =>
  until === undefined ? `vanaf ${from}` : `${from} tot ${until}`;

const evidenceText = ({ source, place, basis, planned }: Fields): string => {
  const where = typeof place === 'string' ? `, ${place}` : '';
  const how = planned === true ? 'gepland' : basis === 'inferred' ? 'afgeleid' : 'vermeld';
  return `${String(source)}${where} (${how})`;
};

const isPlain = (value: unknown): value is string | number | boolean | null =>
  value === null || ['string', 'number', 'boolean'].includes(typeof value);

/** A value in one line; undefined for what needs more room. */
export const lineOf = (field: string, value: unknown): string | undefined => {
  if (value === null) return '–';
  if (typeof value === 'string') {
    if (field.endsWith('Cents')) return euroText(value);
    return field.endsWith('Percent') ? `${value.replace('.', ',')} %` : value;
  }
  if (isPlain(value)) return typeof value === 'boolean' ? (value ? 'ja' : 'nee') : String(value);
  if (Array.isArray(value)) {
    if (value.length === 0) return '–';
    if (field === 'evidence') return value.filter(isFields).map(evidenceText).join('; ');
    return value.every(isPlain) ? value.map(String).join(', ') : undefined;
  }
  if (!isFields(value)) return undefined;
  if (typeof value.latest === 'string') return roughText(value as unknown as Rough);
  if (typeof value.from === 'string' && Object.keys(value).length <= 2)
    return periodText(value as unknown as Bounds);
  // Of these, one field says it; the rest is told where the thing stands alone.
  if (typeof value.scenario === 'string')
    return `${value.scenario}${value.pilot === true ? ' (pilot)' : ''}`;
  if (field === 'latestEnd') return `tot ${String(value.until)}`;
  return undefined;
};
