/** Who takes part: municipalities that join, merge into another, or leave. */
import { z } from 'zod';
import { event } from './define.ts';
import { Line, MunicipalityCode, Note } from './values.ts';

export const MemberJoined = event(
  'MemberJoined',
  z.strictObject({ municipality: MunicipalityCode, name: Line }),
  (data) => ({ municipality: data.municipality }),
);

/** Rights, duties and balances of the predecessors pass to the successor on the valid date. */
export const MunicipalitiesMerged = event(
  'MunicipalitiesMerged',
  z.strictObject({
    successor: MunicipalityCode,
    name: Line,
    predecessors: z.array(MunicipalityCode).min(1).max(20),
  }),
  (data) => ({ municipality: [data.successor, ...data.predecessors] }),
);

/** From the valid date it takes no part; whether it also leaves the GR is another step (R19). */
export const MemberLeft = event(
  'MemberLeft',
  z.strictObject({ municipality: MunicipalityCode, alsoLeavesGr: z.boolean(), reason: Note }),
  (data) => ({ municipality: data.municipality }),
);

export const memberEvents = [MemberJoined, MunicipalitiesMerged, MemberLeft] as const;
