/** What the command line is given. It knows the ledger only by its API. */

export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** The JSON of the answer, read. */
  readonly body: unknown;
}

/** Asks a running ledger, or one that is opened for this command. */
export type Call = (
  method: 'GET' | 'POST',
  path: string,
  body?: unknown,
  headers?: Readonly<Record<string, string>>,
) => Promise<Reply>;

export interface TextFile {
  readonly name: string;
  readonly text: string;
}

/** A command that is to be tried, and the line of its file on which it stands. */
export interface TriedLine {
  readonly line: number;
  readonly command: unknown;
}

/** How it stands with the log. */
export interface Examined {
  /** Which log, without a password. */
  readonly log: string;
  readonly stream?: string;
  readonly role: string;
  readonly reachable: boolean;
  readonly failure?: string;
  readonly head?: { readonly sequence: number; readonly recordedAt?: string };
  readonly mirrored?: number;
  readonly limits?: string;
  /** Milliseconds. */
  readonly skew?: number;
}

export interface CliPorts {
  /** Moves a ledger to another log. @throws CliFailure */
  readonly copy: (
    from: string,
    to: string,
  ) => Promise<{ readonly events: number; readonly digest: string }>;
  readonly examine: () => Promise<Examined>;
  readonly call: Call;
  /** Runs the service until it is asked to stop; gives the exit code. */
  readonly serve: () => Promise<number>;
  /** One line, or several, to standard output and to standard error. */
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  readonly readFile: (path: string) => Promise<string>;
  /** The history that comes with the program. */
  readonly shippedHistory: () => Promise<readonly TextFile[]>;
  /** Commands of a file. @throws CliFailure naming file, line and reason */
  readonly readTried: (file: TextFile) => readonly TriedLine[];
  /** Resolves when a person at the terminal goes on; at once where there is none. */
  readonly enterPressed: () => Promise<void>;
  /** A new idempotency key. */
  readonly newKey: () => string;
}
