/**
 * The ports of the proof: what the ledger asks of it, and what it asks of the machine. A size is a
 * number of events, counted from the first; a checkpoint of size n holds sequences 0 … n − 1.
 */
import { ProblemError } from './errors.ts';
import type { Sequence } from './event-log.ts';

/** Full tiles of the Merkle tree. They can be made anew from the log. */
export interface TileStore {
  read(level: number, index: number): Uint8Array | undefined;
  /** @param bytes 256 hashes */
  write(level: number, index: number, bytes: Uint8Array): void;
}

/** A checkpoint as a signed note, with the cosignatures that came for it. */
export interface KeptCheckpoint {
  readonly size: number;
  readonly note: string;
}

/** Where checkpoints are kept: in the office, apart from the log. */
export interface CheckpointStore {
  /** Resolves when it is durable; until then nobody may see it. */
  keep(checkpoint: KeptCheckpoint): Promise<void>;
  latest(): KeptCheckpoint | undefined;
  /** With sizes from `from` on, ascending. */
  from(size: number, limit: number): readonly KeptCheckpoint[];
  /** A line by which somebody else signs the checkpoint of this size. Durable when it returns. */
  cosign(size: number, line: string): void;
  /** Notes by which one signing key gave way to the next, in order. */
  keyChanges(): readonly string[];
  /** Durable when it returns. */
  changeKey(note: string): void;
  /** Puts aside those above this size: the event on this sequence accepted their loss. */
  lose(above: number, lostBy: Sequence): void;
  lost(): readonly (KeptCheckpoint & { readonly lostBy: Sequence })[];
  close(): void;
}

interface InclusionProof {
  readonly index: Sequence;
  readonly size: number;
  /** Hashes in base64, from the leaf's sibling up. */
  readonly proof: readonly string[];
  readonly checkpoint: string;
  /** All of this as a `tlog-proof`, to be kept. */
  readonly receipt: string;
}

interface ConsistencyProof {
  readonly from: KeptCheckpoint;
  readonly to: KeptCheckpoint;
  readonly proof: readonly string[];
}

/** The key that signs checkpoints above a size, as a verifier key. */
export interface SigningKey {
  readonly key: string;
  readonly from: number;
}

/** What the ledger can prove. */
export interface Proofs {
  readonly origin: string;
  /** In the order in which they signed; the last one signs now. */
  keys(): readonly SigningKey[];
  /** A receipt (`tlog-proof`) for each, under the first checkpoint that holds all of them. */
  receipts(sequences: readonly Sequence[]): Promise<readonly string[]>;
  latest(): KeptCheckpoint;
  /** The checkpoint of this size. @throws ProblemError `not-found` */
  checkpoint(size: number): KeptCheckpoint;
  checkpointsFrom(size: number, limit: number): readonly KeptCheckpoint[];
  /** @throws ProblemError `not-found` */
  inclusion(index: Sequence, size: number): InclusionProof;
  /** @throws ProblemError `not-found` */
  consistency(from: number, to: number): ConsistencyProof;
  /** A tile or a bundle of entries by its path in tlog-tiles; undefined when there is none. */
  tile(path: string): Promise<Uint8Array | undefined>;
  /** Keeps somebody else's signature under a checkpoint. @throws ProblemError `invalid` */
  cosign(size: number, line: string): void;
  /** What the export tells beside events and checkpoints. */
  keyChanges(): readonly string[];
  lost(): ReturnType<CheckpointStore['lost']>;
}

/** Of a ledger that proves nothing itself, such as one that is read from an export. */
export const noProofs = (origin: string, why: string): Proofs => {
  const none = (): never => {
    throw new ProblemError({ code: 'read-only', detail: why });
  };
  return {
    origin,
    keys: none,
    receipts: async () => none(),
    latest: none,
    checkpoint: none,
    checkpointsFrom: none,
    inclusion: none,
    consistency: none,
    tile: async () => none(),
    cosign: none,
    keyChanges: none,
    lost: none,
  };
};
