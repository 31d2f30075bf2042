/** A reader of server-sent events, strict about what goes over the line. */
import { expect } from 'vitest';

export interface Sent {
  readonly id: string;
  readonly event: string;
  readonly data: string;
}

/** What stands between two blank lines; undefined: a comment, or how long to wait. */
const sentIn = (block: string): Sent | undefined => {
  if (/^(retry: \d+|:.*)$/.test(block)) return undefined;
  const [, id = '', event = '', data = ''] =
    /^id: (.*)\nevent: (.*)\ndata: (.*)$/.exec(block) ?? [];
  expect(block).toBe(`id: ${id}\nevent: ${event}\ndata: ${data}`);
  return { id, event, data };
};

export interface Reader {
  readonly status: number;
  readonly headers: Headers;
  /** All that came so far. */
  readonly text: () => string;
  readonly sent: () => readonly Sent[];
  /** Resolves when enough has come. @throws when the stream ends before */
  readonly until: (enough: (sent: readonly Sent[]) => boolean) => Promise<readonly Sent[]>;
  /** Resolves when the stream has ended: in good order, or broken off. */
  readonly ended: Promise<'ended' | 'broken'>;
  readonly close: () => void;
}

/** Follows a stream over the network. */
export const readStream = async (
  url: string,
  headers: Record<string, string> = {},
): Promise<Reader> => {
  const abort = new AbortController();
  const response = await fetch(url, { headers, signal: abort.signal });
  let text = '';
  let rest = '';
  const all: Sent[] = [];
  let isOver = false;
  let tell: () => void = () => undefined;
  const read = async (): Promise<'ended' | 'broken'> => {
    try {
      for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
        text += chunk;
        const blocks = (rest + chunk).split('\n\n');
        rest = blocks.pop()!;
        all.push(...blocks.flatMap((block) => sentIn(block) ?? []));
        tell();
      }
      return 'ended';
    } catch {
      return 'broken';
    } finally {
      isOver = true;
      tell();
    }
  };
  return {
    status: response.status,
    headers: response.headers,
    text: () => text,
    sent: () => all,
    until: async (enough) => {
      while (!enough(all)) {
        if (isOver) throw new Error(`the stream ended: ${text.slice(-500)}`);
        await new Promise<void>((resolve) => (tell = resolve));
      }
      return all;
    },
    ended: read(),
    close: () => abort.abort(),
  };
};

/** The last that came says that this is the head. */
export const caughtUpAt =
  (head: number) =>
  (sent: readonly Sent[]): boolean =>
    sent.at(-1)?.event === 'caught-up' && sent.at(-1)?.id === String(head);

/** Without the marks. */
export const eventsIn = (sent: readonly Sent[]): readonly Sent[] =>
  sent.filter(({ event }) => event !== 'caught-up');
