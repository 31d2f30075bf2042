/** Names of tiles, as C2SP tlog-tiles has them: `tile/0/x001/067`, `tile/entries/000.p/5`. */

/** Hashes in a full tile. */
export const tileWidth = 256;

/** A level of the tree, eight rows at a time; or the entries below it. */
type TileKind = number | 'entries';

export interface TileName {
  readonly kind: TileKind;
  readonly index: number;
  /** Hashes or entries in it: below 256 for the last one of a row. */
  readonly width: number;
}

/** Highest level that a safe integer of leaves can reach. */
const highestLevel = 6;

const indexText = (index: number): string => {
  const digits = String(index);
  const threes = digits.padStart(Math.ceil(digits.length / 3) * 3, '0').match(/\d{3}/g) ?? [];
  return threes.map((three, i) => (i < threes.length - 1 ? `x${three}` : three)).join('/');
};

export const tilePath = ({ kind, index, width }: TileName): string =>
  `tile/${kind}/${indexText(index)}${width === tileWidth ? '' : `.p/${width}`}`;

/** The tile of this name; undefined for any other text, or another spelling of a name. */
export const parseTilePath = (path: string): TileName | undefined => {
  const [, level = '', indexes = '', width = String(tileWidth)] =
    /^tile\/(entries|\d)\/((?:x\d{3}\/){0,4}\d{3})(?:\.p\/(\d{1,3}))?$/.exec(path) ?? [];
  const kind: TileKind = level === 'entries' ? level : Number(level);
  const name = { kind, index: Number(indexes.replace(/[x/]/g, '')), width: Number(width) };
  const isTile = name.width >= 1 && name.width <= tileWidth;
  if (!isTile || (kind !== 'entries' && kind > highestLevel)) return undefined;
  return tilePath(name) === path ? name : undefined;
};

/** Tiles of a level in a tree of this size, in order; the last may be partial. */
export const tilesOf = (kind: TileKind, size: number): readonly TileName[] => {
  const hashes = Math.floor(size / tileWidth ** (kind === 'entries' ? 0 : kind));
  return Array.from({ length: Math.ceil(hashes / tileWidth) }, (_, index) => ({
    kind,
    index,
    width: Math.min(tileWidth, hashes - index * tileWidth),
  }));
};
