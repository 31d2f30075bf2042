/** Requests that come together share one commit: what a disk flush costs is paid once. */

/** Requests in one commit at most, and bytes: it bounds how long others wait. */
const maxRequests = 512;
const maxBytes = 8 * 1024 * 1024;
/** Milliseconds that a commit waits at most while every turn still brings requests. */
const longestWait = 2;

interface CommitQueue<Request, Outcome> {
  /** Resolves or rejects when the commit that holds the request has ended. */
  submit(request: Request): Promise<Outcome>;
  /** Commits all that waits, now. */
  drain(): void;
}

interface Waiting<Request, Outcome> {
  readonly request: Request;
  readonly bytes: number;
  readonly resolve: (outcome: Outcome) => void;
  readonly reject: (error: unknown) => void;
}

/** From the front as many as go together; at least one. */
export const fitting = <Waiting extends { readonly bytes: number }>(
  waiting: readonly Waiting[],
  most: { readonly requests: number; readonly bytes: number },
): readonly Waiting[] => {
  let bytes = 0;
  const over = waiting.findIndex((one, index) => {
    bytes += one.bytes;
    return index > 0 && (index >= most.requests || bytes > most.bytes);
  });
  return waiting.slice(0, over === -1 ? undefined : over);
};

/**
 * @param commit carries out requests in their order, in one commit; says of each how it ended.
 *   When it throws, nothing was written and all of them are rejected with that.
 * @param bytesOf size of a request
 */
export const commitQueue = <Request, Outcome>(
  commit: (requests: readonly Request[]) => readonly PromiseSettledResult<Outcome>[],
  bytesOf: (request: Request) => number,
): CommitQueue<Request, Outcome> => {
  let waiting: Waiting<Request, Outcome>[] = [];
  let scheduled = false;

  const take = (): readonly Waiting<Request, Outcome>[] => {
    const taken = fitting(waiting, { requests: maxRequests, bytes: maxBytes });
    waiting = waiting.slice(taken.length);
    return taken;
  };

  const commitNext = (): void => {
    const taken = take();
    try {
      const ended = commit(taken.map(({ request }) => request));
      ended.forEach((end, index) => {
        if (end.status === 'fulfilled') taken[index]!.resolve(end.value);
        else taken[index]!.reject(end.reason);
      });
    } catch (error) {
      for (const { reject } of taken) reject(error);
    }
  };

  // While turns of the event loop bring more, more is on its way: a commit waits for it, within
  // bounds. A request that comes alone waits one turn.
  let since = 0;
  let seen = 0;
  const turn = (): void => {
    const more = waiting.length > seen && waiting.length < maxRequests;
    seen = waiting.length;
    if (more && performance.now() - since < longestWait) {
      setImmediate(turn);
      return;
    }
    scheduled = false;
    seen = 0;
    if (waiting.length > 0) commitNext();
    if (waiting.length > 0) schedule();
  };

  const schedule = (): void => {
    if (scheduled) return;
    scheduled = true;
    since = performance.now();
    setImmediate(turn);
  };

  return {
    submit: (request) =>
      new Promise((resolve, reject) => {
        waiting.push({ request, bytes: bytesOf(request), resolve, reject });
        schedule();
      }),
    drain: () => {
      while (waiting.length > 0) commitNext();
    },
  };
};
