/** R3: an interim change of basispakket or lump sum needs compelling circumstances. */
import { type Breach, ruleOf } from '../rules.ts';

export const r3 = ruleOf('R3');

export const circumstanceBreaches = (circumstances: string | undefined): Breach[] =>
  circumstances === undefined
    ? [
        r3.breach(
          'no-compelling-circumstances',
          'Voor een tussentijdse wijziging zijn geen zwaarwegende omstandigheden vastgelegd.',
        ),
      ]
    : [];
