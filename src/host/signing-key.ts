/** The key that signs checkpoints: a file of its owner's in the office, PKCS #8 in PEM. */
import { generateKeyPairSync } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { writeDurably } from './durable.ts';
import { StartError } from './settings.ts';

const newPem = (): string =>
  generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' });

interface SigningKeyFile {
  readonly pem: string;
  /** A key that was made to follow on this one, and may not have come in use. */
  readonly next: string | undefined;
  /** Makes a key that is to follow; durable when it returns. */
  makeNext(): string;
  /** Puts it in the place of the one before. */
  useNext(): void;
}

/**
 * @param office folder of the office
 * @param isNew nothing was signed yet: a key is made when there is none
 * @throws StartError
 */
export const signingKeyIn = (office: string, isNew: boolean): SigningKeyFile => {
  const [file, next] = [join(office, 'signing-key.pem'), join(office, 'signing-key.next.pem')];
  if (!existsSync(file)) {
    if (!isNew)
      throw new StartError(
        `De sleutel ${file} van de controlepunten ontbreekt; zet hem terug uit de reservekopie.`,
      );
    mkdirSync(office, { recursive: true, mode: 0o700 });
    writeDurably(file, newPem());
  }
  return {
    pem: readFileSync(file, 'utf8'),
    next: existsSync(next) ? readFileSync(next, 'utf8') : undefined,
    makeNext: () => {
      const pem = newPem();
      writeDurably(next, pem);
      return pem;
    },
    useNext: () => renameSync(next, file),
  };
};
