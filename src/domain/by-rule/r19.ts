/** R19: a member that leaves the partnership also leaves the GR. */
import type { EntryFor } from '../../../events/index.ts';
import { type Breach, ruleOf } from '../rules.ts';

export const r19 = ruleOf('R19');

export const leavingBreaches = (body: EntryFor<'MemberLeft'>['data']): Breach[] =>
  body.alsoLeavesGr
    ? []
    : [
        r19.breach(
          'leaves-without-gr',
          `${body.municipality} verlaat het partnership, maar niet de GR.`,
        ),
      ];
