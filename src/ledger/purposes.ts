/**
 * For what personal data may be opened: the processing activities of the partnership, a closed
 * list. Whoever looks names one of them, and the log of looking keeps it as the address of that
 * activity in the register of processing activities (AVG, art. 30).
 */

/** Name → Dutch, for people. */
export const purposes = {
  'referral-handling': 'Een aanmelding behandelen',
  'placement-guidance': 'Een plaatsing begeleiden',
  'subsidy-settlement': 'Een loonkostensubsidie vaststellen of verantwoorden',
  correction: 'Gegevens nagaan en verbeteren',
  'access-request': 'Een verzoek om inzage beantwoorden',
  'erasure-request': 'Een verzoek om te wissen beoordelen',
  audit: 'Controle op de rechtmatigheid',
} as const;

export type Purpose = keyof typeof purposes;
export const purposeNames = Object.keys(purposes) as [Purpose, ...Purpose[]];

/** As the standard Logboek Dataverwerkingen wants it: a URI. */
export const activityOf = (purpose: Purpose): string =>
  `urn:nl:partnership-ledger:processing-activity:${purpose}`;
