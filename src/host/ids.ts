import { getRandomValues, randomUUIDv7 } from 'node:crypto';
import { monotonicFactory } from 'ulid';
import type { Ids } from '../ledger/ports.ts';

/** Random fractions from the system's generator, fetched a page at a time: one call is dear. */
const fractions = (): (() => number) => {
  const page = new Uint32Array(1024);
  let next = page.length;
  return () => {
    if (next === page.length) {
      getRandomValues(page);
      next = 0;
    }
    return page[next++]! / 2 ** 32;
  };
};

/** New ids; those of one process sort in the order in which they were made. */
export const newIds = (): Ids => {
  const ulid = monotonicFactory(fractions());
  return { eventId: () => randomUUIDv7(), ulid: () => ulid() };
};
