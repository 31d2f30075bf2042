/** The bodies of the partnership, of IBN and of the members, and who sits in them. */
import { z } from 'zod';
import { event } from './define.ts';
import { Line, MunicipalityCode, Note, Slug, Ulid } from './values.ts';

export const BodyKind = z.enum([
  'bestuurlijk-overleg',
  'stuurgroep',
  'project-group',
  'working-group',
  'ibn-general-meeting',
  'ibn-supervisory-board',
  'ibn-board',
  'gr-board',
  'college',
  'raad',
  'client-council',
  'works-council',
]);
export type BodyKind = z.infer<typeof BodyKind>;

export const BodyEstablished = event(
  'BodyEstablished',
  z.strictObject({
    bodyId: Ulid,
    kind: BodyKind,
    name: Line,
    /** What it does in the partnership, in our words. */
    role: Note,
    /** How it is made up, as far as a source says so. */
    composition: Note.optional(),
  }),
  (data) => ({ body: data.bodyId }),
);

/** A seat is held by an office of a municipality or an organisation; never by a name. */
export const RepresentativeAppointed = event(
  'RepresentativeAppointed',
  z.strictObject({
    bodyId: Ulid,
    seatId: Ulid,
    municipality: MunicipalityCode.optional(),
    organisation: Slug.optional(),
    /** The office that holds the seat, e.g. `portfolio-holder-work-and-income`. */
    office: Slug,
    chair: z.boolean(),
  }),
  (data) => ({ body: data.bodyId, seat: data.seatId, municipality: data.municipality }),
);

export const RepresentativeWithdrawn = event(
  'RepresentativeWithdrawn',
  z.strictObject({ bodyId: Ulid, seatId: Ulid, reason: Note }),
  (data) => ({ body: data.bodyId, seat: data.seatId }),
);

export const bodyEvents = [
  BodyEstablished,
  RepresentativeAppointed,
  RepresentativeWithdrawn,
] as const;
