/** The streams that are open: how many there may be, and what keeps each of them alive. */
import type { FastifyRequest } from 'fastify';
import { publicCaller } from '../../ledger/access/index.ts';
import { isUnlimited } from '../auth/callers.ts';
import { askerOf } from '../auth/limits.ts';
import { HttpProblem } from '../problems.ts';
import type { StreamBounds } from './bounds.ts';
import type { Outlet } from './outlet.ts';
import { heartbeat } from './texts.ts';

/** Seconds after which a place may have come free. */
const retryAfter = { 'retry-after': '30' };

interface Open {
  readonly outlet: Outlet;
  /** Whether who began it may still have it. */
  readonly isStill: () => Promise<boolean>;
  checkAt: number;
}

interface OpenStreams {
  /**
   * Takes a place for who asks; it comes free by what is returned.
   * @throws HttpProblem `too-many-requests` or `unavailable`
   */
  take(request: FastifyRequest): () => void;
  /** From now on it is looked after, until its connection is over. */
  keep(outlet: Outlet, isStill: () => Promise<boolean>): void;
  /** Ends those whose reader is no longer who it was, now. */
  recheck(): Promise<void>;
  /** Ends all, and takes no more. */
  endAll(): void;
}

/** Ends it when its reader is no longer who it was; who cannot be known again is not let in either. */
const check = ({ outlet, isStill }: Open): Promise<void> =>
  isStill().then(
    (still) => {
      if (!still) outlet.end();
    },
    () => outlet.end(),
  );

/** @param onLook called at every look at the streams */
export const openStreams = (bounds: StreamBounds, onLook: () => void): OpenStreams => {
  const taken = new Map<string, number>();
  const open = new Set<Open>();
  let all = 0;
  let isEnding = false;
  let timer: NodeJS.Timeout | undefined;

  const look = (): void => {
    onLook();
    const now = performance.now();
    for (const stream of open) {
      const { outlet } = stream;
      if (outlet.stuckFor() >= bounds.stuck) outlet.cut();
      else if (outlet.quietFor() >= bounds.quiet && outlet.waiting() === 0) outlet.write(heartbeat);
      if (now < stream.checkAt) continue;
      stream.checkAt = now + bounds.recheck;
      void check(stream);
    }
  };

  return {
    take: (request) => {
      if (isEnding) throw new HttpProblem('unavailable', 'Het grootboek stopt.');
      const who = askerOf(request);
      const most = mostFor(request, bounds);
      const has = taken.get(who) ?? 0;
      if (has >= most)
        throw new HttpProblem(
          'too-many-requests',
          `U volgt al met ${has} stromen tegelijk; meer kan niet.`,
          retryAfter,
        );
      if (all >= bounds.total)
        throw new HttpProblem(
          'unavailable',
          `Er zijn al ${bounds.total} stromen open; meer kan dit grootboek niet aan.`,
          retryAfter,
        );
      taken.set(who, has + 1);
      all += 1;
      return () => {
        all -= 1;
        const left = (taken.get(who) ?? 1) - 1;
        if (left === 0) taken.delete(who);
        else taken.set(who, left);
      };
    },
    keep: (outlet, isStill) => {
      const stream: Open = { outlet, isStill, checkAt: performance.now() + bounds.recheck };
      open.add(stream);
      timer ??= setInterval(look, bounds.look).unref();
      outlet.onGone(() => {
        open.delete(stream);
        if (open.size > 0) return;
        clearInterval(timer);
        timer = undefined;
      });
    },
    recheck: async () => {
      await Promise.all([...open].map(check));
    },
    endAll: () => {
      isEnding = true;
      for (const { outlet } of open) outlet.end();
    },
  };
};

const mostFor = ({ caller }: FastifyRequest, { perCaller, perAddress, total }: StreamBounds) =>
  isUnlimited(caller) ? total : caller === publicCaller ? perAddress : perCaller;
