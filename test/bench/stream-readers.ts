/**
 * `fork`ed: readers of the event stream, in a process of their own. They speak HTTP over plain
 * sockets, and one in ten looks at what it gets: they share the processors with the service, and
 * what they cost is not to be measured. Told `{ port, count, after }`, tells `{ caughtUp }`
 * once all have; told `begin`, counts from then on; told `report`, tells what came.
 */
import { connect } from 'node:net';

export interface ReadersRequest {
  readonly port: number;
  readonly count: number;
  readonly after: number;
}
export interface CaughtUp {
  /** Milliseconds from the first request. */
  readonly caughtUp: number;
}
export interface Report {
  /** Of each reader; the same when each has had everything. */
  readonly bytes: readonly number[];
  /** Of each that looks: sequences, and when they came, in milliseconds of the epoch. */
  readonly came: readonly (readonly (readonly [sequence: number, at: number])[])[];
}

const name = Buffer.from(',"sequence":"');
const quote = Buffer.from('"');
const mark = Buffer.from('event: caught-up');
const looksOneIn = 10;

const read = ({ port, after }: ReadersRequest, n: number) => {
  const reader = { caughtUp: false, bytes: 0, came: [] as [number, number][] };
  const socket = connect(port, '127.0.0.1');
  let rest: Buffer = Buffer.alloc(0);
  const look = (chunk: Buffer): void => {
    const now = performance.timeOrigin + performance.now();
    const text = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    let from = 0;
    for (;;) {
      const at = text.indexOf(name, from);
      const end = at < 0 ? -1 : text.indexOf(quote, at + name.length);
      if (end < 0) break;
      from = end;
      reader.came.push([Number(text.toString('latin1', at + name.length, end)), now]);
    }
    reader.caughtUp ||= text.indexOf(mark, Math.max(0, from - 200)) >= 0;
    // What may be the beginning of the next sequence, or of a mark.
    rest = Buffer.from(text.subarray(Math.max(from, text.length - 60)));
  };
  const caughtUp = new Promise<void>((resolve, reject) => {
    socket.on('close', () => reject(new Error('a stream ended')));
    socket.on('data', (chunk: Buffer) => {
      reader.bytes += chunk.length;
      if (n % looksOneIn === 0 || !reader.caughtUp) look(chunk);
      if (reader.caughtUp) resolve();
    });
  });
  socket.write(`GET /v1/event-stream?after=${after} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`);
  return { reader, caughtUp };
};

let readers: readonly ReturnType<typeof read>[] = [];

const report = (): Report => ({
  bytes: readers.map(({ reader }) => reader.bytes),
  came: readers.filter((_, n) => n % looksOneIn === 0).map(({ reader }) => reader.came),
});

process.on('message', (message: ReadersRequest | 'begin' | 'report') => {
  if (message === 'begin')
    for (const { reader } of readers) Object.assign(reader, { bytes: 0, came: [] });
  else if (message === 'report') process.send!(report());
  else {
    const started = performance.now();
    readers = Array.from({ length: message.count }, (_, n) => read(message, n));
    void Promise.all(readers.map(({ caughtUp }) => caughtUp)).then(() => {
      const told: CaughtUp = { caughtUp: performance.now() - started };
      process.send!(told);
    });
  }
});
