/** Commands about the log itself: moving it, and how it stands. */
import type { Command } from 'commander';
import { clockText, clockWords } from '../ledger/clock-text.ts';
import { mostSkew } from '../ledger/event-log.ts';
import { CliFailure, exit } from './failure.ts';
import type { CliPorts, Examined } from './ports.ts';

interface JsonOption {
  readonly json?: boolean;
}

export const addMoving = (program: Command, ports: CliPorts): void => {
  program
    .command('copy')
    .description('Verhuist het grootboek van het ene log naar het andere, en sluit het eerste')
    .argument('<van>', 'sqlite:<map> of esdb://…')
    .argument('<naar>', 'sqlite:<map> of esdb://…')
    .option('--json', 'antwoord als JSON')
    .action(async (from: string, to: string, { json }: JsonOption) => {
      const copied = await ports.copy(from, to);
      ports.out(
        json === true
          ? JSON.stringify(copied, null, 2)
          : `${copied.events} gebeurtenissen overgenomen en gelijk bevonden; wortel ${copied.root}\n` +
              'Het eerste log is gesloten; zet LEDGER_LOG op het nieuwe.',
      );
    });
  program
    .command('doctor')
    .description('Zegt hoe het met het log staat: bereikbaar, achter, klok, bewaarlimieten')
    .option('--json', 'antwoord als JSON')
    .action(async ({ json }: JsonOption) => {
      const found = await ports.examine();
      ports.out(json === true ? JSON.stringify(found, null, 2) : linesOf(found).join('\n'));
      const wrong = flawsOf(found);
      if (wrong.length > 0) throw new CliFailure(exit.refused, wrong.join('\n'), found);
    });
};

const linesOf = ({
  log,
  stream,
  role,
  head,
  mirrored,
  skew,
  ahead,
  reachable,
}: Examined): string[] => [
  `log          ${log}${stream === undefined ? '' : `, stroom ${stream}, ${role}`}`,
  `bereikbaar   ${reachable ? 'ja' : 'nee'}`,
  `laatste      ${head === undefined ? 'onbekend' : String(head.sequence)}${head?.recordedAt === undefined ? '' : `, vastgelegd ${head.recordedAt}`}`,
  ...(mirrored === undefined ? [] : [`spiegel      tot en met ${mirrored}`]),
  ...(head === undefined || mirrored === undefined
    ? []
    : [`achter       ${Math.max(0, head.sequence - mirrored)}`]),
  ...(ahead === undefined
    ? []
    : [`klok         ${ahead === 0 ? 'gelijk aan' : `${clockWords(ahead)} op`} die van KurrentDB`]),
  ...(skew === undefined ? [] : [`             ${skew} ms tussen vastleggen en opslaan`]),
];

const flawsOf = ({
  reachable,
  failure,
  limits,
  skew = 0,
  ahead = 0,
  behind = 0,
}: Examined): string[] => [
  ...(reachable
    ? []
    : [`Het log is niet bereikbaar${failure === undefined ? '' : `: ${failure}`}.`]),
  ...(limits === undefined ? [] : [`De stroom bewaart niet alles: ${limits}.`]),
  ...(Math.abs(ahead) > mostSkew ? [clockText({ ahead, of: 'server' })] : []),
  ...(behind > mostSkew ? [clockText({ ahead: -behind, of: 'ledger' })] : []),
  ...(Math.abs(skew) > mostSkew
    ? [`De klok van de schrijver en die van de server verschilden ${skew} ms.`]
    : []),
];
