/** What was taken back, and what the sources leave open. */
import { kindsOf } from './kind.ts';

export const sourceKinds = kindsOf({
  // --- what was taken back
  'rests-on-reversed': {
    severity: 'warning',
    meaning: 'Iets rust op een feit dat is teruggenomen',
  },
  // --- sources
  'source-conflict': { severity: 'note', meaning: 'Twee bronnen spreken elkaar tegen' },
  'ambiguous-source': { severity: 'note', meaning: 'Een bron is op twee manieren te lezen' },
  'undated-source': { severity: 'note', meaning: 'Een bron noemt geen datum' },
  'date-unknown': { severity: 'note', meaning: 'Van een feit is de datum niet bekend' },
  'not-in-sources': { severity: 'note', meaning: 'De bronnen zeggen hier niets over' },
  'document-not-held': { severity: 'note', meaning: 'Een stuk bestaat, maar is hier niet' },
  'document-incomplete': { severity: 'note', meaning: 'Van een stuk ontbreekt een deel' },
  'statement-without-evidence': { severity: 'note', meaning: 'Een bewering zonder bewijs' },
  'rounded-amount': { severity: 'note', meaning: 'Een bedrag is elders afgerond' },
  'not-comparable': { severity: 'note', meaning: 'Twee cijfers zijn niet vergelijkbaar' },
  'expectation-differs': { severity: 'note', meaning: 'Het liep anders dan verwacht' },
});
