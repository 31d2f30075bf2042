/** The command that verifies an export. It needs no ledger: it is also a program of its own. */
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import { usage } from './failure.ts';

/** Exit codes that a script can use; 2 is for wrong use, as everywhere. */
const codes = { good: 0, bad: 1, incomplete: 3, fork: 4, unread: 5 } as const;

export interface VerifyRequest {
  /** A file, a folder, or an address. */
  readonly what: string;
  /** With which an address is asked; absent: that of the environment. */
  readonly token?: string | undefined;
  /** Verifier keys that were given apart from the export. */
  readonly keys: readonly string[];
  readonly witnesses: readonly string[];
  /** Texts of receipts. */
  readonly receipts: readonly string[];
  /** Folder in which the last checkpoint that was accepted is kept, and the verifier's own key. */
  readonly state: string;
  /** Instant at which it is verified. */
  readonly now: string;
}

export interface VerifyPorts {
  /** One line, or several, to standard output and to standard error. */
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  readonly readFile: (path: string) => Promise<string>;
  /** A new file, whole or not at all. @throws CliFailure */
  readonly writeFile: (path: string, content: string | AsyncIterable<Uint8Array>) => Promise<void>;
  /** @throws Error with a Dutch message when what is asked cannot be */
  readonly verify: (request: VerifyRequest) => Promise<{
    readonly outcome: keyof typeof codes;
    readonly report: string;
  }>;
}

interface VerifyOptions {
  readonly key: readonly string[];
  readonly witness: readonly string[];
  readonly receipt: readonly string[];
  readonly state: string;
  readonly tokenFile?: string;
  readonly report?: string;
  readonly json?: boolean;
}

const each = (value: string, before: readonly string[]): readonly string[] => [...before, value];

const help = `
Uitkomst: 0 klopt, 1 klopt niet, 2 verkeerd gebruikt, 3 klopt voor zover nagegaan,
4 een andere geschiedenis dan eerder is gezien, 5 niet nagegaan: er was niets te lezen,
of deze machine kon het niet.`;

/** @param ended told the exit code */
export const addVerify = (
  program: Command,
  ports: VerifyPorts,
  ended: (code: number) => void,
): void => {
  program
    .command('verify')
    .description('Gaat een uitvoer na zonder iets of iemand te vertrouwen')
    .argument('<uitvoer>', 'archief, map waarin het is uitgepakt, of adres van een grootboek')
    .option(
      '--key <sleutel>',
      'openbare sleutel of bestand ermee, buiten de uitvoer om gekregen',
      each,
      [],
    )
    .option('--witness <sleutel>', 'openbare sleutel van een getuige, of bestand ermee', each, [])
    .option('--receipt <bestand>', 'een ontvangstbewijs dat u bewaarde (tlog-proof)', each, [])
    .option(
      '--state <map>',
      'waar het laatst aanvaarde controlepunt wordt bewaard',
      join(homedir(), '.ledger-verifier'),
    )
    .option(
      '--token-file <bestand>',
      'met het token van een auditor, als het adres dat vraagt; anders geldt LEDGER_TOKEN',
    )
    .option('--report <bestand>', 'bewaart het getekende verslag')
    .option('--json', 'antwoord als JSON')
    .addHelpText('after', help)
    .action(async (what: string, options: VerifyOptions) => {
      const { report: file, json, state } = options;
      const request = {
        what,
        token: await tokenIn(ports, options.tokenFile),
        keys: await keysIn(ports, options.key),
        witnesses: await keysIn(ports, options.witness),
        receipts: await Promise.all(options.receipt.map(ports.readFile)),
        state,
        now: new Date().toISOString(),
      };
      const verified = await ports.verify(request).catch((error: unknown) => {
        throw usage(error instanceof Error ? error.message : String(error));
      });
      const { outcome, report } = verified;
      ports.out(json === true ? JSON.stringify(verified, null, 2) : report.trimEnd());
      // A report that cannot be kept says nothing of the ledger, so neither does the exit code.
      if (file !== undefined)
        await ports.writeFile(file, report).catch((error: unknown) => {
          throw usage(error instanceof Error ? error.message : String(error));
        });
      ended(codes[outcome]);
    });
};

const tokenIn = async (
  { readFile }: VerifyPorts,
  file: string | undefined,
): Promise<string | undefined> => (file === undefined ? undefined : (await readFile(file)).trim());

/** A key as it stands, or every line of a file. */
const keysIn = async (
  { readFile }: VerifyPorts,
  given: readonly string[],
): Promise<readonly string[]> => {
  const read = given.map(async (one) =>
    one.includes('+') ? [one] : (await readFile(one)).split(/\s+/).filter((line) => line !== ''),
  );
  return (await Promise.all(read)).flat();
};
