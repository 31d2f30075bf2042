/** Commands that prove: checkpoints, proofs, keys, export. What they print can be kept. */
import type { Command } from 'commander';
import { asked } from './failure.ts';
import { addKeyRestore, addRotation } from './people.ts';
import type { CliPorts } from './ports.ts';

interface JsonOption {
  readonly json?: boolean;
}

interface Checkpoint {
  readonly size: number;
  readonly checkpoint: string;
}

interface Checkpoints {
  readonly keys: readonly { readonly key: string; readonly from: number }[];
  readonly items: readonly Checkpoint[];
  readonly next?: string;
}

export const addProofs = (program: Command, ports: CliPorts): void => {
  addCheckpoints(program, ports);
  addInclusion(program, ports);
  addConsistency(program, ports);
  addKeys(program, ports);
  addExport(program, ports);
};

/** The whole answer as JSON, or what a person keeps of it. */
const tell = (ports: CliPorts, body: unknown, json: boolean | undefined, text: string): void =>
  ports.out(json === true ? JSON.stringify(body, null, 2) : text.trimEnd());

const addCheckpoints = (program: Command, ports: CliPorts): void => {
  program
    .command('checkpoints')
    .description('Controlepunten, elk als getekende note; met latest alleen het laatste')
    .argument('[latest]')
    .option('--after <omvang>', 'alles na deze omvang')
    .option('--limit <aantal>', 'hoogste aantal')
    .option('--json', 'antwoord als JSON')
    .action(
      async (
        latest: string | undefined,
        { after, limit, json }: JsonOption & { readonly after?: string; readonly limit?: string },
      ) => {
        if (latest !== undefined) {
          const path = `/v1/checkpoints/${encodeURIComponent(latest)}`;
          const { body } = await asked(ports.call, 'GET', path);
          tell(ports, body, json, (body as Checkpoint).checkpoint);
          return;
        }
        const query = new URLSearchParams({
          ...(after === undefined ? {} : { after }),
          ...(limit === undefined ? {} : { limit }),
        }).toString();
        const path = `/v1/checkpoints${query === '' ? '' : `?${query}`}`;
        const { body } = await asked(ports.call, 'GET', path);
        const { items, next } = body as Checkpoints;
        const notes = items.map(({ checkpoint }) => checkpoint).join('\n');
        tell(ports, body, json, next === undefined ? notes : `${notes}\n… (--after ${next})`);
      },
    );
};

const addInclusion = (program: Command, ports: CliPorts): void => {
  program
    .command('inclusion-proof')
    .description('Bewijs dat een gebeurtenis in het grootboek staat (C2SP tlog-proof)')
    .argument('<gebeurtenis>', 'id van de gebeurtenis')
    .option('--size <omvang>', 'onder het controlepunt van deze omvang; anders het laatste')
    .option('--json', 'antwoord als JSON')
    .action(async (eventId: string, { size, json }: JsonOption & { readonly size?: string }) => {
      const query = size === undefined ? '' : `?size=${encodeURIComponent(size)}`;
      const path = `/v1/events/${encodeURIComponent(eventId)}/inclusion-proof${query}`;
      const { body } = await asked(ports.call, 'GET', path);
      tell(ports, body, json, (body as { readonly receipt: string }).receipt);
    });
};

const addConsistency = (program: Command, ports: CliPorts): void => {
  program
    .command('consistency-proof')
    .description('Bewijs dat het ene controlepunt het begin is van het andere')
    .argument('<van>', 'omvang')
    .argument('<naar>', 'omvang')
    .option('--json', 'antwoord als JSON')
    .action(async (from: string, to: string, { json }: JsonOption) => {
      const query = new URLSearchParams({ from, to }).toString();
      const { body } = await asked(ports.call, 'GET', `/v1/consistency-proofs?${query}`);
      tell(ports, body, json, (body as { readonly proof: readonly string[] }).proof.join('\n'));
    });
};

const addKeys = (program: Command, ports: CliPorts): void => {
  const keys = program
    .command('keys')
    .description('De openbare sleutels van de controlepunten; geef ze buiten het grootboek om')
    .option('--json', 'antwoord als JSON')
    .action(async ({ json }: JsonOption) => {
      const { body } = await asked(ports.call, 'GET', '/v1/checkpoints?limit=1');
      const { keys: known } = body as Checkpoints;
      tell(ports, known, json, known.map(({ key }) => key).join('\n'));
    });
  keys
    .command('replace')
    .description('Maakt een nieuwe sleutel, die voortaan tekent; de oude tekent de wissel mee')
    .action(async () => {
      const { body } = await asked(ports.call, 'POST', '/v1/signing-keys/_replace');
      ports.out((body as { readonly key: string }).key);
    });
  addRotation(keys, ports);
  addKeyRestore(keys, ports);
};

const addExport = (program: Command, ports: CliPorts): void => {
  program
    .command('export')
    .description('Schrijft het grootboek met zijn bewijs als één archief, om elders na te gaan')
    .argument('<bestand>', 'waar het komt; mag er nog niet zijn')
    .option('--size <omvang>', 'tot en met het controlepunt van deze omvang; anders het laatste')
    .option(
      '--at <punten>',
      'datums waarop antwoorden worden vergeleken, met komma’s; anders elk jaareinde',
    )
    .action(
      async (file: string, { size, at }: { readonly size?: string; readonly at?: string }) => {
        const query = new URLSearchParams({
          ...(size === undefined ? {} : { size }),
          ...(at === undefined ? {} : { at }),
        }).toString();
        ports.err('Bezig met uitvoeren …');
        const chunks = await ports.download(`/tlog/export${query === '' ? '' : `?${query}`}`);
        let [bytes, told] = [0, performance.now()];
        const counted = async function* () {
          for await (const chunk of chunks) {
            bytes += chunk.length;
            if (performance.now() - told > 5_000) {
              told = performance.now();
              ports.err(`Geschreven: ${megabytes(bytes)} MB`);
            }
            yield chunk;
          }
        };
        await ports.writeFile(file, counted());
        ports.out(`${file}: ${megabytes(bytes)} MB.`);
      },
    );
};

const megabytes = (bytes: number): string => (bytes / 1_000_000).toFixed(1).replace('.', ',');
