/**
 * The key under which persons' keys are wrapped, and going over to another. All keys go over in
 * one transaction, which also says under which they are: so a crash leaves them under the one or
 * the other, and what was begun is finished at the next start.
 */
import { KeysHeldError, type WrappingSource } from '../ledger/ports.ts';
import { unwrap, wrap, wrappingId } from './crypto.ts';
import type { KeyStore } from './key-store.ts';

/** The keys are wrapped under a key that nobody gave. */
export class WrappingError extends Error {
  override readonly name = 'WrappingError';
}

export interface Wrapping {
  readonly key: () => Buffer;
  /**
   * Wraps all keys under the next key; gives how many, or undefined when there is no next.
   * @throws KeysHeldError
   */
  readonly rotate: () => number | undefined;
}

/** @throws WrappingError, KeysHeldError */
export const openWrapping = (store: KeyStore, source: WrappingSource): Wrapping => {
  const [current, next] = [source.current(), source.next()];
  const under = store.wrappedUnder() ?? marked(store, current);
  const given = [current, next, source.previous()].find(
    (one) => one !== undefined && wrappingId(one) === under,
  );
  if (given === undefined) throw new WrappingError('the keys are wrapped under another key');
  let key = given;
  const goOver = (to: Buffer): number => {
    // Who reads on would keep what was there before: then nothing is begun.
    store.empty();
    const count = store.rewrap(wrappingId(to), ({ keyId, wrapped }) =>
      wrap(to, keyId, unwrap(key, keyId, wrapped)),
    );
    // All are under this one now, whatever goes wrong after it.
    key = to;
    store.empty();
    source.settle();
    return count;
  };
  // What was begun is finished: the keys had gone over, or had not yet.
  if (wrappingId(next ?? current) === under) source.settle();
  else goOver(next ?? current);
  return {
    key: () => key,
    rotate: () => {
      const to = source.renew();
      if (wrappingId(to) !== wrappingId(key)) return goOver(to);
      source.settle();
      return undefined;
    },
  };
};

/** A file that does not say: it is new, or from before this was kept. @throws WrappingError */
const marked = (store: KeyStore, key: Buffer): string => {
  const id = wrappingId(key);
  try {
    store.rewrap(id, ({ keyId, wrapped }) => {
      unwrap(key, keyId, wrapped);
      return wrapped;
    });
    store.empty();
  } catch (error) {
    if (error instanceof KeysHeldError) throw error;
    throw new WrappingError('the keys are wrapped under another key', { cause: error });
  }
  return id;
};
