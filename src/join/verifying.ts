/**
 * Verifying an export, for whoever trusts nobody: proof, then answers folded again. Nothing counts
 * as good unless it was looked at and found so.
 */
import { generateKeyPairSync } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { VerifyRequest } from '../cli/verifying.ts';
import { writeDurably } from '../host/durable.ts';
import { type Checkpoint, parseCheckpoint } from '../proof/checkpoint.ts';
import { type Expected, noProgress, type Progress } from '../proof/claims.ts';
import { parseVerifierKey, signerFromPem } from '../proof/keys.ts';
import { parseNote, signNote } from '../proof/note.ts';
import { ForkError, ProofError, UnreadError } from '../proof/proof-error.ts';
import { verifyFiles } from '../proof/verify.ts';
import { openFolding } from './fold-thread.ts';
import type { Compared } from './folding.ts';
import { reportText } from './report.ts';
import { sourceOf } from './sources.ts';

/** Unread: there was nothing to look at, or this machine could not. */
export type Outcome = 'good' | 'bad' | 'incomplete' | 'fork' | 'unread';

export interface Verified {
  readonly outcome: Outcome;
  /** What is wrong, and where; the first thing that was found. */
  readonly found: string | undefined;
  readonly progress: Progress;
  readonly compared: Compared | undefined;
  /** What could not be checked, and why. */
  readonly unchecked: readonly string[];
}

export interface Verification extends Verified {
  /** In Dutch, as a note signed by the verifier's own key. */
  readonly report: string;
}

/** @throws ProofError only for what is wrong in the request itself */
export const verify = async (request: VerifyRequest): Promise<Verification> => {
  const expected: Expected = {
    keys: request.keys.map(parseVerifierKey),
    witnesses: request.witnesses.map(parseVerifierKey),
    receipts: request.receipts,
    accepted: (origin) => acceptedIn(request.state, origin),
  };
  const verified = await look(request, expected);
  if (isAcceptable(verified)) accept(request.state, verified.progress.checkpoint!);
  const signer = verifierIn(request.state);
  return { ...verified, report: signNote(reportText(request, verified, signer.key), [signer]) };
};

const look = async ({ what, token }: VerifyRequest, expected: Expected): Promise<Verified> => {
  const progress = noProgress();
  const fold = openFolding();
  let [error, compared]: [unknown, Compared | undefined] = [undefined, undefined];
  try {
    const source = await sourceOf(what, token);
    const manifest = await verifyFiles(source, expected, progress, fold.take).catch(
      async (flaw: unknown) => {
        // What was found in earlier events goes before.
        await fold.settled();
        throw flaw;
      },
    );
    compared = await fold.compare(manifest);
  } catch (flaw) {
    error = flaw ?? new Error('no reason');
  } finally {
    await fold.close();
  }
  const found = foundIn(error, compared);
  const unchecked = uncheckedIn(progress, compared);
  const isGood = found === undefined && progress.isWhole && compared !== undefined;
  const proven = !isGood ? 'bad' : unchecked.length > 0 ? 'incomplete' : 'good';
  return { outcome: namedBy(error) ?? proven, found, progress, compared, unchecked };
};

/** What some errors say of themselves. */
const namedBy = (error: unknown): Outcome | undefined =>
  error instanceof ForkError ? 'fork' : error instanceof UnreadError ? 'unread' : undefined;

const foundIn = (error: unknown, compared: Compared | undefined): string | undefined => {
  if (error instanceof ProofError) return error.message;
  if (error !== undefined)
    return `onverwacht: ${error instanceof Error ? String(error) : JSON.stringify(error)}`;
  if (compared === undefined || compared.different.length === 0) return undefined;
  return `antwoorden zijn anders dan de gebeurtenissen geven: ${compared.different.join('; ')}`;
};

const uncheckedIn = (
  { isPinned, accepted, isWhole }: Progress,
  compared: Compared | undefined,
): readonly string[] => [
  ...(isPinned === true ? [] : ['de sleutel: er is er geen opgegeven die bij dit grootboek hoort']),
  ...(accepted?.isOlder === true
    ? [
        `of dit het begin is van wat eerder is aanvaard: dat had omvang ${accepted.size}, deze uitvoer is ouder`,
      ]
    : []),
  ...(compared?.notCompared === undefined ? [] : [`de antwoorden: ${compared.notCompared}`]),
  ...(isWhole ? [] : ['wat na de eerste fout komt']),
];

// --- what the verifier keeps

const fileOf = (state: string, origin: string): string => {
  const [, ledgerId] = /^partnership-ledger\/([0-9a-f]{32})$/.exec(origin) ?? [];
  if (ledgerId === undefined) throw new ProofError('de naam is niet die van een grootboek');
  return join(state, `${ledgerId}.checkpoint`);
};

const acceptedIn = (state: string, origin: string): Checkpoint | undefined => {
  const file = fileOf(state, origin);
  if (!existsSync(file)) return undefined;
  return parseCheckpoint(parseNote(readFileSync(file, 'utf8')).text);
};

/** Signed by a key that is trusted, and no answer was found to differ; only ever a later one. */
const isAcceptable = ({ outcome, progress }: Verified): boolean =>
  (outcome === 'good' || outcome === 'incomplete') &&
  progress.isPinned === true &&
  progress.accepted?.isOlder !== true;

const accept = (state: string, { origin, note }: { origin: string; note: string }): void => {
  mkdirSync(state, { recursive: true, mode: 0o700 });
  writeDurably(fileOf(state, origin), note);
};

/** The key by which this verifier signs its reports; made when there is none. */
const verifierIn = (state: string) => {
  mkdirSync(state, { recursive: true, mode: 0o700 });
  const file = join(state, 'report-key.pem');
  if (!existsSync(file)) {
    const { privateKey } = generateKeyPairSync('ed25519');
    writeDurably(file, privateKey.export({ format: 'pem', type: 'pkcs8' }));
  }
  return signerFromPem('ledger-verifier', readFileSync(file, 'utf8'));
};
