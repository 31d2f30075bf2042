/**
 * The two times of a page: peildatum and bekend op. Both stand in the address, so that a page can
 * be cited; where one is left out, it is today, or all that is known now.
 */
import type { Moment } from '../ledger/ledger.ts';
import { href, type Href } from './html.ts';

type Query = Readonly<Record<string, string | undefined>>;

/** As they stand in an address: text, not yet checked. */
export interface Times {
  readonly peildatum?: string;
  readonly 'bekend-op'?: string;
}

const present = (text: string | undefined): string | undefined =>
  text === undefined || text.trim() === '' ? undefined : text.trim();

/** A date from three fields, or undefined when all are empty. */
const dateOfFields = (query: Query): string | undefined => {
  const [day, month, year] = ['dag', 'maand', 'jaar'].map((part) =>
    present(query[`peildatum-${part}`]),
  );
  if (day === undefined && month === undefined && year === undefined) return undefined;
  const two = (part: string | undefined): string => (part ?? '').padStart(2, '0');
  return `${year ?? ''}-${two(month)}-${two(day)}`;
};

/** What is asked for; the fields of the form count as well. */
export const timesIn = (query: Query): Times => {
  const date = dateOfFields(query) ?? present(query.peildatum);
  const known = present(query['bekend-op']);
  return {
    ...(date === undefined ? {} : { peildatum: date }),
    ...(known === undefined ? {} : { 'bekend-op': known }),
  };
};

/** Whether the query still holds the fields of the form: then the address is to be made whole. */
export const fromForm = (query: Query): boolean =>
  Object.keys(query).some((name) => name.startsWith('peildatum-'));

export const momentOf = (times: Times): Moment => ({
  validAt: times.peildatum,
  knownAt: times['bekend-op'],
});

/** Makes addresses that keep the two times. */
export type Link = (
  path: string,
  query?: Readonly<Record<string, string | number | undefined>>,
  fragment?: string,
) => Href;

export const linkAt =
  (times: Times): Link =>
  (path, query = {}, fragment) =>
    href(path, { ...times, ...query }, fragment);

/** A sequence in an address; undefined for anything else. */
export const sequenceIn = (text: string | undefined): number | undefined =>
  text !== undefined && /^-?\d{1,12}$/.test(text.trim()) ? Number(text) : undefined;
