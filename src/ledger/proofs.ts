/** The ports of the proof: where tiles are kept. */

/** Full tiles of the Merkle tree. They can be made anew from the log. */
export interface TileStore {
  read(level: number, index: number): Uint8Array | undefined;
  /** @param bytes 256 hashes */
  write(level: number, index: number, bytes: Uint8Array): void;
}
