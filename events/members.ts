/** Who takes part: municipalities that join, and that merge into another. */
import { z } from 'zod';
import { event } from './define.ts';
import { Line, MunicipalityCode } from './values.ts';

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

export const memberEvents = [MemberJoined, MunicipalitiesMerged] as const;
