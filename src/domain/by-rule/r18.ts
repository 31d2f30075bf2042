/** R18: IBN reports the ratio of target-group to regular staff each year; there is no norm. */
import { compareDecimals } from '../../../events/decimals.ts';
import { type Breach, ruleOf } from '../rules.ts';

export const r18 = ruleOf('R18');

/** Not forbidden; but the report then puts IBN's place in the public domain in question. */
export const outnumberedBreaches = (targetPerRegular: string): Breach[] =>
  compareDecimals(targetPerRegular, '1') < 0
    ? [
        r18.breach(
          'regular-staff-outnumbers',
          'Er zijn meer reguliere medewerkers dan medewerkers uit de doelgroep; de plaats van IBN in het publieke domein staat dan ter discussie.',
          { onlyFinding: true, figures: [{ name: 'target-per-regular', value: targetPerRegular }] },
        ),
      ]
    : [];
