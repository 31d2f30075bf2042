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

/** What a checkpoint says, and who signed it. */
export interface ToldCheckpoint {
  readonly size: number;
  /** In base64: changes when any event under it does. */
  readonly root: string;
  /** Fingerprints of the ledger's own keys that signed it: 8 hex digits each. */
  readonly signedBy: readonly string[];
  /** Witnesses that signed as well; when, where their signature tells. */
  readonly witnesses: readonly { readonly name: string; readonly at?: string }[];
}

/** An event's proof as the ledger has followed it itself, from the stored bytes up. */
export interface FollowedProof extends InclusionProof {
  /** Hash of the stored bytes, in base64 like the others. */
  readonly leaf: string;
  /** Each step up: what stands beside it, on which side, and what both make. */
  readonly steps: readonly {
    readonly sibling: string;
    readonly side: 'left' | 'right';
    readonly hash: string;
  }[];
  readonly root: string;
  /** Whether the steps end at the root that was signed. */
  readonly holds: boolean;
}

/** A checkpoint that somebody kept, beside what is here now. */
export type Comparison =
  | { readonly outcome: 'unreadable'; readonly why: string }
  | { readonly outcome: 'other-ledger'; readonly origin: string }
  | { readonly outcome: 'not-signed'; readonly why: string }
  /** It signs more than there is. */
  | { readonly outcome: 'ahead'; readonly size: number; readonly lostBy: Sequence | undefined }
  /** It signs other events than there are. */
  | {
      readonly outcome: 'forked';
      readonly size: number;
      readonly signed: string;
      readonly here: string;
      /** The event that accepted its loss. */
      readonly lostBy: Sequence | undefined;
    }
  /** What is here goes on from it; both are checked by the proof. */
  | {
      readonly outcome: 'goes-on';
      readonly size: number;
      readonly to: KeptCheckpoint;
      readonly proof: readonly string[];
    };

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
  /** Who signed a checkpoint of this ledger. */
  told(checkpoint: KeptCheckpoint): ToldCheckpoint;
  /** The proof of an event under a checkpoint, followed. @throws ProblemError `not-found` */
  follow(index: Sequence, size: number): Promise<FollowedProof>;
  /** @param text a checkpoint or a receipt as it was kept, line ends of any kind */
  compare(text: string): Comparison;
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
    told: none,
    follow: async () => none(),
    compare: none,
    tile: async () => none(),
    cosign: none,
    keyChanges: none,
    lost: none,
  };
};
