/** Finding what a moment shows, as far as who asks may see it. */
import { type Item, projections } from '../../projections/index.ts';
import { municipalitiesIn, resourcesNamed, type Rights } from './access/index.ts';
import { itemsOf } from './answers.ts';
import { projectionOf } from './basis.ts';
import type { AnswerItem } from './certainty.ts';
import { ProblemError } from './errors.ts';
import type { EventLog, StoredEvent } from './event-log.ts';
import { finderIn } from './finder.ts';
import type { AskerParts, Point, Question } from './questions.ts';
import type { Span } from './read-tables.ts';

/** @param rights of who asks: what these leave out is not there */
export const finder = ({ log, tables }: AskerParts, rights: Rights) => {
  /** All items of a question at a moment that has been found. @throws ProblemError `not-found` */
  const allItemsAt = (
    { question, thing, where = {} }: Question,
    { validAt, knownAt }: Point,
    span?: Span,
  ): readonly AnswerItem[] => {
    const projection = projectionOf(question);
    if (projection === undefined) throw unknownQuestion(question);
    const one = thing ?? where[projection.thingField ?? ''];
    const facts = tables().asOf(
      { question, validAt, knownAt, ...(one === undefined ? {} : { thing: one }) },
      span,
    );
    return itemsOf(projection, facts, validAt).filter(
      (found) => (thing === undefined || found.thing === thing) && matches(found.item, where),
    );
  };

  /** Whose a thing is that not everyone may read about. */
  const ownersAt = (asOf: Point) => (tagged: string) => {
    const thing = tagged.slice(tagged.indexOf(':') + 1).toUpperCase();
    const [question] = resourcesNamed([tagged]);
    if (question === undefined) return [];
    return allItemsAt({ question, thing }, asOf).flatMap(({ item }) => municipalitiesIn(item));
  };

  /** Those of them that the asker sees. */
  const itemsAt = (question: Question, asOf: Point, span?: Span): readonly AnswerItem[] => {
    const ownersOf = ownersAt(asOf);
    return allItemsAt(question, asOf, span).filter(({ item }) =>
      rights.seesItem(question.question, item, ownersOf),
    );
  };

  return {
    itemsAt,

    /** Those of these events that the asker sees. @param within the log that they are in */
    seen: async (events: readonly StoredEvent[], within: EventLog = log) => {
      const find = finderIn(within);
      const sees = await Promise.all(events.map(({ entry }) => rights.seesEvent(entry, find)));
      return events.filter((_event, index) => sees[index]);
    },
  };
};

const unknownQuestion = (question: string) =>
  new ProblemError({
    code: 'not-found',
    detail: `De vraag ${question} bestaat niet; wel: ${projections.map((p) => p.question).join(', ')}.`,
  });

const matches = (item: Item, where: Readonly<Record<string, string>>): boolean =>
  Object.entries(where).every(([field, value]) => {
    const held = item[field];
    if (!Array.isArray(held)) return String(held) === value;
    const after = (item.after as Item | null | undefined)?.[field];
    return held.includes(value) || (Array.isArray(after) && after.includes(value));
  });
