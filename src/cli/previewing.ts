/** The command that tries commands without recording them. */
import { basename } from 'node:path';
import type { Command } from 'commander';
import { asked, CliFailure } from './failure.ts';
import type { CliPorts, TriedLine } from './ports.ts';
import { render } from './render.ts';
import { isFields, listIn } from './values.ts';

interface PreviewOptions {
  readonly of?: string;
  readonly at?: string;
  readonly json?: boolean;
}

export const addPreview = (program: Command, ports: CliPorts): void => {
  program
    .command('preview')
    .description('Wat opdrachten zouden veranderen; er wordt niets vastgelegd')
    .argument('<bestand>', 'YAML, geschreven als een geschiedenisbestand')
    .option('--of <vraag>', 'alleen wat verandert in deze vraag, zoals lump-sums')
    .option('--at <datum>', 'peildatum')
    .option('--json', 'antwoord als JSON')
    .action(async (path: string, { of, at, json }: PreviewOptions) => {
      const name = basename(path);
      const lines = ports.readTried({ name, text: await ports.readFile(path) });
      const body = await previewed(ports, name, lines, {
        ...(of === undefined ? {} : { of }),
        ...(at === undefined ? {} : { validAt: at }),
      });
      ports.out(json === true ? JSON.stringify(body, null, 2) : render(body));
    });
};

/** @throws CliFailure naming the line of the command that would be refused */
const previewed = async (
  { call }: CliPorts,
  name: string,
  lines: readonly TriedLine[],
  question: object,
): Promise<unknown> => {
  try {
    const commands = lines.map(({ command }) => command);
    return (await asked(call, 'POST', '/v1/previews', { commands, ...question })).body;
  } catch (error) {
    if (!(error instanceof CliFailure)) throw error;
    const line = lines[commandIn(error.body) ?? -1]?.line;
    if (line === undefined) throw error;
    throw new CliFailure(error.code, `${name}:${line}: ${error.message}`, error.body);
  }
};

/** Place in the list of the command that a problem is about. */
const commandIn = (problem: unknown): number | undefined => {
  const [first] = isFields(problem) ? listIn(problem.errors) : [];
  const [, index] = /^\/commands\/(\d+)/.exec(String(first?.pointer)) ?? [];
  return index === undefined ? undefined : Number(index);
};
