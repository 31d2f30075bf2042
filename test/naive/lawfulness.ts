/** Quasi-inbesteden (DOMAIN §6): shareholdings, judgements, and the criteria at large. */
import type { EntryFor } from '../../events/index.ts';
import { figureAt, memberCodes, seatsOf } from './partnership.ts';
import { type Answers, each, happened, last, type Seen, sum, unique } from './seen.ts';

const holderIn = ({ data }: EntryFor<'ShareholdingRecorded'>): string =>
  data.municipality ?? data.organisation ?? '';

const holdings = (seen: Seen): readonly EntryFor<'ShareholdingRecorded'>[] => {
  const events = happened(seen, 'ShareholdingRecorded');
  return unique(events.map(holderIn)).map((holder) => last(events, (e) => holderIn(e) === holder)!);
};

export const shareholdings = (seen: Seen): Answers =>
  new Map(
    holdings(seen)
      // Zero: it holds none any more.
      .filter(({ data }) => data.percent !== '0')
      .map((e) => [holderIn(e), { kind: e.data.kind, percent: e.data.percent }]),
  );

export const attestations = (seen: Seen): Answers => {
  const events = happened(seen, 'CriterionAttested');
  return each(
    events.map((e) => e.data.attestationId),
    (attestationId) => {
      const { part, outcome, awardId } = last(
        events,
        (e) => e.data.attestationId === attestationId,
      )!.data;
      return { part, outcome, awardId, contested: isContested(seen, attestationId) };
    },
  );
};

const isContested = (seen: Seen, attestationId: string): boolean =>
  happened(seen, 'AttestationContested').some((e) => e.data.attestationId === attestationId);

/** One year's turnover: what was earned, or where nothing was reported of that, projections. */
const yearOf = (seen: Seen, year: number) => {
  const reported = happened(seen, 'TurnoverReported');
  const lines = unique(reported.map((e) => e.data.turnoverId))
    .map((turnoverId) => last(reported, (e) => e.data.turnoverId === turnoverId)!.data)
    .filter((line) => line.year === year);
  const earned = lines.filter((line) => !line.projection);
  const counted = earned.length > 0 ? earned : lines;
  const classOf = (turnoverId: string): string | undefined =>
    last(happened(seen, 'TurnoverClassified'), (e) => e.data.turnoverId === turnoverId)?.data.class;
  const of = (...classes: readonly (string | undefined)[]): bigint =>
    sum(
      counted
        .filter(({ turnoverId }) => classes.includes(classOf(turnoverId)))
        .map(({ amountCents }) => amountCents),
    );
  return {
    year,
    lines: counted.length,
    total: sum(counted.map(({ amountCents }) => amountCents)),
    entrusted: of('entrusted', 'controlled-entity'),
    unclassed: of(undefined),
    projection: earned.length === 0 && lines.length > 0,
  };
};

/** Criterion 2 at large: the three years before, all known and classed, above the figure. */
const activity = (seen: Seen) => {
  const above = figureAt(seen, 'R22', 'entrusted-above-percent');
  const count = Number(figureAt(seen, 'R22', 'measured-years') ?? '0');
  const now = Number(seen.v.slice(0, 4));
  const years = Array.from({ length: count }, (_, i) => yearOf(seen, now - count + i));
  const known = years.filter(({ lines }) => lines > 0);
  const total = known.reduce((a, y) => a + y.total, 0n);
  const entrusted = known.reduce((a, y) => a + y.entrusted, 0n);
  const unclassed = known.reduce((a, y) => a + y.unclassed, 0n);
  const measured =
    above === undefined || count === 0 || known.length < count || total === 0n
      ? 'not-shown'
      : entrusted * 100n > total * BigInt(above)
        ? 'met'
        : // What is not classed may decide it.
          (entrusted + unclassed) * 100n > total * BigInt(above)
          ? 'not-shown'
          : 'not-met';
  return {
    measured,
    years: years.map((y) => `${y.year} ${y.total} ${y.entrusted} ${y.unclassed} ${y.projection}`),
  };
};

const ibnBodies = ['ibn-general-meeting', 'ibn-supervisory-board', 'ibn-board'];

/** Whether every member has a seat in each deciding body of IBN, as far as these are recorded. */
const allSeated = (seen: Seen): boolean => {
  const established = happened(seen, 'BodyEstablished');
  const found = ibnBodies.map((kind) => established.filter((e) => e.data.kind === kind));
  const all = found.every((bodies) =>
    memberCodes(seen).every((code) =>
      bodies.some(({ data }) =>
        seatsOf(seen, data.bodyId).some(({ municipality }) => municipality === code),
      ),
    ),
  );
  return found.every((bodies) => bodies.length > 0) && all;
};

export const compliance = (seen: Seen): Answers => {
  const { measured, years } = activity(seen);
  const seated = allSeated(seen);
  // Where nothing is recorded there may be no answer, or one that shows nothing.
  if (years.length === 0 && !seated) return new Map();
  return new Map([['partnership', { activity: measured, years, seated }]]);
};
