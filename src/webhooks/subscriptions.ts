/** What somebody may ask of subscriptions: their own; who manages may see and end all. */
import { type Caller, may } from '../ledger/access/index.ts';
import { invalid, ProblemError } from '../ledger/errors.ts';
import type { Sequence } from '../ledger/event-log.ts';
import type { Clock, Hmac, Ids } from '../ledger/ports.ts';
import type { Webhooks, WebhookRequest, WebhookShown } from '../ledger/webhooks.ts';
import { type Allowed, flawOf } from './addresses.ts';
import { begun, type Course, ended, paused, resumed } from './course.ts';
import { type Delivered, standingOf } from './standing.ts';
import { newSecret } from './signature.ts';
import type { Subscription, WebhookStore } from './store.ts';

/** Subscriptions that have not ended. */
const mostPerOwner = 10;
const mostInAll = 200;
/** Milliseconds that an ended one can still be read. */
const rememberEnded = 30 * 24 * 3_600_000;

interface SubscriptionParts {
  readonly store: WebhookStore;
  readonly clock: Clock;
  readonly ids: Pick<Ids, 'ulid'>;
  readonly hmac: Hmac;
  readonly allowed: Allowed;
  /** Who it is now; undefined: nobody any more, or nobody whom we can know by id. */
  readonly holderOf: (owner: string) => Caller | undefined;
  readonly head: () => Sequence;
  /** Absent while nothing is delivered. */
  readonly delivered?: () => Delivered | undefined;
  /** Something changed in this subscription. */
  readonly changed: (webhookId: string) => void;
}

const instant = (at: number): string => new Date(at).toISOString();

/** Its rights are asked whenever something is sent. */
export const mayFollow = (holder: Caller | undefined): holder is Caller =>
  holder !== undefined && may(holder.access, 'webhooks', 'follow');

const manages = ({ access }: Caller): boolean => may(access, 'webhooks', 'manage');

const finderIn =
  (store: WebhookStore) =>
  /** @throws ProblemError `not-found`, also of somebody else's, or `forbidden` to who manages */
  (caller: Caller, id: string, alsoManager: boolean): Subscription => {
    const one = store.find(id);
    const isOwner = one?.owner === caller.id;
    if (one !== undefined && (isOwner || (alsoManager && manages(caller)))) return one;
    if (one !== undefined && manages(caller))
      throw new ProblemError({
        code: 'forbidden',
        detail: 'Dit kan alleen wie het abonnement heeft. U kunt het zien en beëindigen.',
      });
    throw new ProblemError({ code: 'not-found', detail: `Abonnement ${id} bestaat niet.` });
  };

export const subscriptionsIn = (parts: SubscriptionParts): Webhooks => {
  const { store, clock, changed } = parts;
  const now = (): number => Date.parse(clock.now());
  const found = finderIn(store);
  const shown = (one: Subscription, caller: Caller): WebhookShown =>
    shownTo(one, store.countParked(one.id), one.owner === caller.id, now());
  const turn = (caller: Caller, one: Subscription, course: Course): WebhookShown => {
    if (course.status === 'ended') store.end(one.id, course);
    else store.save(one.id, course);
    changed(one.id);
    return shown({ ...one, course }, caller);
  };
  /** Says of those whose owner is nobody any more that they have ended. */
  const settled = (one: Subscription): Subscription => {
    if (one.course.status === 'ended' || mayFollow(parts.holderOf(one.owner))) return one;
    const course = ended(one.course, now(), 'rights-ended');
    store.end(one.id, course);
    changed(one.id);
    return { ...one, course };
  };

  return {
    create: (caller, request, key) => create(parts, caller, request, key, shown),
    list: (caller) =>
      store
        .all()
        .filter(({ owner }) => owner === caller.id || manages(caller))
        .map((one) => shown(settled(one), caller)),
    one: (caller, id) => shown(settled(found(caller, id, true)), caller),
    pause: (caller, id) => {
      const one = found(caller, id, false);
      checkGoing(one);
      return turn(caller, one, paused(one.course, now(), 'by-owner'));
    },
    resume: (caller, id) => {
      const one = found(caller, id, false);
      checkGoing(one);
      // Of one that runs, nothing is asked again.
      if (one.course.status !== 'paused') return shown(one, caller);
      return turn(caller, one, resumed(one.course, now()));
    },
    end: (caller, id) => {
      const one = found(caller, id, true);
      if (one.course.status === 'ended') return shown(one, caller);
      const reason = one.owner === caller.id ? 'by-owner' : 'by-administrator';
      return turn(caller, one, ended(one.course, now(), reason));
    },
    parked: (caller, id, after, limit) => store.parked(found(caller, id, false).id, after, limit),
    replay: (caller, id, sequence) => {
      const one = found(caller, id, false);
      checkGoing(one);
      const due = store.makeDue(id, sequence);
      if (due === 0 && sequence !== undefined)
        throw new ProblemError({
          code: 'not-found',
          detail: `Gebeurtenis ${sequence} staat bij dit abonnement niet apart.`,
        });
      changed(id);
      return due;
    },
    standing: () => standingOf(parts),
  };
};

/** @throws ProblemError `ended` */
const checkGoing = ({ course }: Subscription): void => {
  if (course.status === 'ended')
    throw new ProblemError({
      code: 'ended',
      detail: 'Dit abonnement is beëindigd. Maak een nieuw.',
    });
};

/** The address may hold a secret in its path: others are told only the host. */
const shownTo = (
  { id, owner, createdAt, request, course }: Subscription,
  parked: number,
  isOwner: boolean,
  at: number,
): WebhookShown => ({
  webhookId: id,
  owner,
  status: course.status,
  reason: course.reason,
  since: instant(course.since),
  createdAt,
  ...request,
  address: isOwner ? request.address : new URL(request.address).origin,
  position: course.position,
  parked,
  failure: course.failure,
  ...(course.notBefore > at ? { notBefore: instant(course.notBefore) } : {}),
});

type Shown = (one: Subscription, caller: Caller) => WebhookShown;

const create = (
  parts: SubscriptionParts,
  caller: Caller,
  { token, after, ...request }: WebhookRequest,
  key: string,
  shown: Shown,
): ReturnType<Webhooks['create']> => {
  const { store, clock, ids, hmac, allowed, holderOf, head, changed } = parts;
  const command = hmac(`webhook\n${caller.id}\n${key}`);
  const input = hmac(`webhook\n${JSON.stringify([request, token, after])}`);
  const before = store.madeBy(command);
  if (before !== undefined && before.input !== input)
    throw new ProblemError({
      code: 'key-reused',
      detail: 'Deze Idempotency-Key is al gebruikt voor een ander abonnement.',
    });
  if (before !== undefined)
    return { webhook: shown(before, caller), secret: before.secret, repeated: true };
  if (holderOf(caller.id) === undefined)
    throw new ProblemError({
      code: 'forbidden',
      detail:
        'Een abonnement hoort bij een token van dit grootboek; vraag er een aan de beheerder.',
    });
  const flaw = flawOf(request.address, allowed);
  if (flaw !== undefined) throw invalid('/address', flaw);
  if (after !== undefined && after > head())
    throw invalid('/after', `ligt voorbij het laatste volgnummer, ${head()}`);
  makeRoom(parts, caller);
  const made: Subscription = {
    id: ids.ulid(),
    owner: caller.id,
    command,
    input,
    createdAt: clock.now(),
    request: JSON.parse(JSON.stringify(request)) as Subscription['request'],
    token,
    secret: newSecret(),
    course: begun(after ?? head(), Date.parse(clock.now())),
  };
  store.add(made);
  changed(made.id);
  return { webhook: shown(made, caller), secret: made.secret, repeated: false };
};

/** @throws ProblemError `too-many` */
const makeRoom = ({ store, clock }: SubscriptionParts, { id }: Caller): void => {
  const since = Date.parse(clock.now()) - rememberEnded;
  const all = store.all();
  for (const one of all)
    if (one.course.status === 'ended' && one.course.since < since) store.remove(one.id);
  const going = all.filter(({ course }) => course.status !== 'ended');
  if (going.length >= mostInAll)
    throw new ProblemError({
      code: 'too-many',
      detail: `Er zijn al ${mostInAll} abonnementen, en meer kunnen er niet zijn.`,
    });
  if (going.filter(({ owner }) => owner === id).length >= mostPerOwner)
    throw new ProblemError({
      code: 'too-many',
      detail: `U hebt al ${mostPerOwner} abonnementen. Beëindig er eerst een.`,
    });
};
