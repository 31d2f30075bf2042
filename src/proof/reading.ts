/** Reading what may be anything: whatever is wrong is told as that, with the file it is in. */
import { ForkError, ProofError } from './proof-error.ts';

/** Says in which file something was found. */
export const within = <T>(file: string, read: () => T): T => {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof ProofError)) throw error;
    if (error instanceof ForkError) throw error;
    throw new ProofError(`${file}: ${error.message}`, { cause: error });
  }
};

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

export const textOf = (file: string, bytes: Uint8Array): string => {
  try {
    return utf8.decode(bytes);
  } catch (error) {
    throw new ProofError(`${file} is geen UTF-8`, { cause: error });
  }
};

export const jsonIn = (file: string, text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new ProofError(`${file} is geen JSON`, { cause: error });
  }
};

/** Lines of JSON, each as it would be written. */
export const linesIn = (bytes: Uint8Array): readonly unknown[] => {
  const text = textOf('', bytes);
  if (text === '') return [];
  if (!text.endsWith('\n')) throw new ProofError('de laatste regel is niet af');
  return text
    .slice(0, -1)
    .split('\n')
    .map((line) => {
      const value = jsonIn('een regel', line);
      if (JSON.stringify(value) !== line) throw new ProofError('een regel is anders geschreven');
      return value;
    });
};
