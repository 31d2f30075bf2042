/** The command line: a client of the same API as everybody else. */
import { Command, CommanderError } from 'commander';
import { CliFailure, exit } from './failure.ts';
import type { CliPorts } from './ports.ts';
import { addPeople } from './people.ts';
import { addMoving } from './moving.ts';
import { addPreview } from './previewing.ts';
import { addProofs } from './proving.ts';
import { addQuestions } from './questions.ts';
import { addRecording } from './recording.ts';
import { addReplay } from './replaying.ts';
import { addTokens } from './tokens.ts';
import { addUpkeep } from './upkeep.ts';
import { addWebhooks } from './webhooks.ts';
import { addVerify, type VerifyPorts } from './verifying.ts';

/**
 * Carries out one command.
 * @param argv words after the program's name
 * @returns the exit code: 0 done, 1 refused, 2 wrongly used
 */
export const runCli = async (argv: readonly string[], ports: CliPorts): Promise<number> => {
  let code: number = exit.done;
  const program = makeProgram(ports);
  program
    .command('serve')
    .description('Start de dienst')
    .action(async () => {
      code = await ports.serve();
    });
  addQuestions(program, ports);
  addReplay(program, ports);
  addPreview(program, ports);
  addRecording(program, ports);
  addTokens(program, ports);
  addWebhooks(program, ports);
  addProofs(program, ports);
  addVerify(program, ports, (ended) => (code = ended));
  addUpkeep(program, ports);
  addPeople(program, ports);
  addMoving(program, ports);
  return carriedOut(program, argv, ports, () => code);
};

/** The verifier alone: a program for who has nothing else. */
export const runVerifier = async (argv: readonly string[], ports: VerifyPorts): Promise<number> => {
  let code: number = exit.done;
  const program = makeProgram(ports);
  addVerify(program, ports, (ended) => (code = ended));
  return carriedOut(program, argv, ports, () => code);
};

const carriedOut = async (
  program: Command,
  argv: readonly string[],
  ports: Said,
  code: () => number,
): Promise<number> => {
  try {
    await program.parseAsync(argv, { from: 'user' });
    return code();
  } catch (error) {
    if (error instanceof CommanderError) return wronglyUsed(error, ports);
    if (!(error instanceof CliFailure)) throw error;
    if (argv.includes('--json') && error.body !== undefined)
      ports.out(JSON.stringify(error.body, null, 2));
    ports.err(error.message);
    return error.code;
  }
};

type Said = Pick<VerifyPorts, 'out' | 'err'>;

const makeProgram = (ports: Said): Command =>
  new Command('ledger')
    .description('Grootboek van het partnerschap van gemeenten en IBN')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => ports.out(text.trimEnd()),
      writeErr: (text) => ports.out(text.trimEnd()),
      // Told in Dutch where it is caught.
      outputError: () => undefined,
    })
    .helpOption('-h, --help', 'toont deze hulp')
    .helpCommand('help [opdracht]', 'toont hulp bij een opdracht')
    .configureHelp({
      styleTitle: (title) => titles[title] ?? title,
      sortSubcommands: false,
    });

const titles: Readonly<Record<string, string>> = {
  'Usage:': 'Gebruik:',
  'Arguments:': 'Woorden:',
  'Options:': 'Opties:',
  'Commands:': 'Opdrachten:',
};

const messages: Readonly<Record<string, string>> = {
  'commander.unknownCommand': 'Onbekende opdracht',
  'commander.unknownOption': 'Onbekende optie',
  'commander.missingArgument': 'Er ontbreekt een woord:',
  'commander.optionMissingArgument': 'Bij deze optie hoort een waarde:',
  'commander.excessArguments': 'Er staan te veel woorden bij',
  'commander.invalidArgument': 'Dit kan hier niet:',
};

const wronglyUsed = (error: CommanderError, { err }: Said): number => {
  if (error.exitCode === 0) return exit.done;
  // Without any command the help is shown, which says enough.
  if (error.code === 'commander.help') return exit.usage;
  const [, named = ''] = /'([^']+)'/.exec(error.message) ?? [];
  err(`${messages[error.code] ?? 'Zo kan het niet:'} ${named}. Zie: ledger --help`);
  return exit.usage;
};
