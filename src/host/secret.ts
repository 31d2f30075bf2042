/**
 * The secrets of the office: random bytes in files of their owner's. Without the ledger's own, a
 * repeated command would be taken for a new one; without that of the persons' keys, nothing that
 * is sealed opens. So each is made only where there is nothing yet that rests on it.
 */
import { createHmac, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Hmac } from '../ledger/ports.ts';
import { writeDurably } from './durable.ts';
import { StartError } from './settings.ts';

const size = 32;

/**
 * A secret in `<folder>/office`. Only the holder of the writer lock may call this.
 * @param isNew nothing rests on it yet: it is made when there is none
 * @throws StartError
 */
export const officeSecret = (folder: string, name: string, isNew: boolean): Buffer => {
  const office = join(folder, 'office');
  const file = join(office, name);
  if (!existsSync(file)) {
    if (!isNew)
      throw new StartError(`Het geheim ${file} ontbreekt; zet het terug uit de reservekopie.`);
    mkdirSync(office, { recursive: true, mode: 0o700 });
    writeDurably(file, randomBytes(size));
  }
  const secret = readFileSync(file);
  if (secret.length !== size) throw new StartError(`Het geheim ${file} is beschadigd.`);
  return secret;
};

/** HMAC under the ledger's own secret. @throws StartError */
export const ledgerHmac = (folder: string, isNew: boolean): Hmac => {
  const secret = officeSecret(folder, 'secret', isNew);
  return (text) => createHmac('sha256', secret).update(text).digest('hex');
};
