/** What goes wrong for a user: told in Dutch, with an exit code, never as a stack trace. */
import type { Call, Reply } from './ports.ts';

/** Exit codes. */
export const exit = { done: 0, refused: 1, usage: 2 } as const;

export class CliFailure extends Error {
  override readonly name = 'CliFailure';
  readonly code: number;
  /** The answer of the ledger, for those who asked for JSON. */
  readonly body: unknown;
  constructor(code: number, message: string, body?: unknown) {
    super(message);
    this.code = code;
    this.body = body;
  }
}

export const usage = (message: string): CliFailure => new CliFailure(exit.usage, message);

interface Problem {
  readonly detail?: string;
  readonly code?: string;
  readonly rule?: string;
  readonly decision?: string;
  readonly decisions?: readonly { readonly decisionId: string; readonly number?: string }[];
  readonly agreement?: string;
  readonly errors?: readonly { readonly pointer: string; readonly detail: string }[];
  readonly since?: readonly { readonly sequence: number; readonly type: string }[];
}

const failureOf = ({ status, body }: Reply): CliFailure => {
  const problem = (typeof body === 'object' && body !== null ? body : {}) as Problem;
  const lines = [problem.detail ?? `Het grootboek antwoordt met ${status}.`];
  if (problem.rule !== undefined) lines.push(`Regel ${problem.rule}${groundIn(problem)}`);
  if ((problem.errors?.length ?? 0) > 1)
    lines.push(...problem.errors!.map((e) => `  ${e.pointer}: ${e.detail}`));
  for (const { sequence, type } of problem.since ?? []) lines.push(`  ${sequence}: ${type}`);
  return new CliFailure(exit.refused, lines.join('\n'), body);
};

const groundIn = ({ decision, decisions = [], agreement }: Problem): string => {
  if (decision === undefined) return agreement === undefined ? '' : ` (overeenkomst ${agreement})`;
  const named = decisions.map(({ number, decisionId }) => number ?? decisionId);
  if (named.length === 0) return ` (besluit ${decision})`;
  return ` (${named.length === 1 ? 'besluit' : 'besluiten'} ${named.join(', ')})`;
};

/** The answer, or a failure when there was a problem. */
export const asked = async (call: Call, ...question: Parameters<Call>): Promise<Reply> => {
  const reply = await call(...question);
  if (reply.status >= 400) throw failureOf(reply);
  return reply;
};

/** What came in, or a failure when that tells of a problem. */
export const downloaded = async (
  status: number,
  chunks: AsyncIterable<Uint8Array>,
): Promise<AsyncIterable<Uint8Array>> => {
  if (status < 400) return chunks;
  const all: Uint8Array[] = [];
  for await (const chunk of chunks) all.push(chunk);
  const body = JSON.parse(Buffer.concat(all).toString('utf8')) as unknown;
  throw failureOf({ status, headers: {}, body });
};
