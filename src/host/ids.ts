import { monotonicFactory } from 'ulid';
import { v7 } from 'uuid';
import type { Ids } from '../ledger/ports.ts';

/** New ids; those of one process sort in the order in which they were made. */
export const newIds = (): Ids => {
  const ulid = monotonicFactory();
  return { eventId: () => v7(), ulid: () => ulid() };
};
