/**
 * Archives (POSIX ustar) in one form only: plain files, with nothing told of owner or time. So the
 * same files give the same bytes, and a reader accepts only what the writer would have written.
 */
import { ProofError } from './proof-error.ts';

const block = 512;

const octal = (value: number, digits: number): string =>
  `${value.toString(8).padStart(digits, '0')}\0`;

/** @param path in ASCII, at most 100 characters */
const headerOf = (path: string, size: number): Buffer => {
  const header = Buffer.alloc(block);
  header.write(path, 0, 100, 'ascii');
  header.write(octal(0o644, 7), 100);
  header.write(octal(0, 7), 108);
  header.write(octal(0, 7), 116);
  header.write(octal(size, 11), 124);
  header.write(octal(0, 11), 136);
  header.write('        ', 148);
  header.write('0', 156);
  header.write('ustar\u000000', 257, 'latin1');
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${octal(sum, 6)} `, 148);
  return header;
};

const paddingOf = (size: number): number => (block - (size % block)) % block;

/** The bytes of one file in an archive. */
export const tarFile = (path: string, content: Uint8Array): Uint8Array =>
  Buffer.concat([headerOf(path, content.length), content, Buffer.alloc(paddingOf(content.length))]);

/** What ends an archive. */
export const tarEnd: Uint8Array = Buffer.alloc(2 * block);

/** Files that are asked for one after the other, by the names they must have. */
export interface FileSource {
  /** @throws ProofError when it is not there, or larger than `most` bytes */
  next(path: string, most: number): Promise<Uint8Array>;
  /** @throws ProofError when there is more */
  end(): Promise<void>;
}

/** Bytes that come in chunks, taken as many as are wanted. */
const takingFrom = (chunks: AsyncIterable<Uint8Array>) => {
  const iterator: AsyncIterator<Uint8Array, unknown> = chunks[Symbol.asyncIterator]();
  let waiting: Uint8Array[] = [];
  let size = 0;
  const more = async (): Promise<boolean> => {
    const next = await iterator.next();
    if (next.done === true) return false;
    waiting.push(next.value);
    size += next.value.length;
    return true;
  };
  return {
    /** @throws ProofError when there are fewer */
    take: async (count: number): Promise<Buffer> => {
      while (size < count) if (!(await more())) throw new ProofError('het archief is afgekapt');
      const [first] = waiting;
      const all =
        waiting.length === 1 && first !== undefined
          ? Buffer.from(first.buffer, first.byteOffset, first.byteLength)
          : Buffer.concat(waiting);
      waiting = [all.subarray(count)];
      size -= count;
      return all.subarray(0, count);
    },
    isEmpty: async (): Promise<boolean> => {
      while (size === 0) if (!(await more())) return true;
      return false;
    },
  };
};

/** Reads an archive as it comes in: it is not held, and nothing of it is written anywhere. */
export const tarSource = (chunks: AsyncIterable<Uint8Array>): FileSource => {
  const bytes = takingFrom(chunks);
  return {
    next: async (path, most) => {
      const header = await bytes.take(block);
      const digits = header.toString('latin1', 124, 135);
      const size = /^[0-7]{11}$/.test(digits) ? Number.parseInt(digits, 8) : -1;
      if (size < 0 || !headerOf(path, size).equals(header))
        throw new ProofError(`het archief heeft hier niet ${path}, maar ${nameIn(header)}`);
      if (size > most) throw new ProofError(`${path} is met ${size} bytes te groot`);
      const content = await bytes.take(size);
      const padding = await bytes.take(paddingOf(size));
      if (padding.some((byte) => byte !== 0))
        throw new ProofError(`na ${path} staat iets in het archief`);
      return content;
    },
    end: async () => {
      const end = await bytes.take(tarEnd.length);
      if (!end.equals(tarEnd) || !(await bytes.isEmpty()))
        throw new ProofError('er staat meer in het archief dan erin hoort');
    },
  };
};

/** What a header names, made fit to be told. */
const nameIn = (header: Buffer): string =>
  JSON.stringify(header.toString('latin1', 0, 100).replace(/\0.*$/s, ''));
