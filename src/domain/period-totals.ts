/** Totals over a period, as reported: what is small is hidden before anything is recorded. */
import { z } from 'zod';
import type { Entry, EntryFor } from '../../events/index.ts';
import { tag } from '../../events/index.ts';
import { PeriodTotalsReported } from '../../events/period-totals.ts';
import { dayBefore, yearOf } from '../../events/calendar.ts';
import { accept, command, propose, refuse, seeing } from './core.ts';
import { isMember, seeingMembers } from './members.ts';
import { shownCounts } from './small-numbers.ts';

// --- state

export type PeriodTotals = ReadonlyMap<string, EntryFor<'PeriodTotalsReported'>>;

export const periodTotalsOf = (events: readonly Entry[]): PeriodTotals =>
  new Map(events.flatMap((e) => (e.type === 'PeriodTotalsReported' ? [[e.data.reportId, e]] : [])));

// --- checks

const Reported = z.strictObject({
  ...PeriodTotalsReported.schema.shape.counts.element.shape,
  count: z.int().min(0),
});

// --- commands

const reportPeriodTotals = command({
  name: 'report-period-totals',
  path: 'period-totals',
  summary: 'Meldt aantallen over een periode; aantallen onder de vijf worden niet bewaard',
  body: PeriodTotalsReported.schema.extend({ counts: z.array(Reported).min(1).max(60) }),
  creates: 'reportId',
  sees: (body) => [
    { tags: [tag('report', body.reportId)] },
    seeing(['PeriodTotalsReported'], tag('municipality', body.municipality)),
    ...seeingMembers,
  ],
  decide: (body, books, context) => {
    if (books.periodTotals.has(body.reportId))
      return refuse('already-exists', `Melding ${body.reportId} bestaat al.`);
    if (body.until <= body.from)
      return refuse('contradiction', 'De periode eindigt voor zij begint.');
    if (yearOf(body.from) !== yearOf(dayBefore(body.until)))
      return refuse('contradiction', 'Een melding gaat over één kalenderjaar of een deel daarvan.');
    if (body.until > context.today)
      return refuse('contradiction', 'Deze periode is nog niet voorbij.');
    const last = dayBefore(body.until);
    if (!isMember(books.members, body.municipality, last))
      return refuse('not-a-member', `${body.municipality} neemt op ${last} niet deel.`);
    const measures = body.counts.map(({ measure }) => measure);
    if (new Set(measures).size < measures.length)
      return refuse('contradiction', 'Een maatstaf staat twee keer in de lijst.');
    const lost = body.counts.find((c) => c.partOf !== undefined && !measures.includes(c.partOf));
    if (lost !== undefined)
      return refuse('unknown-reference', `${lost.measure} is deel van wat hier niet staat.`);
    // Also part of a period: a year and its first half would together tell the second.
    const again = [...books.periodTotals.values()].find(
      ({ data }) =>
        data.municipality === body.municipality &&
        data.from < body.until &&
        body.from < data.until &&
        data.counts.some(({ measure }) => measures.includes(measure)),
    );
    if (again !== undefined)
      return refuse(
        'already-exists',
        `Over ${again.data.from} – ${again.data.until} is al gemeld; neem dat eerst terug.`,
      );
    const takenBack = books.seen.flatMap((e) =>
      e.type === 'PeriodTotalsReported' &&
      e.data.municipality === body.municipality &&
      !books.events.includes(e)
        ? [e.data]
        : [],
    );
    const counts = shownCounts(body, takenBack);
    return accept(propose(context, 'PeriodTotalsReported', { ...body, counts }));
  },
});

export const periodTotalsCommands = [reportPeriodTotals];
