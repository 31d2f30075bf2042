/**
 * Rows in memory of which there are millions: numbers and texts side by side in blocks of bytes.
 * An object for each would take several times the room, and the collector would go through all
 * of them again and again.
 */

/** Whole numbers of 32 bits, by place. */
export interface Column {
  /** Adds one at the end. */
  push(value: number): void;
  at(place: number): number;
  set(place: number, value: number): void;
  length(): number;
}

/** Numbers in a block: a power of two. */
const blockBits = 14;
const inBlock = (1 << blockBits) - 1;

/** It grows by blocks, so that nothing is copied and no half stands empty. */
export const column = (): Column => {
  // The first one is small: many columns stay so.
  const blocks: Int32Array[] = [new Int32Array(64)];
  let length = 0;
  return {
    push: (value) => {
      const place = length & inBlock;
      const block = length >>> blockBits;
      if (block === 0 && place === blocks[0]!.length) {
        const larger = new Int32Array(length * 2);
        larger.set(blocks[0]!);
        blocks[0] = larger;
      } else if (block === blocks.length) blocks.push(new Int32Array(inBlock + 1));
      blocks[block]![place] = value;
      length += 1;
    },
    at: (place) => blocks[place >>> blockBits]![place & inBlock]!,
    set: (place, value) => {
      blocks[place >>> blockBits]![place & inBlock] = value;
    },
    length: () => length,
  };
};

/** Texts by number, in the order in which they came. */
export interface Texts {
  /** @returns its number */
  add(text: string): number;
  at(number: number): string;
}

/** A text begins in a block of this size; a longer one has its own. */
const blockBytes = 1 << 16;
/** Holds any text exactly: in a byte for each code unit where all of it is ASCII, else in two. */
export const texts = (): Texts => {
  const blocks: Buffer[] = [];
  let used = 0;
  /** The block of each, its place in it, and its size in bytes; below zero: two for a unit. */
  const [within, starts, sizes] = [column(), column(), column()];
  return {
    add: (text) => {
      const isWide = Buffer.byteLength(text) !== text.length;
      const bytes = text.length * (isWide ? 2 : 1);
      if (blocks.length === 0 || used + bytes > blockBytes) {
        blocks.push(Buffer.allocUnsafeSlow(Math.max(bytes, blockBytes)));
        used = 0;
      }
      blocks.at(-1)!.write(text, used, isWide ? 'utf16le' : 'latin1');
      within.push(blocks.length - 1);
      starts.push(used);
      sizes.push(isWide ? -bytes : bytes);
      used += bytes;
      return starts.length() - 1;
    },
    at: (number) => {
      const [start, size] = [starts.at(number), sizes.at(number)];
      const block = blocks[within.at(number)]!;
      return block.toString(size < 0 ? 'utf16le' : 'latin1', start, start + Math.abs(size));
    },
  };
};

/** Texts that are each there once. */
interface Names extends Texts {
  /** Its number, of a text that is there. */
  find(text: string): number | undefined;
}

/** FNV-1a over the code units. */
const hashOf = (text: string): number => {
  let hash = 0x811c9dc5 | 0;
  for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash;
};

export const names = (): Names => {
  const all = texts();
  const hashes = column();
  /** The numbers by their hash, each one more, for 0 is an empty place; at most half are taken. */
  let slots = new Int32Array(1_024);
  const placeFor = (hash: number): number => (hash ^ (hash >>> 15)) & (slots.length - 1);

  const next = (place: number): number => (place + 1) & (slots.length - 1);
  const widen = (): void => {
    slots = new Int32Array(slots.length * 2);
    for (let number = 0; number < hashes.length(); number += 1) {
      let place = placeFor(hashes.at(number));
      while (slots[place] !== 0) place = next(place);
      slots[place] = number + 1;
    }
  };
  /** Where it stands, or would. */
  const seek = (text: string, hash: number): number => {
    let place = placeFor(hash);
    for (; slots[place] !== 0; place = next(place)) {
      const number = slots[place]! - 1;
      if (hashes.at(number) === hash && all.at(number) === text) break;
    }
    return place;
  };
  return {
    at: all.at,
    find: (text) => {
      const number = slots[seek(text, hashOf(text))]! - 1;
      return number === -1 ? undefined : number;
    },
    add: (text) => {
      const hash = hashOf(text);
      const place = seek(text, hash);
      if (slots[place] !== 0) return slots[place]! - 1;
      const number = all.add(text);
      hashes.push(hash);
      slots[place] = number + 1;
      if (hashes.length() * 2 > slots.length) widen();
      return number;
    },
  };
};
