/** What the command line is given. It knows the ledger only by its API. */
import type { VerifyPorts } from './verifying.ts';

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

/** What a log that was put back from an older copy lacks; sequences. */
interface AcceptedLoss {
  readonly seenSequence: number;
  readonly foundSequence: number;
  /** Highest sequence that is still as it was signed. */
  readonly heldSequence: number;
  /** The event that records it. */
  readonly sequence: number;
}

/** Keys of persons that the office lacks, and that were given up if there were as many as was said. */
interface LostKeys {
  readonly lacking: number;
  /** Undefined: nothing was done. */
  readonly accepted?: {
    /** Keys that stay unknown. */
    readonly lost: number;
    /** Keys of persons whom the log says are erased, and who stay so. */
    readonly erased: number;
    readonly acceptedAt: string;
  };
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
  /** Milliseconds by which the server's clock was ahead of the writer's, at the last event. */
  readonly skew?: number;
  /** Milliseconds by which the clock of this machine is ahead of the server's. */
  readonly ahead?: number;
  /** Milliseconds by which the last event is ahead of the clock of this machine. */
  readonly behind?: number;
}

export interface CliPorts extends VerifyPorts {
  /** Moves a ledger to another log. @throws CliFailure */
  readonly copy: (
    from: string,
    to: string,
  ) => Promise<{ readonly events: number; readonly root: string }>;
  readonly examine: () => Promise<Examined>;
  readonly call: Call;
  /** An answer that is no JSON, as it comes in. @throws CliFailure for a problem */
  readonly download: (path: string) => Promise<AsyncIterable<Uint8Array>>;
  /** Asks what an export holds, without a ledger. @throws CliFailure */
  readonly callExport: (path: string) => Promise<Call>;
  /** Runs the service until it is asked to stop; gives the exit code. */
  readonly serve: () => Promise<number>;
  /** Accepts that the log lacks what was signed; undefined when it lacks nothing. */
  readonly restore: (reason: string) => Promise<AcceptedLoss | undefined>;
  /** Accepts that so many keys of persons are lost for good. */
  readonly restoreKeys: (count: number, reason: string) => Promise<LostKeys>;
  /** The history that comes with the program. */
  readonly shippedHistory: () => Promise<readonly TextFile[]>;
  /** Commands of a file. @throws CliFailure naming file, line and reason */
  readonly readTried: (file: TextFile) => readonly TriedLine[];
  /** Resolves when a person at the terminal goes on; at once where there is none. */
  readonly enterPressed: () => Promise<void>;
  /** A new idempotency key. */
  readonly newKey: () => string;
}
