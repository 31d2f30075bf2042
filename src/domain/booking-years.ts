/** Booking years: closed once, in order, and never opened again. */
import { BookingYearClosed } from '../../events/money.ts';
import { postingsIn } from '../../events/postings.ts';
import { booked, lastClosed, openPayable, postingTypes } from './bookkeeping.ts';
import type { Books } from './books.ts';
import { yearOf } from '../../events/calendar.ts';
import { accept, command, propose, type Refusal } from './core.ts';

const closeBookingYear = command({
  name: 'close-booking-year',
  path: 'booking-years',
  summary: 'Sluit een boekjaar; wat openstaat, gaat over naar het volgende',
  body: BookingYearClosed.schema.omit({ postings: true }),
  sees: () => [{ types: postingTypes }],
  decide: (body, books, context) => {
    const { year } = body;
    const refusal = closingRefusal(year, books, context.validFrom.latest, context.today);
    if (refusal) return { ok: false, refusal };
    const postings = [...openPayable(books.seen, year)]
      .sort()
      .flatMap(([municipality, open]) => [
        ...booked({ municipality, year }, 'payable', 'carried-forward', open),
        ...booked({ municipality, year: year + 1 }, 'brought-forward', 'payable', open),
      ]);
    return accept(propose(context, 'BookingYearClosed', { ...body, postings }));
  },
});

/** Years are closed once, in order, after they have ended, with all that was posted to them. */
const closingRefusal = (
  year: number,
  books: Books,
  date: string,
  today: string,
): Refusal | undefined => {
  const contradiction = (detail: string): Refusal => ({ code: 'contradiction', detail });
  const last = lastClosed(books);
  if (last !== undefined && year <= last)
    return { code: 'nothing-to-do', detail: `Boekjaar ${year} is al gesloten.` };
  if (yearOf(today) <= year || yearOf(date) <= year)
    return contradiction(`Boekjaar ${year} is dan nog niet voorbij.`);
  const posted = books.seen.flatMap((e) =>
    postingsIn(e.data).map((p) => ({ ...p, on: e.validFrom.latest })),
  );
  const first = last === undefined ? Math.min(...posted.map((p) => p.year)) : last + 1;
  if (first === Infinity || year < first)
    return { code: 'nothing-to-do', detail: `In boekjaar ${year} is niets geboekt.` };
  if (year > first) return contradiction(`Sluit eerst boekjaar ${first}.`);
  const late = posted.find((p) => p.year === year && p.on > date);
  return (
    late && contradiction(`In boekjaar ${year} staat een boeking die pas op ${late.on} geldt.`)
  );
};

export const bookingYearCommands = [closeBookingYear];
