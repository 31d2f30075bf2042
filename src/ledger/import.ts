/**
 * Import: history files are lists of commands in YAML, registered through the same deciders as
 * any command. Every line has its own idempotency key, made of what it says, so importing twice
 * changes nothing and lines that were added are recorded alone.
 */
import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import { z } from 'zod';
import { tag } from '../../events/index.ts';
import { Line, LocalDate, onDay, RoughDate } from '../../events/values.ts';
import { commandNamed, flawsOf, type Recorded, type Request } from './record.ts';
import { ProblemError } from './errors.ts';

export interface HistoryFile {
  readonly name: string;
  readonly text: string;
}

/** One command of a history file, ready to be recorded. */
interface HistoryLine {
  readonly file: string;
  readonly line: number;
  readonly request: Request;
}

/** A history file that cannot be imported: where, and why. Nothing of it was recorded. */
export class HistoryError extends Error {
  override readonly name = 'HistoryError';
}

const actor = { id: 'history-import', office: 'registrar' };

const dayOrDate = z
  .union([LocalDate, RoughDate])
  .transform((d): RoughDate => (typeof d === 'string' ? onDay(d) : d));

const EvidenceLine = z.looseObject({ learnedOn: dayOrDate.optional() });

const Step = z.strictObject({
  command: z.string(),
  validFrom: dayOrDate,
  evidence: z.union([EvidenceLine, z.array(EvidenceLine).min(1)]),
  forEach: z.record(z.string(), z.array(z.string()).min(1)).optional(),
  body: z.record(z.string(), z.unknown()),
});

const Header = z.strictObject({
  title: Line,
  source: Line,
  learnedOn: dayOrDate.optional(),
  commands: z.array(z.unknown()).min(1),
});

/** What is only tried need not say where it comes from. */
const TriedStep = Step.partial({ validFrom: true, evidence: true }).extend({
  mode: z.enum(['take', 'register']).optional(),
});
const TriedHeader = Header.partial({ title: true, source: true });

/** A ULID that stands for a label, the same in every ledger. */
export const ulidOf = (label: string): string => {
  const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
  const hash = createHash('sha256').update(`label\n${label}`).digest();
  return `0000000000${[...hash.subarray(0, 16)].map((byte) => alphabet[byte % 32]).join('')}`;
};

/**
 * Reads history files into commands, in order.
 * @throws HistoryError naming file, line and reason
 */
export const readHistory = (files: readonly HistoryFile[]): readonly HistoryLine[] => {
  const keys = new Set<string>();
  return files
    .flatMap((file) => readFile(file))
    .map((line) => {
      if (keys.has(line.request.key)) throw at(line.file, line.line, 'staat er twee keer');
      keys.add(line.request.key);
      return line;
    });
};

const at = (file: string, line: number, reason: string) =>
  new HistoryError(`${file}:${line}: ${reason}`);

const readFile = (file: HistoryFile): readonly HistoryLine[] => {
  const { header, steps } = stepsIn(file, Header, Step);
  return steps.flatMap(({ line, step }) =>
    contentsOf(step, header).map((content) => {
      const key = createHash('sha256')
        .update(canonicalize(content) ?? '')
        .digest('hex');
      const request = { ...content, key, actor };
      check(request, file.name, line);
      return { file: file.name, line, request };
    }),
  );
};

/** A command that is to be tried, and the line it stands on. */
interface TriedLine {
  readonly line: number;
  readonly command: Omit<Request, 'key' | 'actor' | 'ifMatch'>;
}

/**
 * Reads a file of commands to be tried: written as a history file, but title, source, date and
 * evidence may be left out. With evidence a command registers, without it takes a step; `mode`
 * may say otherwise.
 * @throws HistoryError naming file, line and reason
 */
export const readTried = (file: HistoryFile): readonly TriedLine[] => {
  const { header, steps } = stepsIn(file, TriedHeader, TriedStep);
  return steps.flatMap(({ line, step }) =>
    contentsOf(step, header).map((command) => ({ line, command })),
  );
};

/** The steps of a file, each with its line. @throws HistoryError */
const stepsIn = <
  H extends z.ZodType<{ readonly commands: readonly unknown[] }>,
  S extends z.ZodType,
>(
  { name, text }: HistoryFile,
  Head: H,
  One: S,
) => {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true });
  const [broken] = document.errors;
  if (broken !== undefined)
    throw at(name, lines.linePos(broken.pos[0]).line, broken.message.split('\n')[0] ?? '');
  const lineOf = (node: unknown): number => {
    const start = (node as Node | undefined)?.range?.[0];
    return start === undefined ? 1 : lines.linePos(start).line;
  };
  let content: unknown;
  try {
    content = document.toJS();
  } catch (error) {
    throw at(name, 1, (error as Error).message);
  }
  const header = Head.safeParse(content);
  if (!header.success) throw at(name, lineOf(document.contents), reasons(header.error));
  const nodes = isMap(document.contents) ? document.contents.get('commands') : undefined;
  const steps = header.data.commands.map((raw, index) => {
    const node = isSeq(nodes) ? nodes.items[index] : undefined;
    const line = lineOf(isMap(node) || isScalar(node) ? node : undefined);
    const step = One.safeParse(raw);
    if (!step.success) throw at(name, line, reasons(step.error));
    return { line, step: step.data };
  });
  return { header: header.data, steps };
};

const reasons = (error: z.ZodError): string =>
  flawsOf(error)
    .map((flaw) => `${flaw.pointer} ${flaw.detail}`)
    .join('; ');

/** What can be said without the ledger: the command exists and its body fits. */
const check = (request: Request, file: string, line: number): void => {
  const command = commandNamed(request.command);
  if (command === undefined) throw at(file, line, `onbekende opdracht ${request.command}`);
  const body = command.body.safeParse(request.body);
  if (!body.success) throw at(file, line, `${request.command}: ${reasons(body.error)}`);
};

/** A step once for every combination that it names. */
const contentsOf = (
  step: z.infer<typeof TriedStep>,
  header: Omit<z.infer<typeof TriedHeader>, 'commands'>,
) =>
  products(step.forEach ?? {}).map((values) => {
    const { command, body, validFrom } = step;
    const shared = {
      ...(header.source === undefined ? {} : { source: header.source }),
      ...(header.learnedOn === undefined ? {} : { learnedOn: header.learnedOn }),
    };
    const evidence =
      step.evidence === undefined
        ? undefined
        : filled(
            [step.evidence].flat().map((e) => ({ ...shared, ...e })),
            values,
          );
    return {
      command,
      body: filled(body, values) as Record<string, unknown>,
      mode: step.mode ?? (evidence === undefined ? 'take' : 'register'),
      ...(validFrom === undefined ? {} : { validFrom }),
      ...(evidence === undefined ? {} : { evidence }),
    };
  });

/** Every combination, the first name varying slowest. */
const products = (
  lists: Readonly<Record<string, readonly string[]>>,
): readonly Readonly<Record<string, string>>[] =>
  Object.entries(lists).reduce<readonly Readonly<Record<string, string>>[]>(
    (all, [name, values]) => all.flatMap((one) => values.map((v) => ({ ...one, [name]: v }))),
    [{}],
  );

/** Fills `{name}` in strings; `@label` becomes its ULID, `kind:@label` a tag. */
export const filled = (value: unknown, values: Readonly<Record<string, string>>): unknown => {
  if (typeof value === 'string') {
    const text = Object.entries(values).reduce(
      (all, [name, v]) => all.replaceAll(`{${name}}`, v),
      value,
    );
    if (/^@[a-z0-9-]+$/.test(text)) return ulidOf(text.slice(1));
    const [, kind, label] = /^([a-z-]+):@([a-z0-9-]+)$/.exec(text) ?? [];
    return kind === undefined || label === undefined ? text : tag(kind, ulidOf(label));
  }
  if (Array.isArray(value)) return value.map((v) => filled(v, values));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, filled(v, values)]));
};

export interface Imported {
  readonly recorded: number;
  /** Lines that had been recorded before. */
  readonly known: number;
}

/**
 * Records lines in order.
 * @param record carries out one command
 * @throws HistoryError at the first line that is refused; lines before it were recorded
 */
export const importLines = async (
  lines: readonly HistoryLine[],
  record: (request: Request) => Promise<Recorded>,
  progress?: (done: number, total: number) => void,
): Promise<Imported> => {
  let recorded = 0;
  for (const [index, line] of lines.entries()) {
    try {
      if (!(await record(line.request)).repeated) recorded += 1;
    } catch (error) {
      if (error instanceof ProblemError) throw at(line.file, line.line, error.message);
      throw error;
    }
    progress?.(index + 1, lines.length);
  }
  return { recorded, known: lines.length - recorded };
};

/**
 * Imports files: first on a copy that is thrown away, so that a line that is refused leaves
 * nothing behind, then for real.
 * @param rehearse carries out one command on the copy; see {@link importLines}
 * @throws HistoryError naming file, line and reason; nothing was recorded
 */
export const importHistory = async (
  files: readonly HistoryFile[],
  rehearse: () => Promise<(request: Request) => Promise<Recorded>>,
  record: (request: Request) => Promise<Recorded>,
  progress?: (done: number, total: number) => void,
): Promise<Imported> => {
  const lines = readHistory(files);
  const tried = await importLines(lines, await rehearse());
  if (tried.recorded === 0) return tried;
  return importLines(lines, record, progress);
};
