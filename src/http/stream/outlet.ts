/** One reader's connection: what is sent to it, and how well it takes that. */
import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

export interface Outlet {
  readonly write: (chunk: Uint8Array) => void;
  /** Bytes that the reader has not taken yet, beyond what the system holds for it. */
  readonly waiting: () => number;
  /** Resolves when there is room again, or the connection is over. */
  readonly room: () => Promise<void>;
  /** Nothing more is sent. */
  readonly isOver: () => boolean;
  /** Calls this once when the connection is gone, unless what is returned is called before. */
  readonly onGone: (listener: () => void) => () => void;
  /** Milliseconds since something was sent. */
  readonly quietFor: () => number;
  /** Milliseconds for which something waits and nothing is taken; ask it now and then. */
  readonly stuckFor: () => number;
  /** What waits is still sent. */
  readonly end: () => void;
  /** What waits is thrown away. */
  readonly cut: () => void;
}

/** @param socket of the request: that of a response comes only once it is its turn */
export const outletOn = (response: ServerResponse, socket: Socket): Outlet => {
  let isOver = false;
  let isFull = false;
  let sentAt = performance.now();
  let taken = { bytes: 0, at: sentAt };
  const listeners = new Set<() => void>();
  const gone = (): void => {
    isOver = true;
    const told = [...listeners];
    listeners.clear();
    for (const listener of told) listener();
  };
  const onGone = (listener: () => void): (() => void) => {
    listeners.add(listener);
    // Who is told of the end after the end is told at once.
    if (response.destroyed || socket.destroyed) queueMicrotask(gone);
    return () => listeners.delete(listener);
  };
  response.once('close', gone);
  socket.once('close', gone);
  response.on('drain', () => (isFull = false));
  // A connection that breaks off is gone, and no more than that.
  response.on('error', () => undefined);
  return {
    write: (chunk) => {
      if (isOver) return;
      isFull = !response.write(chunk);
      sentAt = performance.now();
    },
    waiting: () => response.writableLength,
    room: () =>
      new Promise((resolve) => {
        if (isOver || !isFull) {
          resolve();
          return;
        }
        const done = (): void => {
          response.off('drain', done);
          forget();
          resolve();
        };
        const forget = onGone(done);
        response.on('drain', done);
      }),
    isOver: () => isOver,
    onGone,
    quietFor: () => performance.now() - sentAt,
    stuckFor: () => {
      const now = performance.now();
      const waiting = response.writableLength;
      const bytes = socket.bytesWritten - waiting;
      if (waiting === 0 || bytes !== taken.bytes) taken = { bytes, at: now };
      return now - taken.at;
    },
    end: () => {
      isOver = true;
      response.end();
    },
    cut: () => {
      isOver = true;
      response.destroy();
      socket.destroy();
    },
  };
};
