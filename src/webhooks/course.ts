/**
 * The course of a subscription: what is to be done next, and what an answer makes of it. Pure;
 * times are milliseconds since 1970.
 *
 * Order is kept by waiting. What is about the receiver as a whole (no answer, too busy, not let
 * in) holds up everything behind it, however long: nothing is parked, and after three days the
 * subscription is paused where it stands. Only what the receiver refuses of one event, time after
 * time, is parked, so that one event cannot hold up all others for ever; ten in a row, and it was
 * not about the events after all.
 */
import type { Sequence } from '../ledger/event-log.ts';
import type { WebhookReason, WebhookStatus, WebhookVerdict } from '../ledger/webhooks.ts';

const second = 1_000;
const hour = 3_600 * second;
/** After the first failure; doubled after each, up to the longest. */
const firstWait = 2 * second;
const longestWait = hour;
/** Longest that a receiver may ask us to wait. */
const longestAsked = 24 * hour;
/** That nothing was taken, after which it is paused. */
const patience = 72 * hour;
/** For consent, after which it has ended. */
const patienceForConsent = 24 * hour;
/** Attempts at one event that is refused. */
const mostAttempts = 10;
/** Parked one after the other, after which it is paused. */
const mostParkedInRow = 10;

export interface Course {
  readonly status: WebhookStatus;
  readonly reason?: WebhookReason | undefined;
  readonly since: number;
  /** Up to here everything was taken, parked, or not for this subscriber. */
  readonly position: Sequence;
  /** The last one that was taken: tells whether the log is still the same. */
  readonly taken?: { readonly sequence: Sequence; readonly eventId: string } | undefined;
  /** In a row, and since when. */
  readonly failures: number;
  readonly failingSince?: number | undefined;
  /** Of these, how often the event that is tried now was refused. */
  readonly refusals: number;
  readonly parkedInRow: number;
  readonly notBefore: number;
  /** Requests a minute that the receiver allows; absent: any number. */
  readonly rate?: number | undefined;
  readonly failure?: string | undefined;
}

/** What came of a request: an answer, or why there was none. */
export type Outcome =
  | {
      readonly status: number;
      /** Milliseconds that the receiver asks us to wait. */
      readonly retryAfter?: number | undefined;
      /** What it allows, in answer to a handshake. */
      readonly allowedOrigin?: string | undefined;
      readonly allowedRate?: string | undefined;
    }
  | { readonly failure: 'unreachable' | 'timeout' | 'address-not-allowed' };

type Step =
  | { readonly step: 'rest' }
  | { readonly step: 'wait'; readonly until: number }
  | { readonly step: 'ask' | 'replay' | 'deliver' };

/** A moment, and chance from 0 up to 1. */
export interface Now {
  readonly at: number;
  readonly chance: number;
}

export const begun = (position: Sequence, at: number): Course => ({
  status: 'awaiting',
  since: at,
  position,
  failures: 0,
  refusals: 0,
  parkedInRow: 0,
  notBefore: at,
});

/** @param isDue something that was parked is to be sent again */
export const nextStep = (course: Course, at: number, isDue: boolean): Step => {
  if (course.status === 'paused' || course.status === 'ended') return { step: 'rest' };
  // Nobody is made to wait longer than this: the clock went back.
  const isSet = course.notBefore - at <= longestAsked;
  if (at < course.notBefore && isSet) return { step: 'wait', until: course.notBefore };
  if (course.status === 'awaiting') return { step: 'ask' };
  return { step: isDue ? 'replay' : 'deliver' };
};

const turned = (course: Course, status: WebhookStatus, at: number, reason?: WebhookReason) => ({
  ...course,
  status,
  reason,
  since: at,
});

export const paused = (course: Course, at: number, reason: WebhookReason): Course =>
  turned(course, 'paused', at, reason);

export const ended = (course: Course, at: number, reason: WebhookReason): Course =>
  turned(course, 'ended', at, reason);

/** Asks for consent again, and goes on where it was. */
export const resumed = (course: Course, at: number): Course => ({
  ...begun(course.position, at),
  taken: course.taken,
});

const healthy = { failures: 0, refusals: 0, failingSince: undefined, failure: undefined };

/** The wait after a number of failures, half of it by chance: not all come back at once. */
const waitAfter = (failures: number, chance: number): number => {
  const whole = Math.min(longestWait, firstWait * 2 ** Math.min(failures - 1, 20));
  return Math.round(whole / 2 + (whole / 2) * chance);
};

export const failureOf = (outcome: Outcome): string =>
  'failure' in outcome ? outcome.failure : `status ${outcome.status}`;

const failed = (course: Course, outcome: Outcome, { at, chance }: Now): Course => {
  const failures = course.failures + 1;
  const asked = 'failure' in outcome ? 0 : (outcome.retryAfter ?? 0);
  const wait = Math.max(waitAfter(failures, chance), Math.min(asked, longestAsked));
  return {
    ...course,
    failures,
    failingSince: course.failingSince ?? at,
    notBefore: at + wait,
    failure: failureOf(outcome),
  };
};

// --- consent

/**
 * Consent is the header alone: a status tells nothing of it.
 * @param rate requests a minute that were asked for
 */
export const afterAsking = (
  course: Course,
  outcome: Outcome,
  { origin, rate }: { readonly origin: string; readonly rate?: number | undefined },
  now: Now,
): Course => {
  if (course.status !== 'awaiting') return course;
  if (!('failure' in outcome) && allows(outcome.allowedOrigin, origin)) {
    const allowed = rateIn(outcome.allowedRate, rate);
    return { ...turned(course, 'active', now.at), ...healthy, rate: allowed, notBefore: now.at };
  }
  if (now.at - course.since >= patienceForConsent) return ended(course, now.at, 'no-consent');
  return failed(course, outcome, now);
};

const allows = (allowed: string | undefined, origin: string): boolean =>
  allowed !== undefined && [origin.toLowerCase(), '*'].includes(allowed.trim().toLowerCase());

/** The lower of what is allowed and what was asked for. */
const rateIn = (allowed: string | undefined, asked: number | undefined): number | undefined => {
  const rates = [
    ...(/^[1-9]\d{0,8}$/.test(allowed?.trim() ?? '') ? [Number(allowed)] : []),
    ...(asked === undefined ? [] : [asked]),
  ];
  return rates.length === 0 ? undefined : Math.min(...rates);
};

// --- delivery

/** About the receiver as a whole: its address, who is let in, how busy it is. */
const ofReceiver = new Set([401, 402, 403, 404, 405, 407, 408, 421, 425, 429, 502, 503, 504]);

export const verdictOn = (outcome: Outcome): WebhookVerdict => {
  if ('failure' in outcome) return 'failing';
  const { status } = outcome;
  if (status >= 200 && status < 300) return 'taken';
  if (status === 410) return 'gone';
  // A redirect is not followed: it is about the address, not about the event.
  return status < 400 || ofReceiver.has(status) ? 'failing' : 'refused';
};

const spaced = (course: Course, at: number): number =>
  course.rate === undefined ? at : at + Math.ceil(60_000 / course.rate);

interface Sent {
  readonly sequence: Sequence;
  readonly eventId: string;
}

/** @returns the course, and whether the event is to be parked */
export const afterDelivery = (
  course: Course,
  { sequence, eventId }: Sent,
  outcome: Outcome,
  now: Now,
): { readonly course: Course; readonly park: boolean } => {
  const { at } = now;
  const going = (next: Course, park = false) => ({ course: next, park });
  switch (verdictOn(outcome)) {
    case 'taken':
      return going({
        ...course,
        ...healthy,
        position: sequence,
        taken: { sequence, eventId },
        parkedInRow: 0,
        notBefore: spaced(course, at),
      });
    case 'gone':
      return going(ended(course, at, 'gone'));
    case 'failing':
      return going(impatient(failed(course, outcome, now), at));
    case 'refused': {
      const refusals = course.refusals + 1;
      if (refusals < mostAttempts) return going({ ...failed(course, outcome, now), refusals });
      const parkedInRow = course.parkedInRow + 1;
      const next = {
        ...course,
        ...healthy,
        position: sequence,
        parkedInRow,
        notBefore: spaced(course, at),
        failure: failureOf(outcome),
      };
      return going(
        parkedInRow < mostParkedInRow
          ? next
          : paused({ ...next, parkedInRow: 0 }, at, 'many-parked'),
        true,
      );
    }
  }
};

const impatient = (course: Course, at: number): Course =>
  at - (course.failingSince ?? at) >= patience ? paused(course, at, 'unreachable') : course;

/**
 * After sending again what was parked.
 * @returns `parked`: it was taken (`gone`), is tried again by itself (`due`), or was refused once
 *   more and waits to be asked for (`kept`)
 */
export const afterReplay = (
  course: Course,
  outcome: Outcome,
  now: Now,
): { readonly course: Course; readonly parked: 'gone' | 'due' | 'kept' } => {
  const { at } = now;
  switch (verdictOn(outcome)) {
    case 'taken':
      return {
        course: { ...course, ...healthy, notBefore: spaced(course, at) },
        parked: 'gone',
      };
    case 'gone':
      return { course: ended(course, at, 'gone'), parked: 'kept' };
    case 'failing':
      return { course: impatient(failed(course, outcome, now), at), parked: 'due' };
    case 'refused': {
      const next = { ...course, notBefore: spaced(course, at), failure: failureOf(outcome) };
      return { course: next, parked: 'kept' };
    }
  }
};
