/** Commands for subscriptions to events: those of who works on the machine itself. */
import type { Command } from 'commander';
import { asked } from './failure.ts';
import type { CliPorts } from './ports.ts';
import { tableOf } from './table.ts';
import { listIn } from './values.ts';

interface JsonOption {
  readonly json?: boolean;
}

interface AddOptions extends JsonOption {
  readonly tokenFile: string;
  readonly types?: string;
  readonly tags?: string;
  readonly after?: string;
  readonly rate?: string;
  readonly note?: string;
  readonly key?: string;
}

export const addWebhooks = (program: Command, ports: CliPorts): void => {
  const webhooks = program
    .command('webhook')
    .description('Gebeurtenissen sturen aan een ontvanger');
  addCreation(webhooks, ports);
  addSteps(webhooks, ports);
  addParked(webhooks, ports);
};

const addCreation = (webhooks: Command, ports: CliPorts): void => {
  webhooks
    .command('add')
    .description('Vraagt gebeurtenissen te sturen; het geheim wordt één keer getoond')
    .argument('<adres>', 'https://…')
    .requiredOption('--token-file <bestand>', 'met het token waaraan de ontvanger ons kent')
    .option('--types <soorten>', 'alleen deze soorten, met komma’s')
    .option('--tags <tags>', 'alleen over al deze dingen, met komma’s')
    .option('--after <volgnummer>', 'alles daarna (-1: vanaf het begin); anders wat nog komt')
    .option('--rate <aantal>', 'hoogste aantal verzoeken per minuut')
    .option('--note <tekst>', 'waarvoor het is; geen namen van mensen')
    .option('--key <sleutel>', 'Idempotency-Key: ULID of UUID')
    .option('--json', 'antwoord als JSON')
    .action(async (address: string, options: AddOptions) => {
      const { tokenFile, types, tags, after, rate, note, key, json } = options;
      const request = {
        address,
        token: (await ports.readFile(tokenFile)).trim(),
        ...(types === undefined ? {} : { types: types.split(',') }),
        ...(tags === undefined ? {} : { tags: tags.split(',') }),
        ...(after === undefined ? {} : { after: numberIn(after) }),
        ...(rate === undefined ? {} : { rate: numberIn(rate) }),
        ...(note === undefined ? {} : { note }),
      };
      const headers = { 'idempotency-key': key ?? ports.newKey() };
      const { body } = await asked(ports.call, 'POST', '/v1/webhooks', request, headers);
      const { webhook, secret } = body as {
        readonly webhook: { readonly webhookId: string };
        readonly secret?: string;
      };
      ports.out(json === true ? shown(body) : `${webhook.webhookId} ${secret ?? ''}`.trim());
      if (json !== true) ports.err('Bewaar dit geheim nu: het wordt niet nog eens getoond.');
    });
};

/** What is no number is sent as it is: the ledger says what is wrong with it. */
const numberIn = (text: string): number | string =>
  /^-?\d{1,15}$/.test(text) ? Number(text) : text;

const shown = (body: unknown): string => JSON.stringify(body, null, 2);

const pathOf = (id: string, rest = ''): string => `/v1/webhooks/${encodeURIComponent(id)}${rest}`;

const addSteps = (webhooks: Command, ports: CliPorts): void => {
  webhooks
    .command('list')
    .description('Alle abonnementen, ook onderbroken en beëindigd')
    .option('--json', 'antwoord als JSON')
    .action(async ({ json }: JsonOption) => {
      const { body } = await asked(ports.call, 'GET', '/v1/webhooks');
      const items = listIn((body as { readonly items?: unknown }).items);
      const rows = items.map(
        ({ webhookId, status, reason, position, parked, failure, address }) => ({
          ...{ webhookId, status, reason, position, parked, failure, address },
        }),
      );
      const lines = rows.length === 0 ? ['Er zijn geen abonnementen.'] : tableOf(rows);
      ports.out(json === true ? shown(body) : lines.join('\n'));
    });
  const step = (name: string, action: string, description: string, done: string): void => {
    webhooks
      .command(name)
      .description(description)
      .argument('<id>')
      .action(async (id: string) => {
        await asked(ports.call, 'POST', pathOf(id, action));
        ports.out(`Abonnement ${id} ${done}.`);
      });
  };
  step('pause', '/_pause', 'Houdt een abonnement op; er gaat niets verloren', 'is onderbroken');
  step('resume', '/_resume', 'Gaat verder, na opnieuw te vragen of het mag', 'gaat verder');
  step('remove', '/_end', 'Beëindigt een abonnement, voorgoed', 'is beëindigd');
};

const addParked = (webhooks: Command, ports: CliPorts): void => {
  webhooks
    .command('parked')
    .description('De gebeurtenissen die een ontvanger weigerde')
    .argument('<id>')
    .option('--json', 'antwoord als JSON')
    .action(async (id: string, { json }: JsonOption) => {
      const { body } = await asked(ports.call, 'GET', pathOf(id, '/parked?limit=1000'));
      const items = listIn((body as { readonly items?: unknown }).items);
      const lines = items.length === 0 ? ['Er is niets geweigerd.'] : tableOf(items);
      ports.out(json === true ? shown(body) : lines.join('\n'));
    });
  webhooks
    .command('replay')
    .description('Stuurt wat geweigerd werd opnieuw, op volgnummer')
    .argument('<id>')
    .argument('[volgnummer]', 'alleen deze')
    .action(async (id: string, sequence?: string) => {
      const one = sequence === undefined ? '' : `/${encodeURIComponent(sequence)}`;
      const { body } = await asked(ports.call, 'POST', pathOf(id, `/parked${one}/_replay`));
      ports.out(`Wordt opnieuw gestuurd: ${(body as { readonly due: number }).due}.`);
    });
};
