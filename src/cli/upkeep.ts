/** Commands that keep the ledger: import, rebuild and restore. */
import { basename } from 'node:path';
import type { Command } from 'commander';
import { asked, CliFailure, exit, usage } from './failure.ts';
import type { CliPorts, TextFile } from './ports.ts';

interface JsonOption {
  readonly json?: boolean;
}

export const addUpkeep = (program: Command, ports: CliPorts): void => {
  program
    .command('import')
    .description('Legt geschiedenis uit YAML-bestanden vast; zonder bestanden de meegeleverde')
    .argument('[bestanden...]')
    .option('--json', 'antwoord als JSON')
    .action(async (paths: readonly string[], { json }: JsonOption) => {
      const files = paths.length === 0 ? await ports.shippedHistory() : await read(ports, paths);
      ports.err(`Bezig met importeren van ${files.length} bestanden …`);
      const { body } = await asked(ports.call, 'POST', '/v1/imports', { files });
      const { recorded, known } = body as { readonly recorded: number; readonly known: number };
      ports.out(
        json === true
          ? JSON.stringify(body, null, 2)
          : `${recorded} opdrachten vastgelegd, ${known} waren dat al.`,
      );
    });
  program
    .command('rebuild')
    .description('Maakt de leestabellen opnieuw uit het log')
    .option('--json', 'antwoord als JSON')
    .action(async ({ json }: JsonOption) => {
      ports.err('Bezig met opnieuw opbouwen …');
      const { body } = await asked(ports.call, 'POST', '/v1/read-tables/_rebuild');
      const { events, seconds } = body as { readonly events: number; readonly seconds: number };
      ports.out(
        json === true
          ? JSON.stringify(body, null, 2)
          : `${events} gebeurtenissen verwerkt in ${seconds.toFixed(1).replace('.', ',')} s.`,
      );
    });
  addRestore(program, ports);
};

const addRestore = (program: Command, ports: CliPorts): void => {
  program
    .command('restore')
    .description('Gaat verder met een log dat mist wat is getekend, en legt dat verlies vast')
    .requiredOption('--accept-loss', 'aanvaardt dat wat het log mist verloren is')
    .requiredOption('--reason <tekst>', 'waarom; staat voorgoed in het grootboek')
    .option('--json', 'antwoord als JSON')
    .action(async ({ reason, json }: JsonOption & { readonly reason: string }) => {
      if (reason.trim() === '') throw usage('Geef met --reason een reden.');
      const lost = await ports.restore(reason);
      if (lost === undefined)
        throw new CliFailure(exit.refused, 'Er is niets verloren: dit log bevat wat is getekend.');
      const { seenSequence, foundSequence, heldSequence, sequence } = lost;
      ports.out(
        json === true
          ? JSON.stringify(lost, null, 2)
          : `Getekend was tot en met ${seenSequence}; gevonden tot en met ${foundSequence}, ongewijzigd tot en met ${heldSequence}. Het verlies is vastgelegd als gebeurtenis ${sequence}.`,
      );
    });
};

const read = (ports: CliPorts, paths: readonly string[]): Promise<readonly TextFile[]> =>
  Promise.all(
    paths.map(async (path) => ({ name: basename(path), text: await ports.readFile(path) })),
  );
