/** Entries as C2SP tlog-tiles bundles them: each after its length in two bytes. */
import { ProofError } from './proof-error.ts';

/** Largest entry that a bundle can hold, in bytes. */
const longest = 0xffff;

export const bundleOf = (entries: readonly Uint8Array[]): Uint8Array => {
  const parts: Uint8Array[] = [];
  for (const entry of entries) {
    if (entry.length > longest) throw new RangeError(`an entry of ${entry.length} bytes`);
    parts.push(Uint8Array.of(entry.length >> 8, entry.length & 0xff), entry);
  }
  return Buffer.concat(parts);
};

/** @throws ProofError when it does not hold exactly `width` entries */
export const entriesIn = (bundle: Uint8Array, width: number): readonly Uint8Array[] => {
  const entries: Uint8Array[] = [];
  let at = 0;
  while (at < bundle.length) {
    const length = bundle.length - at < 2 ? longest : bundle[at]! * 256 + bundle[at + 1]!;
    if (at + 2 + length > bundle.length) throw new ProofError('een bundel is afgekapt');
    entries.push(bundle.subarray(at + 2, at + 2 + length));
    at += 2 + length;
  }
  if (entries.length !== width)
    throw new ProofError(`een bundel telt ${entries.length} gebeurtenissen, niet ${width}`);
  return entries;
};
