/** The containers, as far as they can be checked without an engine: shape, and names of settings. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { root } from './depcruise.ts';

const read = (name: string): string => readFileSync(join(root, name), 'utf8');

const Service = z.strictObject({
  image: z
    .string()
    .regex(/:[0-9.]+$/)
    .optional(),
  build: z.literal('.').optional(),
  profiles: z.array(z.literal('cluster')).optional(),
  environment: z.record(z.string(), z.string()).optional(),
  volumes: z.array(z.unknown()),
  ports: z.array(z.string().startsWith('127.0.0.1:')).optional(),
  depends_on: z.record(z.string(), z.object({ condition: z.string() })).optional(),
  healthcheck: z
    .object({ test: z.array(z.string()) })
    .loose()
    .optional(),
  restart: z.literal('always').optional(),
  mem_limit: z.string().optional(),
  cpus: z.number().optional(),
  logging: z.unknown().optional(),
  read_only: z.literal(true).optional(),
  tmpfs: z.array(z.string()).optional(),
  cap_drop: z.array(z.literal('ALL')).optional(),
  security_opt: z.array(z.string()).optional(),
  stop_grace_period: z.string().optional(),
  entrypoint: z.array(z.string()).optional(),
  command: z.array(z.string()).optional(),
});
const { services, volumes } = z
  .object({ services: z.record(z.string(), Service), volumes: z.record(z.string(), z.null()) })
  .parse(parse(read('docker-compose.yml'), { merge: true }));

/** From the server's own documentation of its configuration. */
const documented = [
  'CERTIFICATE_FILE',
  'CERTIFICATE_PRIVATE_KEY_FILE',
  'CLUSTER_SIZE',
  'DEFAULT_ADMIN_PASSWORD',
  'DEFAULT_OPS_PASSWORD',
  'DISCOVER_VIA_DNS',
  'GOSSIP_SEED',
  'INSECURE',
  'NODE_HOST_ADVERTISE_AS',
  'RUN_PROJECTIONS',
  'TRUSTED_ROOT_CERTIFICATES_PATH',
].map((name) => `KURRENTDB_${name}`);
const ours = [...read('.env.example').matchAll(/^([A-Z_]+)=/gm)].map(([, name]) => name!);

describe('docker-compose.yml', () => {
  test.each(Object.entries(services))(
    '%s has known settings and real volumes',
    (_name, service) => {
      const names = Object.keys(service.environment ?? {});
      expect(names.filter((name) => ![...documented, ...ours].includes(name))).toEqual([]);
      const used = service.volumes.map((volume) =>
        typeof volume === 'string' ? volume.split(':')[0] : (volume as { source: string }).source,
      );
      expect(used.filter((name) => !(name! in volumes))).toEqual([]);
      for (const name of Object.keys(service.depends_on ?? {}))
        expect(services).toHaveProperty(name);
    },
  );

  test('what stays up comes back, within limits; a node tells its health', () => {
    for (const [name, service] of Object.entries(services)) {
      if (name === 'certificates') continue;
      expect(service, name).toMatchObject({ restart: 'always', mem_limit: '2g', cpus: 2 });
      if (service.image !== undefined) expect(service.healthcheck, name).toBeDefined();
      else expect(service, name).toMatchObject({ read_only: true, cap_drop: ['ALL'] });
    }
  });

  test('without a profile there is one node and one ledger; with it three and another', () => {
    const inCluster = Object.entries(services).filter(([, { profiles }]) => profiles !== undefined);
    expect(Object.keys(services)).toHaveLength(7);
    expect(inCluster.map(([name]) => name)).toEqual([
      'certificates',
      'node1',
      'node2',
      'node3',
      'cluster-ledger',
    ]);
  });
});

test('the Dockerfile ends as somebody without rights, and takes only what runs', () => {
  const file = read('Dockerfile');
  expect(file).toMatch(/\nUSER node\n/);
  expect(file).toMatch(/npm ci --omit=dev/);
  expect(file).toMatch(/\nHEALTHCHECK /);
  const copied = [...file.matchAll(/^COPY (?!--)(.+) \S+$/gm)].flatMap(([, names]) =>
    names!.split(' '),
  );
  const allowed = read('.dockerignore')
    .match(/^!(.+)$/gm)!
    .map((line) => line.slice(1));
  expect(copied.filter((name) => !allowed.includes(name))).toEqual([]);
});
