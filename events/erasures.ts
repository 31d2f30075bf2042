/**
 * How a person is forgotten: it is asked for, the key is destroyed, and it is done. Neither event
 * tells who: the reference is an HMAC under the key that is gone.
 */
import { z } from 'zod';
import { event } from './define.ts';
import { PersonReference } from './people.ts';
import { Slug, Ulid } from './values.ts';

const erasure = {
  erasureId: Ulid,
  person: PersonReference,
  /** Opaque id of the key that is destroyed: what was sealed under it opens no more. */
  keyId: Ulid,
};

/** From here on nothing of this person is opened, and nothing more is recorded. */
export const PersonErasureRequested = event(
  'PersonErasureRequested',
  z.strictObject(erasure),
  (data) => ({ erasure: data.erasureId, person: data.person }),
);

/** The key is gone, and every reader has confirmed that nothing is left in it. */
export const PersonErased = event(
  'PersonErased',
  z.strictObject({ ...erasure, confirmedBy: z.array(Slug).max(40) }),
  (data) => ({ erasure: data.erasureId, person: data.person }),
);

export const erasureEvents = [PersonErasureRequested, PersonErased] as const;
