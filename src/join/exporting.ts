/** An export: what the ledger says of itself, with its proof, as one archive. */
import canonicalize from 'canonicalize';
import { z } from 'zod';
import { model } from '../../projections/index.ts';
import { type AnswerDigest, answerDigests, yearEnds } from '../ledger/digests.ts';
import { invalid } from '../ledger/errors.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Point } from '../ledger/questions.ts';
import type { ReadTables } from '../ledger/read-tables.ts';
import { LocalDate } from '../../events/values.ts';
import { exportFiles, exportFormat, tarOf } from '../proof/export.ts';

interface ExportParts {
  readonly ledger: Ledger;
  readonly tables: () => ReadTables;
  readonly sign: (text: string) => string;
  /** Of this program. */
  readonly version: string;
  readonly progress?: (done: number, total: number) => void;
}

export interface ExportRequest {
  /** Of a checkpoint; absent: the latest. */
  readonly size?: number | undefined;
  /** Points as `date` or `date@sequence`; absent: each year's end. */
  readonly at?: readonly string[] | undefined;
}

/** Whose view is exported: no personal field is opened for an auditor. */
const role = 'auditor';

/** More points than these are not digested in one export. */
const mostPoints = 200;

/**
 * Finds the answers first; then the archive comes in chunks.
 * @throws ProblemError for a size without checkpoint, or points that are none
 */
export const exportLedger = async (
  parts: ExportParts,
  request: ExportRequest,
): Promise<AsyncIterable<Uint8Array>> => {
  const { ledger, tables, sign, version, progress } = parts;
  const { proofs, opened } = ledger;
  const { size } = request.size === undefined ? proofs.latest() : proofs.checkpoint(request.size);
  const { recordedAt = '' } = await ledger.moment({ knownAt: String(size - 1) });
  const points =
    request.at?.map((text) => pointIn(text, size)) ?? yearEnds(tables(), size - 1, recordedAt);
  if (points.length > mostPoints) throw invalid('at', `hoogstens ${mostPoints} punten`);
  const digests: AnswerDigest[] = [];
  for (const { digest } of answerDigests(tables(), points)) {
    digests.push(digest);
    // Others are served between two answers.
    await new Promise((resolve) => setImmediate(resolve));
  }
  const manifest = {
    format: exportFormat,
    origin: proofs.origin,
    ledgerId: opened.ledgerId,
    dataset: opened.dataset,
    size,
    keys: proofs.keys(),
    keyChanges: proofs.keyChanges(),
    model,
    code: version,
    role,
    points,
    digests,
  };
  const text = `${canonicalize(manifest) ?? ''}\n`;
  return tarOf(exportFiles({ proofs, size, manifest: text, sign, progress }));
};

const pointIn = (text: string, size: number): Point => {
  const [date = '', known = String(size - 1), ...more] = text.split('@');
  const validAt = LocalDate.safeParse(date);
  if (!validAt.success || more.length > 0 || !/^(-1|0|[1-9]\d{0,14})$/.test(known))
    throw invalid('at', `${text} is geen datum of datum@volgnummer`);
  if (Number(known) >= size) throw invalid('at', `${text} ligt na het controlepunt`);
  return { validAt: validAt.data, knownAt: Number(known) };
};

const Point = z.strictObject({ validAt: LocalDate, knownAt: z.int().min(-1) });

/** What an export says about answers, beside what the proof reads of it. */
export const ExportedAnswers = z.looseObject({
  ledgerId: z.string(),
  dataset: z.string(),
  model: z.int(),
  code: z.string(),
  role: z.literal(role),
  points: z.array(Point).max(mostPoints),
  digests: z.array(
    z.strictObject({
      ...Point.shape,
      question: z.string(),
      items: z.int().min(0),
      digest: z.string(),
    }),
  ),
});
