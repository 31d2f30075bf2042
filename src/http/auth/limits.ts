/** How many requests somebody may send: a bucket each, that fills as time goes. */
import { isIPv6 } from 'node:net';
import type { FastifyRequest } from 'fastify';
import { publicCaller } from '../../ledger/access/index.ts';
import type { Clock } from '../../ledger/ports.ts';

/** Buckets kept; the one not used for longest gives way, and is full when it comes back. */
const most = 20_000;

export interface Limiter {
  /**
   * Takes from somebody's bucket.
   * @param perMinute what goes in a minute, and at once
   * @returns seconds after which there is enough again; 0: it was taken
   */
  take(who: string, perMinute: number, cost?: number): number;
}

export const limiterOn = (clock: Clock): Limiter => {
  const buckets = new Map<string, { readonly left: number; readonly at: number }>();
  return {
    take: (who, perMinute, cost = 1) => {
      const at = Date.parse(clock.now());
      const before = buckets.get(who) ?? { left: perMinute, at };
      // A clock that was set back takes nothing out.
      const passed = Math.max(at - before.at, 0);
      const filled = Math.min(perMinute, before.left + (passed * perMinute) / 60_000);
      buckets.delete(who);
      const enough = filled >= cost;
      buckets.set(who, { left: enough ? filled - cost : filled, at });
      const [oldest] = buckets.keys();
      if (buckets.size > most && oldest !== undefined) buckets.delete(oldest);
      return enough ? 0 : Math.ceil(((cost - filled) * 60) / perMinute);
    },
  };
};

/** Whom a request counts for. */
export const askerOf = ({ caller, ip }: Pick<FastifyRequest, 'caller' | 'ip'>): string =>
  caller === publicCaller ? askerAt(ip) : `caller ${caller.id}`;

/**
 * Who asks without signing in, as far as an address tells: of IPv6 the network, for whoever has
 * one address of a /64 has them all.
 */
const askerAt = (address: string): string => {
  const [, ipv4] = /^::ffff:(\d+(?:\.\d+){3})$/i.exec(address) ?? [];
  if (ipv4 !== undefined || !isIPv6(address)) return `address ${ipv4 ?? address}`;
  const [before = '', after = ''] = address.split('::', 2);
  const first = before.split(':').filter(Boolean);
  const last = after.split(':').filter(Boolean);
  const isCut = address.includes('::');
  const left = isCut
    ? Array.from({ length: Math.max(8 - first.length - last.length, 0) }, () => '0')
    : [];
  const groups = [...first, ...left, ...last].slice(0, 4).map((group) => parseInt(group, 16));
  return `network ${groups.map((group) => group.toString(16)).join(':')}`;
};
