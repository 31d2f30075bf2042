/** Postings one by one, in pages, each with its event. */
import type { Account } from '../../events/postings.ts';
import { checkAsks } from './access/index.ts';
import { projectionOf } from './basis.ts';
import type { Asker, Point, Moment } from './questions.ts';
import type { PostingsOf, ReadTables } from './read-tables.ts';

interface PostingsQuestion extends Moment {
  readonly municipality?: string | undefined;
  readonly year?: number | undefined;
  readonly account?: Account | undefined;
  /** All that this balance was summed of, predecessors' as well. */
  readonly balance?: string | undefined;
  readonly after?: string | undefined;
}

export const postingReader =
  ({ rights, momentOf, itemsAt }: Asker, tables: () => ReadTables) =>
  async (question: PostingsQuestion, limit: number) => {
    checkAsks(rights, 'postings');
    const asOf = await momentOf(question);
    const of = within(rights.only, postingsOf(question, asOf, itemsAt));
    if (of === undefined) return { asOf, items: [] };
    const { validAt, knownAt } = asOf;
    const rows = tables().postings({
      of,
      validAt,
      knownAt,
      after: question.after,
      limit: limit + 1,
    });
    const items = rows.slice(0, limit).map(({ at: _at, ...line }) => ({
      ...line,
      certainty: line.validFrom.latest <= validAt ? ('certain' as const) : ('uncertain' as const),
    }));
    const next = rows.length > limit ? rows[limit - 1]?.at : undefined;
    return { asOf, items, ...(next === undefined ? {} : { next }) };
  };

/** Of these municipalities only, where not everyone's may be seen. */
const within = (
  only: readonly string[] | undefined,
  of: PostingsOf | undefined,
): PostingsOf | undefined => {
  if (of === undefined || only === undefined) return of;
  const municipalities = (of.municipalities ?? only).filter((code) => only.includes(code));
  return { ...of, municipalities };
};

/** Undefined: there is no such balance at this moment. */
const postingsOf = (
  { municipality, year, account, balance }: PostingsQuestion,
  asOf: Point,
  itemsAt: Asker['itemsAt'],
): PostingsOf | undefined => {
  const named: PostingsOf = {
    municipalities: municipality === undefined ? undefined : [municipality],
    year,
    account,
  };
  if (balance === undefined) return named;
  const [found] = itemsAt({ question: 'balances', thing: balance }, asOf);
  const behind = found && projectionOf('balances')?.amounts?.summedOf(found.item);
  if (behind === undefined) return undefined;
  if (year !== undefined && year !== behind.year) return undefined;
  const municipalities = behind.municipalities.filter(
    (code) => municipality === undefined || code === municipality,
  );
  return { municipalities, year: behind.year, account };
};
