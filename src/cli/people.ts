/** Commands about the data of persons: forget one, see who looked, go over to another key. */
import type { Command } from 'commander';
import { asked } from './failure.ts';
import type { CliPorts } from './ports.ts';
import { tableOf } from './table.ts';
import { listIn } from './values.ts';

interface JsonOption {
  readonly json?: boolean;
}

interface ForgetOptions extends JsonOption {
  readonly key?: string;
}

/** An opaque reference; anything else is whoever keeps the persons calls this one. */
const reference = /^[0-9a-f]{32}$/;

export const addPeople = (program: Command, ports: CliPorts): void => {
  program
    .command('forget')
    .description('Wist een persoon: wat verzegeld is gaat daarna nooit meer open')
    .argument('<persoon>', 'de ULID van de persoon in uw eigen administratie')
    .option('--key <sleutel>', 'Idempotency-Key: ULID of UUID')
    .option('--json', 'antwoord als JSON')
    .action(async (personId: string, options: ForgetOptions) => {
      await forget(ports, personId, options);
    });
  program
    .command('looked')
    .description('Wie naar de gegevens van een persoon keek, wanneer en met welk doel')
    .argument('<persoon>', 'de ULID uit uw eigen administratie, of de verwijzing (32 tekens)')
    .option('--json', 'antwoord als JSON')
    .action(async (given: string, { json }: JsonOption) => {
      const person = reference.test(given) ? given : await referenceTo(ports, given);
      const { body } = await asked(ports.call, 'GET', `/v1/processing-log?person=${person}`);
      ports.out(json === true ? JSON.stringify(body, null, 2) : told(body));
    });
};

/** Beside what else is done with keys. */
export const addRotation = (keys: Command, ports: CliPorts): void => {
  keys
    .command('rotate')
    .description('Verpakt de sleutels van personen onder een nieuwe sleutel')
    .option('--json', 'antwoord als JSON')
    .action(async ({ json }: JsonOption) => {
      const { body } = await asked(ports.call, 'POST', '/v1/keys/_rotate');
      const { keys } = body as { readonly keys: number };
      ports.out(
        json === true ? JSON.stringify(body, null, 2) : `${keys} sleutels opnieuw verpakt.`,
      );
    });
};

const forget = async (
  { call, out, newKey }: CliPorts,
  personId: string,
  { key, json }: ForgetOptions,
): Promise<void> => {
  const headers = { 'idempotency-key': key ?? newKey() };
  const { body } = await asked(call, 'POST', '/v1/erasures', { personId }, headers);
  const { created } = body as { readonly created: { readonly erasureId: string } };
  const path = `/v1/erasures/${created.erasureId}`;
  const { body: erasure } = await asked(call, 'GET', path);
  const { status } = erasure as { readonly status: string };
  if (json === true) out(JSON.stringify(erasure, null, 2));
  else if (status === 'erased') out('Gewist.');
  else out('Gevraagd. Nog niet alles heeft bevestigd dat er niets is achtergebleven.');
};

const referenceTo = async ({ call }: CliPorts, personId: string): Promise<string> => {
  const { body } = await asked(call, 'POST', '/v1/person-references', { personId });
  return (body as { readonly person: string }).person;
};

const told = (body: unknown): string => {
  const items = listIn((body as { readonly items?: unknown }).items);
  if (items.length === 0) return 'Niemand.';
  const rows = items.map(({ at, purposeTitle, reader }) => {
    const { office, municipality, id } = reader as Readonly<Record<string, string>>;
    return { at, office, municipality: municipality ?? '', reader: id, purpose: purposeTitle };
  });
  return tableOf(rows).join('\n');
};
