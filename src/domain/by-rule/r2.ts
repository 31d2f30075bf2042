/** R2: the basispakket is determined for consecutive periods, with size, results and costs. */
import { later } from '../../../events/calendar.ts';
import type { EntryFor } from '../../../events/index.ts';
import type { Books } from '../books.ts';
import { type Breach, ruleOf } from '../rules.ts';

export const r2 = ruleOf('R2');

/** R2: consecutive periods of so many calendar years, without gap or overlap. */
export const periodBreaches = (books: Books, from: string, until: string): Breach[] => {
  const others = [...books.packages.byId.values()].map(({ determined: d }) => ({
    from: d.validFrom.latest,
    until: d.data.until,
  }));
  const breaches: Breach[] = [];
  if (others.some((o) => o.from < until && from < o.until))
    breaches.push(
      r2.breach('period-overlap', `De periode ${from} – ${until} overlapt een eerdere.`),
    );
  const earlier = others.filter((o) => o.until <= from).map((o) => o.until);
  const last = earlier.sort().at(-1);
  if (last !== undefined && last < from)
    breaches.push(r2.breach('period-gap', `Tussen ${last} en ${from} is er geen basispakket.`));
  const first = r2.figure(books, 'first-period-months', from);
  const years = r2.figure(books, 'period-years', from);
  const expected =
    last === undefined && first !== undefined
      ? later(from, 'months', first)
      : years === undefined
        ? undefined
        : later(from, 'years', years);
  if (expected !== undefined && expected !== until)
    breaches.push(
      r2.breach('period-length', `Verwacht werd een periode tot ${expected}, niet tot ${until}.`),
    );
  return breaches;
};

/** R2: size, intended results and costs are determined with the tasks. */
export const contentBreaches = (body: EntryFor<'PackageDetermined'>['data']): Breach[] => {
  const missing = [
    body.size === undefined ? 'omvang' : [],
    body.intendedResults === undefined ? 'beoogde resultaten' : [],
    body.costCents === undefined ? 'kosten' : [],
  ].flat();
  return missing.length === 0
    ? []
    : [
        r2.breach(
          'package-incomplete',
          `Van dit basispakket is niet vastgelegd: ${missing.join(', ')}.`,
        ),
      ];
};
