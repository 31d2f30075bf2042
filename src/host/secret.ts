/**
 * The ledger's own secret: 32 random bytes, under which commands are known again. Without it a
 * repeated command would be taken for a new one, so it is made only for a ledger that is empty.
 */
import { createHmac, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Hmac } from '../ledger/ports.ts';
import { writeDurably } from './durable.ts';
import { StartError } from './settings.ts';

const size = 32;

/**
 * HMAC under the secret in `<folder>/office`. Only the holder of the writer lock may call this.
 * @param isNew the ledger is empty: a secret is made when there is none
 * @throws StartError
 */
export const ledgerHmac = (folder: string, isNew: boolean): Hmac => {
  const office = join(folder, 'office');
  const file = join(office, 'secret');
  if (!existsSync(file)) {
    if (!isNew)
      throw new StartError(`Het geheim ${file} ontbreekt; zet het terug uit de reservekopie.`);
    mkdirSync(office, { recursive: true, mode: 0o700 });
    writeDurably(file, randomBytes(size));
  }
  const secret = readFileSync(file);
  if (secret.length !== size) throw new StartError(`Het geheim ${file} is beschadigd.`);
  return (text) => createHmac('sha256', secret).update(text).digest('hex');
};
