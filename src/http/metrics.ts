/**
 * What the service tells of itself in Prometheus' format, to who looks after it. Requests are
 * told by route, never by address: an address may name whom it is about.
 */
import type { FastifyInstance } from 'fastify';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Webhooks } from '../ledger/webhooks.ts';
import { giving } from './auth/access.ts';
import type { AppParts } from './parts.ts';

/** Seconds. */
const buckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];

/** To be called before the routes that are measured. */
export const registerMetrics = (
  app: FastifyInstance,
  { ledger, logState, webhooks }: AppParts,
): void => {
  const register = new Registry();
  const registers = [register];
  const requests = new Histogram({
    name: 'ledger_http_request_duration_seconds',
    help: 'Time until an answer was sent, by route.',
    labelNames: ['method', 'route', 'status'],
    buckets,
    registers,
  });
  app.addHook('onResponse', async ({ method, routeOptions }, reply) => {
    const route = routeOptions.url ?? 'none';
    requests.observe({ method, route, status: reply.statusCode }, reply.elapsedTime / 1000);
  });
  const gauge = (name: string, help: string, value: () => number | undefined): void => {
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.reset();
        const now = value();
        if (now !== undefined) this.set(now);
      },
    });
  };
  gauge('ledger_ready', 'Whether the ledger has caught up and answers.', () =>
    ledger() === undefined ? 0 : 1,
  );
  gauge('ledger_head_sequence', 'Sequence of the last event.', () => ledger()?.head().sequence);
  gauge('ledger_log_reachable', 'Whether the last call to a log kept elsewhere was answered.', () =>
    toNumber(logState?.()?.reachable),
  );
  gauge(
    'ledger_log_behind_events',
    'Events that such a log has and the mirror has not.',
    () => logState?.()?.behind,
  );
  if (webhooks !== undefined) registerWebhooks(webhooks, registers);
  let isCollecting = false;
  app.get('/metrics', { schema: { hide: true }, ...giving('metrics') }, async (_request, reply) => {
    // What is told of the process costs a little all the time: only where somebody asks.
    if (!isCollecting) collectDefaultMetrics({ register });
    isCollecting = true;
    return reply
      .type(register.contentType)
      .serializer(String)
      .send(await register.metrics());
  });
};

/** Of all subscriptions together: an address, or whose it is, is nobody's business here. */
const registerWebhooks = (webhooks: Webhooks, registers: Registry[]): void => {
  const gauge = (name: string, help: string, value: () => number): void => {
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(value());
      },
    });
  };
  gauge(
    'ledger_webhook_parked_events',
    'Events that receivers refused, and that wait.',
    () => webhooks.standing().parked,
  );
  gauge(
    'ledger_webhook_behind_events',
    'Events that the active subscription furthest behind has before it.',
    () => webhooks.standing().behind,
  );
  new Gauge({
    name: 'ledger_webhook_subscriptions',
    help: 'Subscriptions, by how they stand.',
    labelNames: ['status'],
    registers,
    collect() {
      for (const [status, count] of Object.entries(webhooks.standing().subscriptions))
        this.set({ status }, count);
    },
  });
  new Counter({
    name: 'ledger_webhook_deliveries_total',
    help: 'Deliveries since the service began, by how they ended.',
    labelNames: ['outcome'],
    registers,
    collect() {
      this.reset();
      for (const [outcome, count] of Object.entries(webhooks.standing().deliveries))
        this.inc({ outcome }, count);
    },
  });
};

const toNumber = (value: boolean | undefined): number | undefined =>
  value === undefined ? undefined : Number(value);
