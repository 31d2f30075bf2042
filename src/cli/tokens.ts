/** Commands for who may come in: tokens of programs, links for people. */
import type { Command } from 'commander';
import { asked } from './failure.ts';
import type { CliPorts } from './ports.ts';
import { tableOf } from './table.ts';

interface LinkOptions {
  readonly role?: string;
  readonly municipality?: string;
  readonly as?: string;
}

interface CreateOptions {
  readonly role: string;
  readonly expires: string;
  readonly municipality?: string;
  readonly types?: string;
  readonly note?: string;
  readonly json?: boolean;
}

/** Whom a link is or was for. */
const ofPerson = (command: Command): Command =>
  command
    .option('--role <rol>', 'zoals registrar, auditor of municipality')
    .option('--municipality <code>', 'bij de rol municipality, zoals gm0828')
    .option('--as <woord>', 'wie het is; wordt nergens bewaard, en houdt mensen uit elkaar');

export const addTokens = (program: Command, ports: CliPorts): void => {
  ofPerson(program.command('sign-in'))
    .description('Maakt een link waarmee iemand zich één keer aanmeldt; anders: als beheerder')
    .action(async (given: LinkOptions) => {
      const { body } = await asked(ports.call, 'POST', '/v1/sign-in-links', given);
      ports.out((body as { readonly link: string }).link);
    });
  ofPerson(program.command('sign-out'))
    .description('Meldt af wie met zo’n link binnenkwam; zonder opties: iedereen')
    .action(async (given: LinkOptions) => {
      const { body } = await asked(ports.call, 'POST', '/v1/sign-outs', given);
      const { ended } = body as { readonly ended: number };
      ports.out(ended === 1 ? 'Eén sessie is beëindigd.' : `${ended} sessies zijn beëindigd.`);
    });
  const tokens = program.command('token').description('Tokens voor programma’s');
  tokens
    .command('create')
    .description('Maakt een token; het wordt één keer getoond')
    .requiredOption('--role <rol>', 'zoals registrar, auditor of municipality')
    .requiredOption('--expires <datum>', 'laatste dag waarop het geldt')
    .option('--municipality <code>', 'bij de rol municipality, zoals gm0828')
    .option('--types <soorten>', 'bij de rol service: soorten gebeurtenissen, met komma’s')
    .option('--note <tekst>', 'waarvoor het is; geen namen van mensen')
    .option('--json', 'antwoord als JSON')
    .action(async ({ json, types, ...given }: CreateOptions) => {
      const request = { ...given, ...(types === undefined ? {} : { types: types.split(',') }) };
      const { body } = await asked(ports.call, 'POST', '/v1/tokens', request);
      const { token } = body as { readonly token: string };
      ports.out(json === true ? JSON.stringify(body, null, 2) : token);
      if (json !== true) ports.err('Bewaar dit nu: het wordt niet nog eens getoond.');
    });
  tokens
    .command('list')
    .description('Alle tokens, ook ingetrokken en verlopen')
    .option('--json', 'antwoord als JSON')
    .action(async ({ json }: { readonly json?: boolean }) => {
      const { body } = await asked(ports.call, 'GET', '/v1/tokens');
      const { items } = body as { readonly items: readonly Readonly<Record<string, unknown>>[] };
      const lines = items.length === 0 ? ['Er zijn geen tokens.'] : tableOf(items);
      ports.out(json === true ? JSON.stringify(body, null, 2) : lines.join('\n'));
    });
  tokens
    .command('revoke')
    .description('Trekt een token in; het geldt meteen niet meer')
    .argument('<id>')
    .action(async (id: string) => {
      await asked(ports.call, 'POST', `/v1/tokens/${encodeURIComponent(id)}/_revoke`);
      ports.out(`Token ${id} is ingetrokken.`);
    });
};
