/** What a reader has in place of the office: the secret and persons' keys are with the writer. */
import { createHmac, randomBytes } from 'node:crypto';
import { LogUnavailableError } from '../ledger/event-log.ts';
import type { Hmac, People } from '../ledger/ports.ts';

/** For previews, which are recorded nowhere. */
export const passingHmac = (): Hmac => {
  const secret = randomBytes(32);
  return (text) => createHmac('sha256', secret).update(text).digest('hex');
};

export const elsewhere = (): never => {
  throw new LogUnavailableError('persons are opened and sealed by the writer');
};

export const peopleElsewhere: People = {
  keyOf: elsewhere,
  personOf: elsewhere,
  openersOf: elsewhere,
  destroy: elsewhere,
};
