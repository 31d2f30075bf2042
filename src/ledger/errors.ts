/** Why a request was not carried out. A closed list; the HTTP face gives each its status. */
import type { Refusal } from '../domain/index.ts';

type ProblemCode =
  | 'invalid'
  | 'forbidden'
  | 'not-found'
  | 'key-reused'
  | 'stale'
  | 'refused'
  | 'too-large'
  | 'too-many'
  | 'ended'
  | 'read-only'
  | 'unavailable';

export interface NamedDecision {
  readonly decisionId: string;
  readonly number?: string;
  readonly title: string;
}

/** One thing that is wrong with what was sent. */
export interface Flaw {
  /** JSON pointer into the body, or the name of a parameter. */
  readonly pointer: string;
  /** Dutch. */
  readonly detail: string;
}

export interface Problem {
  readonly code: ProblemCode;
  /** Dutch. */
  readonly detail: string;
  readonly errors?: readonly Flaw[];
  readonly refusal?: Refusal;
  /** The decisions behind a rule that refuses, by number and title. */
  readonly decisions?: readonly NamedDecision[];
  /** What happened to the thing since it was read. */
  readonly since?: readonly { readonly sequence: number; readonly type: string }[];
}

/** Thrown by use cases; carries everything that the asker may be told. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.detail);
    this.problem = problem;
  }
}

export const invalid = (pointer: string, detail: string): ProblemError =>
  new ProblemError({
    code: 'invalid',
    detail: `Ongeldige invoer: ${pointer}: ${detail}`,
    errors: [{ pointer, detail }],
  });
