/** The execution agreement, and the rules that have force by it. */
import { onDay } from '../values.ts';
import { codes, register, type Step, take } from './step.ts';

const agreementId = '@example-execution-agreement';

const figure = (name: string, value: string, unit: string) => ({ name, value, unit });

interface Rule {
  readonly rule: string;
  readonly title: string;
  readonly summary: string;
  readonly decisionIds?: readonly string[];
  readonly figures?: readonly object[];
}

const rules: readonly Rule[] = [
  {
    rule: 'R4',
    title: 'Het basispakket wijzigt alleen samen',
    summary: 'Alle deelnemers en IBN besluiten samen over een wijziging, en zij geldt voor allen.',
  },
  {
    rule: 'R5',
    title: 'Wie een deel niet gebruikt, betaalt mee',
    summary: 'Een deel ongebruikt laten mag; het aandeel in de lumpsum blijft gelijk.',
  },
  {
    rule: 'R10',
    title: 'Pluspakket op de modelovereenkomst, tegen kostprijs met opslag',
    summary: 'Met alle afspraken van het model, binnen het doel van IBN, en gedeeld met allen.',
    figures: [figure('surcharge-percent', '3', 'percent')],
  },
  {
    rule: 'R11',
    title: 'Een pilot duurt ten hoogste drie jaar',
    summary: 'Het plan is vooraf in het bestuurlijk overleg; de uitkomsten komen daar terug.',
    decisionIds: ['@decision-6'],
    figures: [figure('pilot-years', '3', 'years')],
  },
  {
    rule: 'R12',
    title: 'Aanbodgericht of vraaggericht naar een dienstverband',
    summary: 'Vraaggericht vraagt vaardigheden en een geschatte loonwaarde van 60 tot 100 %.',
    figures: [
      figure('loonwaarde-minimum-percent', '60', 'percent'),
      figure('loonwaarde-maximum-percent', '100', 'percent'),
    ],
  },
  {
    rule: 'R13',
    title: 'Eerst tijdelijk',
    summary: 'Structureel pas als uitstroom naar regulier werk onmogelijk is gebleken.',
  },
  {
    rule: 'R14',
    title: 'Beschut werk vraagt een indicatie',
    summary: 'IBN heeft de caseload; wie te ziek is om te werken, is een uitzondering.',
    decisionIds: ['@decision-7'],
  },
  {
    rule: 'R16',
    title: 'Dienstverlening aan anderstaligen is pluspakket',
    summary: 'Na een afgerond traject valt iemand onder het basispakket.',
  },
  {
    rule: 'R18',
    title: 'IBN meldt elk jaar de verhouding doelgroep – regulier',
    summary: 'Jaarlijks, zonder norm.',
    figures: [figure('report-interval-years', '1', 'years')],
  },
  {
    rule: 'R24',
    title: 'Bewaartermijnen van wat over personen is vastgelegd',
    summary: 'Gerekend vanaf het laatste dat van die soort is vastgelegd.',
    figures: [
      figure('referral', '12', 'months'),
      figure('placement', '5', 'years'),
      figure('circumstance', '5', 'years'),
    ],
  },
];

export const agreementSteps = (): readonly Step[] => [
  register('plan-agreement', '2024-09-10', {
    agreementId: '@example-covenant',
    kind: 'covenant',
    title: 'Convenant 2027, in voorbereiding',
    municipalities: codes,
    organisations: ['ibn'],
    signedBy: ['portfolio-holder-work-and-income', 'general-director'],
    plannedFor: { latest: '2026-12-31' },
  }),
  take('conclude-agreement', '2024-12-18', {
    agreementId,
    kind: 'execution-agreement',
    title: 'Uitvoeringsovereenkomst 2025',
    municipalities: codes,
    organisations: ['ibn'],
    signedBy: ['head-of-work-and-income', 'general-director'],
    runsFrom: onDay('2025-01-01'),
    runsUntil: onDay('2027-01-01'),
  }),
  ...rules.map(({ decisionIds = [], figures = [], ...rule }) =>
    take('set-rule', '2025-01-01', {
      ...rule,
      authority: 'agreement',
      agreementId,
      decisionIds,
      figures,
    }),
  ),
];
