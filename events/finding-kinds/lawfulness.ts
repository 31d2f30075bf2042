/** Awarding without a tender. */
import { kindsOf } from './kind.ts';

export const lawfulnessKinds = kindsOf({
  // --- awarding without a tender
  'criterion-not-shown': {
    rule: 'R22',
    severity: 'warning',
    meaning: 'Een criterium voor quasi-inbesteden is niet aangetoond',
  },
  'criterion-not-met': {
    rule: 'R22',
    severity: 'error',
    meaning: 'Aan een criterium voor quasi-inbesteden is niet voldaan',
  },
});
