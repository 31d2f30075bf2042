/**
 * `fork`ed: readers of the event stream, in a process of their own. They speak HTTP over plain
 * sockets: they share the processors with the service, and what they cost is not to be measured.
 * Told `{ port, tokens, count, after }`, tells `{ caughtUp }` once all have; told `'report'`,
 * tells how many events each has had since, and how late these were.
 */
import { connect } from 'node:net';

export interface ReadersRequest {
  readonly port: number;
  /** Readers take turns with these. */
  readonly tokens: readonly string[];
  readonly count: number;
  readonly after: number;
}
export interface CaughtUp {
  /** Milliseconds from the first request. */
  readonly caughtUp: number;
}
export interface Report {
  /** Of each reader. */
  readonly had: readonly number[];
  /** Milliseconds from what an event says of its time, which is before its commit, to the reader. */
  readonly late: readonly number[];
}

const time = Buffer.from('"time":"');
const timeLength = '2026-01-01T00:00:00.000Z'.length;
const mark = Buffer.from('event: caught-up');

const read = ({ port, tokens, after }: ReadersRequest, n: number) => {
  const reader = { caughtUp: false, had: 0, late: [] as number[] };
  const socket = connect(port, '127.0.0.1');
  let rest: Buffer = Buffer.alloc(0);
  const caughtUp = new Promise<void>((resolve, reject) => {
    socket.on('close', () => reject(new Error('a stream ended')));
    socket.on('data', (chunk: Buffer) => {
      const now = Date.now();
      const text = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
      let from = 0;
      for (;;) {
        const at = text.indexOf(time, from);
        if (at < 0 || at + time.length + timeLength > text.length) break;
        from = at + time.length;
        reader.had += 1;
        if (reader.caughtUp)
          reader.late.push(now - Date.parse(text.toString('latin1', from, from + timeLength)));
      }
      if (!reader.caughtUp && text.indexOf(mark, Math.max(0, from - 200)) >= 0) {
        reader.caughtUp = true;
        resolve();
      }
      // What may be the beginning of the next time, or of a mark.
      rest = Buffer.from(text.subarray(Math.max(from, text.length - 60)));
    });
  });
  const token = tokens[n % tokens.length]!;
  socket.write(
    `GET /v1/event-stream?after=${after} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer ${token}\r\n\r\n`,
  );
  return { reader, caughtUp };
};

let readers: readonly ReturnType<typeof read>[] = [];
process.on('message', (message: ReadersRequest | 'report') => {
  if (message === 'report') {
    const report: Report = {
      had: readers.map(({ reader }) => reader.had),
      late: readers.flatMap(({ reader }) => reader.late),
    };
    process.send!(report);
    return;
  }
  const started = performance.now();
  readers = Array.from({ length: message.count }, (_, n) => read(message, n));
  void Promise.all(readers.map(({ caughtUp }) => caughtUp)).then(() => {
    const told: CaughtUp = { caughtUp: performance.now() - started };
    process.send!(told);
  });
});
