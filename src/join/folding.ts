/** The answers of an export, folded again from its entries alone. */
import { type Entry, EntryError, newestOf } from '../../events/index.ts';
import type { Envelope } from '../../events/entry.ts';
import { model } from '../../projections/index.ts';
import type { Sequence } from '../ledger/event-log.ts';
import { answerDigests } from '../ledger/digests.ts';
import type { Point } from '../ledger/questions.ts';
import { type FoldedEvent, openFold } from '../ledger/fold.ts';
import { ProofError } from '../proof/proof-error.ts';
import { erasures } from './erased.ts';
import { ExportedAnswers } from './exporting.ts';

/** What came of comparing answers. */
export interface Compared {
  readonly model: number;
  /** Answers that are the same, besides those of `erasedSince`. */
  readonly same: number;
  /** Question and point of each that is the same, and shows sealed parts that open no more. */
  readonly erasedSince: readonly string[];
  /** Question and point of each that is not. */
  readonly different: readonly string[];
  /** Why nothing was compared, if so. */
  readonly notCompared?: string;
}

interface Folding {
  /** Takes in entries, in order. @throws ProofError for what no ledger records */
  take(entries: readonly Uint8Array[], from: number): void;
  /** @throws ProofError when the export does not say what its answers are */
  compare(manifest: Record<string, unknown>): Compared;
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** @param origin of a ledger, from its id */
export const folding = (originOf: (ledgerId: string) => string): Folding => {
  const fold = openFold();
  const erased = erasures();
  let head: Sequence = -1;
  let last = '';
  let opened: { readonly ledgerId: string; readonly dataset: string } | undefined;
  /** Of a newer program: what is not known here cannot be folded. */
  let unknown: string | undefined;

  const checked = (bytes: Uint8Array, sequence: Sequence): FoldedEvent => {
    const entry = read(bytes, sequence);
    const { recordedAt, type, data } = entry;
    if ((type === 'LedgerOpened') !== (sequence === 0))
      throw new ProofError(`gebeurtenis ${sequence}: LedgerOpened is alleen de eerste`);
    if (type === 'LedgerOpened') opened = data;
    if (!(recordedAt >= last))
      throw new ProofError(`gebeurtenis ${sequence} is vastgelegd vóór de vorige`);
    last = recordedAt;
    erased.take(entry);
    return { sequence, entry };
  };

  const told = (points: readonly Point[]): readonly Told[] =>
    Array.from(answerDigests(fold, points), ({ digest, items }) => ({
      digest,
      isErased: erased.touch(items),
    }));

  return {
    take: (entries, from) => {
      if (unknown !== undefined) return;
      try {
        fold.apply(entries.map((bytes, i) => checked(bytes, from + i)));
        head = from + entries.length - 1;
      } catch (error) {
        if (error instanceof EntryError) unknown = error.message;
        else if (error instanceof ProofError) throw error;
        else
          throw new ProofError(`gebeurtenissen vanaf ${from} zijn niet na te rekenen`, {
            cause: error,
          });
      }
    },
    compare: (manifest) => {
      const said = ExportedAnswers.safeParse(manifest);
      if (!said.success) throw new ProofError('export.json noemt zijn antwoorden niet');
      const { points, digests, ...rest } = said.data;
      const none = { model: rest.model, same: 0, erasedSince: [], different: [] };
      if (unknown !== undefined)
        return { ...none, notCompared: `dit programma kent niet alles: ${unknown}` };
      if (originOf(rest.ledgerId) !== manifest.origin || opened?.ledgerId !== rest.ledgerId)
        throw new ProofError('de eerste gebeurtenis is van een ander grootboek');
      if (opened.dataset !== rest.dataset)
        throw new ProofError('export.json noemt een andere soort gegevens dan het grootboek');
      if (rest.model !== model)
        return {
          ...none,
          notCompared: `de uitvoer is van model ${rest.model}, dit programma van model ${model}`,
        };
      if (points.length === 0) return { ...none, notCompared: 'de uitvoer noemt geen punten' };
      if (points.some(({ knownAt }) => knownAt > head))
        throw new ProofError('export.json noemt een punt na het controlepunt');
      return { model, ...comparison(told(points), digests) };
    },
  };
};

type Digests = readonly ReturnType<typeof ExportedAnswers.parse>['digests'][number][];

const nameOf = ({ question, validAt, knownAt }: Digests[number]): string =>
  `${question} op ${validAt}, bekend op ${knownAt}`;

/** An answer of our own. */
interface Told {
  readonly digest: Digests[number];
  /** Whether it shows sealed parts that open no more. */
  readonly isErased: boolean;
}

/** Both must tell of the same questions at the same points, in the same order. */
const comparison = (own: readonly Told[], said: Digests) => {
  const different: string[] = [];
  const erasedSince: string[] = [];
  for (const [i, { digest, isErased }] of own.entries()) {
    const other = said[i];
    if (other === undefined || JSON.stringify(sorted(digest)) !== JSON.stringify(sorted(other)))
      different.push(nameOf(digest));
    else if (isErased) erasedSince.push(nameOf(digest));
  }
  const same = own.length - different.length - erasedSince.length;
  different.push(...said.slice(own.length).map(nameOf));
  return { same, erasedSince, different };
};

const sorted = (digest: Digests[number]): unknown =>
  Object.entries(digest).sort(([a], [b]) => (a < b ? -1 : 1));

const read = (bytes: Uint8Array, sequence: number): Entry => {
  let stored: unknown;
  try {
    stored = JSON.parse(utf8.decode(bytes));
    if (typeof stored !== 'object' || stored === null) throw new Error('no object');
  } catch (error) {
    throw new ProofError(`gebeurtenis ${sequence} is geen JSON`, { cause: error });
  }
  return newestOf(stored as Envelope);
};
