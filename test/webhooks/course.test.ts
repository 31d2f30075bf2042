/** What is to be done next with a subscription, and what an answer makes of it. */
import { describe, expect, it, test } from 'vitest';
import {
  afterAsking,
  afterDelivery,
  afterReplay,
  begun,
  type Course,
  ended,
  nextStep,
  type Outcome,
  paused,
  resumed,
} from '../../src/webhooks/course.ts';

const hour = 3_600_000;
const origin = 'grootboek.example.nl';
const now = (at: number, chance = 0) => ({ at, chance });
const answer = (status: number, more: object = {}): Outcome => ({ status, ...more });
const none: Outcome = { failure: 'unreachable' };
const sent = { sequence: 8, eventId: 'e8' };

const active: Course = { ...begun(7, 0), status: 'active' };

/** The course after the same answer, each time as soon as it may be tried. */
const after = (course: Course, outcome: Outcome, times: number): Course => {
  let found = course;
  for (let n = 0; n < times; n += 1)
    found = afterDelivery(found, sent, outcome, now(found.notBefore)).course;
  return found;
};

describe('consent', () => {
  const asked = (allowedOrigin: string | undefined, more: object = {}, rate?: number) =>
    afterAsking(begun(7, 0), answer(200, { allowedOrigin, ...more }), { origin, rate }, now(5));

  it.each([[origin], ['*'], [origin.toUpperCase()]])('is given by %s', (allowed) => {
    expect(asked(allowed)).toMatchObject({ status: 'active', position: 7, since: 5 });
  });

  it.each([[undefined], ['other.example.nl'], [`x.${origin}`], ['']])('not by %s', (allowed) => {
    expect(asked(allowed)).toMatchObject({ status: 'awaiting', failures: 1 });
  });

  it('is told by the header and not by the status', () => {
    const at = (status: number, allowedOrigin?: string) =>
      afterAsking(begun(7, 0), answer(status, { allowedOrigin }), { origin }, now(5)).status;
    expect([at(200), at(204), at(405, origin), at(500, '*')]).toEqual([
      'awaiting',
      'awaiting',
      'active',
      'active',
    ]);
  });

  it('is waited for a day, and then the subscription has ended', () => {
    let course = begun(7, 0);
    let attempts = 0;
    while (course.status === 'awaiting') {
      course = afterAsking(course, none, { origin }, now(course.notBefore));
      attempts += 1;
    }
    expect(course).toMatchObject({ status: 'ended', reason: 'no-consent' });
    expect(course.since).toBeGreaterThanOrEqual(24 * hour);
    expect(attempts).toBeLessThan(70);
  });

  it('may come late', () => {
    const course = afterAsking(begun(7, 0), answer(405), { origin }, now(0));
    const late = afterAsking(course, answer(200, { allowedOrigin: '*' }), { origin }, now(hour));
    expect(late).toMatchObject({ status: 'active', failures: 0, notBefore: hour });
  });

  it.each([
    ['120', undefined, 120],
    ['120', 60, 60],
    ['30', 60, 30],
    ['*', 60, 60],
    ['*', undefined, undefined],
    ['0', undefined, undefined],
    ['-1', undefined, undefined],
    ['veel', undefined, undefined],
  ])('of %s requests a minute where %s were asked for is %s', (allowedRate, rate, expected) => {
    expect(asked('*', { allowedRate }, rate).rate).toBe(expected);
  });

  it('comes too late for what was paused or ended meanwhile', () => {
    const yes = answer(200, { allowedOrigin: '*' });
    for (const course of [paused(begun(7, 0), 1, 'by-owner'), ended(begun(7, 0), 1, 'by-owner')])
      expect(afterAsking(course, yes, { origin }, now(5))).toEqual(course);
  });
});

describe('an event that was taken', () => {
  it.each([200, 201, 202, 204, 299])('with %s moves the position, and what failed is over', (s) => {
    const failing = after(active, none, 3);
    const { course, park } = afterDelivery(failing, sent, answer(s), now(hour));
    expect(park).toBe(false);
    expect(course).toEqual({
      ...active,
      position: 8,
      taken: sent,
      failingSince: undefined,
      failure: undefined,
      notBefore: hour,
    });
  });

  it('is followed by the next no sooner than the receiver allows', () => {
    const { course } = afterDelivery({ ...active, rate: 7 }, sent, answer(204), now(100));
    expect(course.notBefore).toBe(100 + 8_572);
    expect(nextStep(course, 101, false)).toEqual({ step: 'wait', until: 8_672 });
    expect(nextStep(course, 8_672, false)).toEqual({ step: 'deliver' });
  });

  it('while it was paused is not sent again, nor does it wake it', () => {
    const { course } = afterDelivery(paused(active, 1, 'by-owner'), sent, answer(204), now(5));
    expect(course).toMatchObject({ position: 8, status: 'paused', reason: 'by-owner' });
  });
});

describe('a receiver that takes nothing', () => {
  const whole = [301, 302, 307, 308, 401, 403, 404, 405, 408, 421, 425, 429, 502, 503, 504];
  const outcomes: readonly Outcome[] = [
    none,
    { failure: 'timeout' },
    { failure: 'address-not-allowed' },
    ...whole.map((status) => answer(status)),
  ];
  it.each(outcomes)('%o holds up everything: nothing is parked or passed over', (outcome) => {
    let course = active;
    while (course.status === 'active') {
      const { course: next, park } = afterDelivery(course, sent, outcome, now(course.notBefore));
      expect(park).toBe(false);
      expect(next.position).toBe(7);
      course = next;
    }
    expect(course).toMatchObject({ status: 'paused', reason: 'unreachable' });
    expect(course.since).toBeGreaterThanOrEqual(72 * hour);
    expect(course.since).toBeLessThan(74 * hour);
    expect(resumed(course, course.since)).toMatchObject({ status: 'awaiting', position: 7 });
  });

  it('is waited for longer and longer, up to an hour, half of it by chance', () => {
    const waits = (chance: number) => {
      let course = active;
      return Array.from({ length: 14 }, () => {
        const at = course.notBefore;
        course = afterDelivery(course, sent, none, now(at, chance)).course;
        return (course.notBefore - at) / 1_000;
      });
    };
    const whole = [2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 3600, 3600, 3600];
    expect(waits(1)).toEqual(whole);
    expect(waits(0)).toEqual(whole.map((wait) => wait / 2));
  });

  it.each([429, 503, 500])(
    'with %s is heeded when it asks to wait, for a day at most',
    (status) => {
      const waits = (retryAfter: number) =>
        afterDelivery(active, sent, answer(status, { retryAfter }), now(0)).course.notBefore;
      expect(waits(90_000)).toBe(90_000);
      expect(waits(0)).toBe(1_000);
      expect(waits(1_000 * hour)).toBe(24 * hour);
    },
  );

  it('with 410 while it was paused has ended as well', () => {
    const { course } = afterDelivery(paused(active, 1, 'by-owner'), sent, answer(410), now(5));
    expect(course).toMatchObject({ status: 'ended', reason: 'gone' });
  });

  it('with 410 is not sent to again', () => {
    const { course, park } = afterDelivery(active, sent, answer(410), now(5));
    expect(course).toMatchObject({ status: 'ended', reason: 'gone', position: 7 });
    expect(park).toBe(false);
    expect(nextStep(course, hour, true)).toEqual({ step: 'rest' });
  });
});

describe('an event that is refused', () => {
  it.each([400, 406, 409, 413, 415, 422, 500, 501])('with %s is parked after ten times', (s) => {
    const course = after(active, answer(s), 9);
    expect(course).toMatchObject({ position: 7, refusals: 9, failure: `status ${s}` });
    const last = afterDelivery(course, sent, answer(s), now(course.notBefore));
    expect(last.park).toBe(true);
    expect(last.course).toMatchObject({ status: 'active', position: 8, refusals: 0, failures: 0 });
    expect(last.course.notBefore - active.notBefore).toBeLessThan(hour);
  });

  it('is not parked for what was no refusal of it', () => {
    const course = after(after(active, answer(500), 9), none, 30);
    expect(course).toMatchObject({ position: 7, refusals: 9 });
  });

  it('and nine behind it: then it is not about the events, and it is paused', () => {
    let course = active;
    for (let n = 0; n < 10; n += 1) course = after(course, answer(500), 10);
    expect(course).toMatchObject({ status: 'paused', reason: 'many-parked' });
  });

  it('is forgotten by one that is taken', () => {
    let course = active;
    for (let n = 0; n < 9; n += 1) course = after(course, answer(500), 10);
    course = after(course, answer(204), 1);
    course = after(course, answer(500), 10);
    expect(course).toMatchObject({ status: 'active', parkedInRow: 1 });
  });
});

describe('sending again what was parked', () => {
  it('goes before what is new', () => {
    expect(nextStep(active, 0, true)).toEqual({ step: 'replay' });
  });

  it.each([
    [answer(204), 'gone', 'active'],
    [answer(422), 'kept', 'active'],
    [none, 'due', 'active'],
    [answer(503), 'due', 'active'],
    [answer(410), 'kept', 'ended'],
  ] as const)('%o: %s', (outcome, expected, status) => {
    const { course, parked } = afterReplay(active, outcome, now(0));
    expect([parked, course.status, course.position]).toEqual([expected, status, 7]);
  });
});

test('what is paused or ended rests, and what waits waits', () => {
  expect(nextStep(paused(active, 1, 'by-owner'), 9, true)).toEqual({ step: 'rest' });
  expect(nextStep(ended(active, 1, 'by-owner'), 9, true)).toEqual({ step: 'rest' });
  expect(nextStep({ ...active, notBefore: 10 }, 9, true)).toEqual({ step: 'wait', until: 10 });
  expect(nextStep(begun(7, 9), 9, true)).toEqual({ step: 'ask' });
});

test('what waits for a moment that a wrong clock gave does not wait for it', () => {
  const far = { ...active, notBefore: 365 * 24 * hour };
  expect(nextStep(far, 0, false)).toEqual({ step: 'deliver' });
  const day = { ...active, notBefore: 24 * hour };
  expect(nextStep(day, 0, false)).toEqual({ step: 'wait', until: 24 * hour });
});

test('what is resumed begins with consent, where it was', () => {
  const course = resumed(
    paused({ ...active, failures: 5, rate: 3, taken: sent }, 1, 'by-owner'),
    9,
  );
  expect(course).toEqual({ ...begun(7, 9), taken: sent });
});
