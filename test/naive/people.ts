/** Counts of people, from reported totals only; those below five are never shown. */
import { ruleAt } from './partnership.ts';
import { type Answers, each, happened, last, type Seen } from './seen.ts';

export const periodTotals = (seen: Seen): Answers => {
  const reported = happened(seen, 'PeriodTotalsReported');
  return each(
    reported.map((e) => e.data.reportId),
    (reportId) => {
      const { municipality, counts } = last(reported, (e) => e.data.reportId === reportId)!.data;
      return { municipality, counts: counts.map((c) => `${c.measure} ${c.count}`) };
    },
  );
};

/** Per municipality and measure: the sum of what may be seen, and how many are hidden. */
export const placementCounts = (seen: Seen): Answers => {
  const rows = happened(seen, 'PeriodTotalsReported').flatMap(({ data }) =>
    data.counts.map(({ measure, count }) => ({ ...data, measure, count })),
  );
  return each(
    rows.map(({ municipality, measure }) => `municipality.${municipality}.${measure}`),
    (countId) => {
      const own = rows.filter((r) => `municipality.${r.municipality}.${r.measure}` === countId);
      const shown = own.flatMap(({ count }) => (typeof count === 'number' ? [count] : []));
      return {
        sum: shown.reduce((a, b) => a + b, 0),
        hidden: own.length - shown.length,
      };
    },
  );
};

export const sealedRecords =
  (type: 'ReferralRecorded' | 'PlacementRecorded') =>
  (seen: Seen): Answers => {
    const recorded = happened(seen, type);
    const idOf = (e: (typeof recorded)[number]): string =>
      e.type === 'ReferralRecorded' ? e.data.referralId : e.data.placementId;
    return each(recorded.map(idOf), (id) => {
      const { municipality, outcome } = last(recorded, (e) => idOf(e) === id)!.data;
      return { municipality, outcome, sealed: true };
    });
  };

/** Persons who are forgotten: asked for, and done. */
export const erasures = (seen: Seen): Answers => {
  const requested = happened(seen, 'PersonErasureRequested');
  const done = happened(seen, 'PersonErased').map((e) => e.data.erasureId);
  return each(
    requested.map((e) => e.data.erasureId),
    (erasureId) => ({ status: done.includes(erasureId) ? 'erased' : 'requested' }),
  );
};

const plus = (date: string, months: number): string =>
  Temporal.PlainDate.from(date).add({ months }).toString();

/** Persons with the day on which nothing of them need be kept any longer (R24). */
export const retention = (seen: Seen): Answers => {
  const personal = happened(
    seen,
    'ReferralRecorded',
    'ReferralStepRecorded',
    'PlacementRecorded',
    'PlacementStepRecorded',
    'CircumstanceRecorded',
  );
  const erased = happened(seen, 'PersonErasureRequested').map((e) => e.data.person);
  const persons = personal.map((e) => e.data.person);
  return each(persons, (person) => {
    if (erased.includes(person)) return { status: 'erased', dueOn: undefined };
    const days = ['Referral', 'Placement', 'Circumstance'].flatMap((kind) => {
      const own = last(personal, (e) => e.data.person === person && e.type.startsWith(kind));
      if (own === undefined) return [];
      const figures = ruleAt(seen, 'R24')?.data.figures ?? [];
      const figure = figures.find(({ name }) => name === kind.toLowerCase());
      if (figure === undefined) return ['never'];
      const months = Number(figure.value) * (figure.unit === 'years' ? 12 : 1);
      return [plus(own.validFrom.latest, months)];
    });
    const dueOn = days.sort().at(-1)!;
    if (dueOn === 'never') return { status: 'no-term', dueOn: undefined };
    return { status: dueOn <= seen.v ? 'due' : 'kept', dueOn };
  });
};
