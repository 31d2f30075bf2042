/**
 * Signs what the log holds, and proves it. Every shared commit comes under a checkpoint before it
 * is acknowledged; commits that come while a checkpoint is on its way to the disk share the next.
 */
import { ProblemError } from '../ledger/errors.ts';
import { type EventLog, LogUnavailableError, type Sequence } from '../ledger/event-log.ts';
import type { CheckpointStore, KeptCheckpoint, Proofs, TileStore } from '../ledger/proofs.ts';
import { toBase64 } from './base64.ts';
import { bundleOf } from './bundle.ts';
import { checkpointText } from './checkpoint.ts';
import { compare, toldOf } from './comparing.ts';
import { followed } from './following.ts';
import { grow, grownTo, holds } from './growing.ts';
import { keyChain, keyChangeNote } from './key-chain.ts';
import type { Signer, VerifierKey } from './keys.ts';
import { consistencyProof, inclusionProof, rootOf } from './merkle.ts';
import { parseNote, parseSignatureLine, signNote, verifyLine } from './note.ts';
import { ProofError } from './proof-error.ts';
import { receiptText } from './receipt.ts';
import { parseTilePath, tileWidth } from './tile-path.ts';
import type { Tree } from './tree.ts';

interface ProverParts {
  readonly log: EventLog;
  readonly tiles: TileStore;
  readonly checkpoints: CheckpointStore;
  readonly signer: Signer;
  /** Whose cosignatures are taken in. */
  readonly witnesses: readonly VerifierKey[];
  readonly progress?: (done: number, total: number) => void;
}

export interface Prover {
  readonly proofs: Proofs;
  /** The log; what is appended through this one is under a checkpoint when it resolves. */
  readonly log: EventLog;
  /** How the log differs from what was signed, in Dutch; then nothing more is signed. */
  readonly divergence: string | undefined;
  /** From now on this key signs. */
  replaceKey(next: Signer): void;
  /** A note over something else than a checkpoint, such as an export. */
  sign(text: string): string;
}

/** The log lacks what a checkpoint signed; the message says how, in Dutch. */
class DivergedError extends Error {
  override readonly name = 'DivergedError';
}

/** @param parts its log is not empty */
export const openProver = async (parts: ProverParts): Promise<Prover> => {
  try {
    return await signing(parts);
  } catch (error) {
    if (!(error instanceof DivergedError)) throw error;
    const { log, checkpoints } = parts;
    const readOnly = (): never => {
      throw new ProblemError({ code: 'read-only', detail: `Alleen lezen: ${error.message}.` });
    };
    const proofs = proofsOf(parts, () => alone(checkpoints.latest()), readOnly);
    return { proofs, log, divergence: error.message, replaceKey: readOnly, sign: readOnly };
  }
};

/** @throws DivergedError */
const signing = async (parts: ProverParts): Promise<Prover> => {
  const { log, checkpoints } = parts;
  let { signer } = parts;
  const origin = signer.key.name;
  let latest = alone(checkpoints.latest());
  let tree = await treeUnder(parts, latest);
  let isWhole = true;

  const advance = async (): Promise<void> => {
    try {
      if (!isWhole) tree = await treeUnder(parts, latest);
      isWhole = false;
      await grow(tree, log, log.head().sequence, parts.progress);
      isWhole = true;
      const size = tree.size();
      if (size === latest?.size) return;
      const text = checkpointText({ origin, size, root: rootOf(tree.hashOf, size) });
      const made = { size, note: signNote(text, [signer]) };
      await checkpoints.keep(made);
      latest = { ...made, above: latest?.size ?? 0 };
    } catch (error) {
      throw new LogUnavailableError('a checkpoint cannot be kept', { cause: error });
    }
  };
  let underWay: Promise<void> | undefined;
  /** Resolves when a checkpoint holds this sequence, durably. */
  const covered = async (sequence: Sequence): Promise<void> => {
    while ((latest?.size ?? 0) <= sequence)
      await (underWay ??= advance().finally(() => (underWay = undefined)));
  };
  await covered(log.head().sequence);

  return {
    log: {
      ...log,
      append: async (entries, condition) => {
        const outcome = await log.append(entries, condition);
        if (outcome.outcome === 'appended') await covered(outcome.last);
        return outcome;
      },
    },
    replaceKey: (next) => {
      checkpoints.changeKey(keyChangeNote(signer, next, latest!.size));
      signer = next;
    },
    sign: (text) => signNote(text, [signer]),
    divergence: undefined,
    proofs: proofsOf(
      parts,
      () => latest,
      () => ({ tree, covered }),
    ),
  };
};

/** The tree under the last checkpoint. @throws DivergedError */
const treeUnder = async (
  { log, tiles, progress }: ProverParts,
  latest: KeptCheckpoint | undefined,
): Promise<Tree> => {
  const { size } = latest ?? { size: 0 };
  const head = log.head().sequence;
  if (head + 1 < size)
    throw new DivergedError(
      `het log eindigt bij ${head}, het laatste controlepunt tekende tot en met ${size - 1}`,
    );
  const grown = await grownTo(tiles, log, size, progress);
  if (latest === undefined || holds(grown, latest)) return grown;
  // The tiles may be damaged: the log decides.
  const anew = await grownTo({ ...tiles, read: () => undefined }, log, size, progress);
  if (holds(anew, latest)) return grownTo(tiles, log, size, progress);
  throw new DivergedError(
    `de gebeurtenissen tot en met ${size - 1} zijn andere dan die het laatste controlepunt tekende`,
  );
};

/** The last checkpoint, and the size of the one before. */
interface Latest extends KeptCheckpoint {
  readonly above: number;
}

/** Of the one before nothing is known: this one is certainly the first to hold its last event. */
const alone = (kept: KeptCheckpoint | undefined): Latest | undefined =>
  kept && { ...kept, above: kept.size - 1 };

interface Now {
  readonly tree: Tree;
  readonly covered: (sequence: Sequence) => Promise<void>;
}

/**
 * @param latest the last checkpoint that is durable
 * @param now throws where nothing can be proven
 */
const proofsOf = (parts: ProverParts, latest: () => Latest | undefined, now: () => Now): Proofs => {
  const { log, checkpoints } = parts;
  const origin = parts.signer.key.name;
  const signed = (): number => latest()?.size ?? 0;
  /** What is kept and not yet durable is nobody's to see. */
  const checkpointsFrom = (size: number, limit: number) =>
    checkpoints.from(size, limit).filter((kept) => kept.size <= signed());
  /** Size of the one that others signed last. */
  let cosigned: number | undefined;
  /** Of what was just written that is the latest one: it need not be looked up. */
  const firstHolding = (sequence: Sequence): KeptCheckpoint => {
    const last = latest()!;
    const isKnown = sequence >= last.above && last.size !== cosigned;
    return isKnown ? last : checkpointsFrom(sequence + 1, 1)[0]!;
  };
  const checkpoint = (size: number): KeptCheckpoint => {
    const [kept] = checkpointsFrom(size, 1);
    if (kept?.size === size) return kept;
    const next = kept === undefined ? '' : `; het eerstvolgende heeft omvang ${kept.size}`;
    throw notFound(`Er is geen controlepunt van omvang ${size}${next}.`);
  };
  const receipt = (index: Sequence, { size, note }: KeptCheckpoint) => {
    const proof = inclusionProof(now().tree.hashOf, index, size);
    return { proof, text: receiptText({ index, proof, checkpoint: note }) };
  };
  const chain = () => keyChain(origin, checkpoints.keyChanges(), parts.signer.key);
  const inclusion: Proofs['inclusion'] = (index, size) => {
    const under = checkpoint(size);
    if (index >= size)
      throw notFound(`Gebeurtenis ${index} staat niet onder het controlepunt van omvang ${size}.`);
    const { proof, text } = receipt(index, under);
    return { index, size, proof: proof.map(toBase64), checkpoint: under.note, receipt: text };
  };
  return {
    origin,
    keys: () => chain().map(({ key, from }) => ({ key: key.text, from })),
    receipts: async (sequences) => {
      const last = Math.max(...sequences);
      await now().covered(last);
      const under = firstHolding(last);
      return sequences.map((sequence) => receipt(sequence, under).text);
    },
    latest: () => checkpoint(signed()),
    checkpoint,
    checkpointsFrom,
    inclusion,
    consistency: (from, to) => {
      if (from > to || from === 0) throw notFound(`Van ${from} naar ${to} bestaat geen bewijs.`);
      const ends = { from: checkpoint(from), to: checkpoint(to) };
      const proof = consistencyProof(now().tree.hashOf, from, to);
      return { ...ends, proof: proof.map(toBase64) };
    },
    told: ({ note }) => toldOf(note, chain(), parts.witnesses),
    follow: async (index, size) => followed(inclusion(index, size), await textAt(log, index)),
    compare: (text) => {
      const { hashOf } = now().tree;
      const here = { origin, chain: chain(), hashOf, latest: checkpoint(signed()) };
      return compare(text, { ...here, lost: checkpoints.lost() });
    },
    tile: (path) => tileAt(log, now().tree, signed(), path),
    cosign: (size, line) => {
      const known = checkpoint(size);
      checkpoints.cosign(size, acceptedLine(known, line, parts.witnesses));
      cosigned = size;
    },
    keyChanges: checkpoints.keyChanges,
    lost: checkpoints.lost,
  };
};

const notFound = (detail: string): ProblemError => new ProblemError({ code: 'not-found', detail });

/** An event as it is stored. @throws ProblemError `not-found` */
const textAt = async (log: EventLog, index: Sequence): Promise<string> => {
  const [event] = await log.read('all', { from: index, to: index });
  if (event === undefined) throw notFound(`Gebeurtenis ${index} bestaat niet.`);
  return event.text;
};

/** Only what a checkpoint signs is given out. */
const tileAt = async (
  log: EventLog,
  tree: Tree,
  signed: number,
  path: string,
): Promise<Uint8Array | undefined> => {
  const name = parseTilePath(path);
  if (name === undefined) return undefined;
  const { kind, index, width } = name;
  const from = index * tileWidth;
  const leaves = kind === 'entries' ? 1 : tileWidth ** kind;
  if ((from + width) * leaves > signed) return undefined;
  if (kind !== 'entries') return tree.tile(kind, index, width);
  const events = await log.read('all', { from, to: from + width - 1 });
  return bundleOf(events.map(({ text }) => Buffer.from(text)));
};

/** @throws ProblemError `invalid` for a line by nobody known, or that does not sign this */
const acceptedLine = (
  { note }: KeptCheckpoint,
  line: string,
  witnesses: readonly VerifierKey[],
): string => {
  try {
    const signed = parseSignatureLine(line.endsWith('\n') ? line : `${line}\n`);
    const key = witnesses.find(({ name, id }) => name === signed.name && id === signed.id);
    if (key === undefined) throw new ProofError(`${signed.name}+${signed.id} is niet ingesteld`);
    verifyLine(parseNote(note).text, signed, key);
    return signed.line;
  } catch (error) {
    if (!(error instanceof ProofError)) throw error;
    throw new ProblemError({
      code: 'invalid',
      detail: `Deze handtekening wordt niet aangenomen: ${error.message}.`,
      errors: [{ pointer: '/cosignature', detail: error.message }],
    });
  }
};
