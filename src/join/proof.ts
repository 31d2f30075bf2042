/** The proof of one ledger, with its files: checkpoints and key in the office, tiles beside the log. */
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { openCheckpointStore } from '../host/checkpoint-store.ts';
import { StartError } from '../host/settings.ts';
import { signingKeyIn } from '../host/signing-key.ts';
import { tileFiles } from '../host/tile-files.ts';
import type { EventLog } from '../ledger/event-log.ts';
import { openingIn } from '../ledger/ledger.ts';
import { ProblemError } from '../ledger/errors.ts';
import { type CheckpointStore, noProofs, type Proofs, type SigningKey } from '../ledger/proofs.ts';
import { originOf } from '../proof/checkpoint.ts';
import { leafHash } from '../proof/hash.ts';
import { keyChain } from '../proof/key-chain.ts';
import { parseVerifierKey, type Signer, signerFromPem, type VerifierKey } from '../proof/keys.ts';
import { memoryTiles } from '../proof/memory-tiles.ts';
import { rootOf } from '../proof/merkle.ts';
import { ProofError } from '../proof/proof-error.ts';
import { openProver } from '../proof/prover.ts';
import { tilePath, tileWidth } from '../proof/tile-path.ts';
import { openTree } from '../proof/tree.ts';

interface ProofParts {
  /** Folder of the ledger. */
  readonly folder: string;
  /** Not empty. */
  readonly log: EventLog;
  /** Verifier keys of those whose cosignatures are kept. */
  readonly witnesses: readonly string[];
  readonly progress?: (done: number, total: number) => void;
}

export interface OpenProof {
  readonly proofs: Proofs;
  /** Through which is appended: what is acknowledged is under a checkpoint. */
  readonly log: EventLog;
  readonly divergence: string | undefined;
  replaceKey(): SigningKey;
  sign(text: string): string;
  close(): void;
}

/** @throws StartError */
export const openProof = async (parts: ProofParts): Promise<OpenProof> => {
  const { folder, log, progress } = parts;
  const witnesses = parts.witnesses.map(witnessKey);
  const checkpoints = await openOffice(folder);
  try {
    const { ledgerId } = await openingIn(log);
    const key = openKey(folder, originOf(ledgerId), checkpoints);
    const tiles = tileFiles(join(folder, 'tiles'), (kind, index) =>
      tilePath({ kind, index, width: tileWidth }),
    );
    const prover = await openProver({
      log,
      tiles,
      checkpoints,
      signer: key.signer,
      witnesses,
      ...(progress === undefined ? {} : { progress }),
    });
    return {
      ...prover,
      replaceKey: () => {
        key.replace(prover.replaceKey);
        return prover.proofs.keys().at(-1)!;
      },
      close: checkpoints.close,
    };
  } catch (error) {
    checkpoints.close();
    throw error;
  }
};

const witnessKey = (text: string): VerifierKey => {
  try {
    return parseVerifierKey(text);
  } catch (error) {
    if (!(error instanceof ProofError)) throw error;
    throw new StartError(`LEDGER_WITNESSES: ${error.message}`);
  }
};

/** Where checkpoints are kept. @throws StartError when the office has a key and no checkpoints */
export const openOffice = async (folder: string): Promise<CheckpointStore> => {
  const office = join(folder, 'office');
  const file = join(office, 'checkpoints.sqlite');
  if (!existsSync(file) && existsSync(join(office, 'signing-key.pem')))
    throw new StartError(`De controlepunten ${file} ontbreken; zet ze terug uit de reservekopie.`);
  mkdirSync(office, { recursive: true, mode: 0o700 });
  return openCheckpointStore(file);
};

/** The key in use, also where a replacement was cut off halfway. @throws StartError */
const openKey = (folder: string, origin: string, checkpoints: CheckpointStore) => {
  const changes = checkpoints.keyChanges();
  const isNew = changes.length === 0 && checkpoints.latest() === undefined;
  const file = signingKeyIn(join(folder, 'office'), isNew);
  const signerOf = (pem: string): Signer => {
    try {
      return signerFromPem(origin, pem);
    } catch (error) {
      if (!(error instanceof ProofError)) throw error;
      throw new StartError(`De sleutel van de controlepunten is beschadigd: ${error.message}.`);
    }
  };
  let signer = signerOf(file.pem);
  const last = keyChain(origin, changes, signer.key).at(-1)!.key.text;
  if (last !== signer.key.text && file.next !== undefined) {
    signer = signerOf(file.next);
    if (last === signer.key.text) file.useNext();
  }
  if (last !== signer.key.text)
    throw new StartError('De sleutel in het kantoor is niet die van de laatste controlepunten.');
  return {
    signer,
    /** The change is on record before the new key is the one in use. */
    replace: (onRecord: (next: Signer) => void): void => {
      onRecord(signerOf(file.makeNext()));
      file.useNext();
    },
  };
};

/** The tree of a copy, which is kept nowhere. */
export const entryTree = () => {
  const tree = openTree(memoryTiles());
  return {
    append: (text: string): void => tree.append(leafHash(Buffer.from(text))),
    root: () => rootOf(tree.hashOf, tree.size()),
  };
};

/** Of a process that only reads: checkpoints are signed, and proofs given, by the writer. */
export const provenElsewhere = async (log: EventLog): Promise<OpenProof> => {
  const { ledgerId } = await openingIn(log);
  const why = 'Bewijzen geeft de schrijver; dit proces leest alleen.';
  const refuse = (): never => {
    throw new ProblemError({ code: 'unavailable', detail: why });
  };
  return {
    proofs: noProofs(originOf(ledgerId), why),
    log,
    divergence: undefined,
    replaceKey: refuse,
    sign: refuse,
    close: () => undefined,
  };
};
