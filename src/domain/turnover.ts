/** IBN's turnover by means, and how each line is classed: a judgement, not a computation. */
import type { Entry, EntryFor } from '../../events/index.ts';
import { tag } from '../../events/index.ts';
import { TurnoverClassified, TurnoverReported } from '../../events/turnover.ts';
import { yearOf } from '../../events/calendar.ts';
import { accept, command, propose, refuse } from './core.ts';

// --- state

interface TurnoverLine {
  readonly reported: EntryFor<'TurnoverReported'>;
  readonly classified?: EntryFor<'TurnoverClassified'>;
}
export type Turnover = ReadonlyMap<string, TurnoverLine>;

export const turnoverOf = (events: readonly Entry[]): Turnover => {
  const lines = new Map<string, TurnoverLine>();
  for (const e of events) {
    if (e.type === 'TurnoverReported') lines.set(e.data.turnoverId, { reported: e });
    else if (e.type === 'TurnoverClassified') {
      const found = lines.get(e.data.turnoverId);
      if (found) lines.set(e.data.turnoverId, { ...found, classified: e });
    }
  }
  return lines;
};

const seeingTurnover = (turnoverId: string) => ({ tags: [tag('turnover', turnoverId)] });

// --- commands

const reportTurnover = command({
  name: 'report-turnover',
  path: 'turnover',
  summary: 'Legt een regel van de omzet van IBN vast, met het middel waaruit zij komt',
  body: TurnoverReported.schema,
  creates: 'turnoverId',
  sees: (body) => [seeingTurnover(body.turnoverId)],
  decide: (body, books, context) => {
    if (books.turnover.has(body.turnoverId))
      return refuse('already-exists', `Omzetregel ${body.turnoverId} bestaat al.`);
    if (!body.projection && yearOf(context.today) < body.year)
      return refuse('contradiction', `Omzet van ${body.year} kan nog alleen een raming zijn.`);
    return accept(propose(context, 'TurnoverReported', body));
  },
});

const classifyTurnover = command({
  name: 'classify-turnover',
  path: 'turnover/{turnoverId}/_classify',
  summary: 'Oordeelt, met redenering, onder welke klasse een omzetregel valt',
  body: TurnoverClassified.schema,
  thing: (body) => tag('turnover', body.turnoverId),
  sees: (body) => [seeingTurnover(body.turnoverId)],
  decide: (body, books, context) => {
    const found = books.turnover.get(body.turnoverId);
    if (found === undefined)
      return refuse('not-found', `Omzetregel ${body.turnoverId} bestaat niet.`);
    const before = found.classified?.data;
    if (before?.class === body.class && before.reasoning === body.reasoning)
      return refuse('nothing-to-do', 'Zo is deze omzetregel al beoordeeld.');
    return accept(propose(context, 'TurnoverClassified', body, { restsOn: [found.reported.id] }));
  },
});

export const turnoverCommands = [reportTurnover, classifyTurnover];
