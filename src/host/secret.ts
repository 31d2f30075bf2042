/**
 * The secrets of the office: random bytes in files of their owner's. Without the ledger's own, a
 * repeated command would be taken for a new one; without that of the persons' keys, nothing that
 * is sealed opens. So each is made only where there is nothing yet that rests on it.
 */
import { createHmac, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Hmac } from '../ledger/ports.ts';
import { writeDurably } from './durable.ts';
import { StartError } from './settings.ts';

/** Bytes. */
export const secretSize = 32;

/**
 * A secret in a file. Only the holder of the writer lock may call this.
 * @param isNew nothing rests on it yet: it is made when there is none
 * @throws StartError
 */
export const keptSecret = (file: string, isNew: boolean): Buffer => {
  if (isNew && !existsSync(file)) {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    writeDurably(file, randomBytes(secretSize));
  }
  return secretIn(file);
};

/** @throws StartError when it is not there, or damaged */
export const secretIn = (file: string): Buffer => {
  if (!existsSync(file))
    throw new StartError(`Het geheim ${file} ontbreekt; zet het terug uit de reservekopie.`);
  const secret = readFileSync(file);
  if (secret.length !== secretSize) throw new StartError(`Het geheim ${file} is beschadigd.`);
  return secret;
};

/** HMAC under the ledger's own secret. @throws StartError */
export const ledgerHmac = (folder: string, isNew: boolean): Hmac => {
  const secret = keptSecret(join(folder, 'office', 'secret'), isNew);
  return (text) => createHmac('sha256', secret).update(text).digest('hex');
};
