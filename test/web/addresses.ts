/** An address for every page there is: those of things by things that the ledger really has. */
import { pages } from '../../src/web/pages/index.ts';
import type { Site } from './site.ts';

/** What is asked beside the moment, where a page shows more then. */
const asked: Readonly<Record<string, string>> = {
  '/basispakket': 'vergelijk=2024-01-01',
  '/terugspelen': 'na=300',
  '/tijdlijn': 'jaar=2021',
  '/zoeken': 'q=lumpsum',
};

/** Where any will do. */
const chosen: Readonly<Record<string, string>> = {
  '/waarom/:question/:thing': '/waarom/package/basispakket',
  '/vastleggen/:command': '/vastleggen/make-payment',
  '/verkennen/:command': '/verkennen/propose-lump-sum',
};

/** Where things are listed, by the name of their id. */
const lists: Readonly<Record<string, string>> = {
  decisionId: 'decisions',
  contractId: 'pluspakket-contracts',
  lumpSumId: 'lump-sums',
  balanceId: 'balances',
  awardId: 'awards',
  findingId: 'findings',
  rule: 'rules',
};

type Thing = Readonly<Record<string, unknown>>;

const size = (thing: Thing): number => JSON.stringify(thing).length;

/** The thing that has most to show; undefined when there is none. */
const richest = async ({ app }: Site, list: string, validAt: string): Promise<Thing | undefined> =>
  (await app.inject({ url: `/v1/${list}?validAt=${validAt}`, remoteAddress: 'local' }))
    .json<{ items: readonly Thing[] }>()
    .items.toSorted((a, b) => size(b) - size(a))[0];

const firstEvent = async ({ app }: Site): Promise<string> => {
  const [event] = (await app.inject('/v1/events?after=299')).json<{ items: { id: string }[] }>()
    .items;
  return event!.id;
};

/** @throws Error for a page of things that this list does not know yet */
const pathOf = async (site: Site, path: string, validAt: string): Promise<string | undefined> => {
  const [, id] = /:(\w+)/.exec(path) ?? [];
  if (id === undefined) return path;
  if (chosen[path] !== undefined) return chosen[path];
  if (id === 'eventId') return path.replace(':eventId', await firstEvent(site));
  const list = lists[id];
  if (list === undefined) throw new Error(`test/web/addresses.ts knows no ${id}, for ${path}`);
  const thing = await richest(site, list, validAt);
  return thing && path.replace(`:${id}`, encodeURIComponent(thing[id] as string));
};

/** By path, for those pages that have something to show on this date. */
export const addressesIn = async (
  site: Site,
  validAt: string,
): Promise<ReadonlyMap<string, string>> => {
  const found = new Map<string, string>();
  for (const { path } of pages) {
    const at = await pathOf(site, path, validAt);
    const more = asked[path] === undefined ? '' : `&${asked[path]}`;
    if (at !== undefined) found.set(path, `${at}?peildatum=${validAt}${more}`);
  }
  return found;
};
