/** Awarding without a tender: seats in IBN's bodies, shares, turnover by class, judgements. */
import { randomFrom } from './random.ts';
import { euros, members, register, type Step, take, withEvidence } from './step.ts';

const bodies = ['ibn-general-meeting', 'ibn-supervisory-board', 'ibn-board'] as const;

const seats = (): readonly Step[] =>
  bodies.flatMap((body) =>
    members.map(({ code, label }) =>
      take('appoint-representative', '2025-01-08', {
        bodyId: `@body-${body}`,
        seatId: `@example-seat-${body}-${label}`,
        municipality: code,
        office: body === 'ibn-general-meeting' ? 'shareholder-representative' : 'supervisor',
        chair: label === 'oss',
      }),
    ),
  );

const shares = (): readonly Step[] =>
  members.map(({ code, share }) =>
    register('record-shareholding', '2025-01-08', {
      municipality: code,
      kind: 'public',
      percent: share,
    }),
  );

const lines = [
  ['wsw-grant', 'Rijksbijdrage Wsw', 37_000_000, 'entrusted'],
  ['wage-cost-subsidies', 'Loonkostensubsidies', 11_000_000, 'entrusted'],
  ['beschut-means', 'Middelen voor beschut werk', 8_000_000, 'entrusted'],
  ['pluspakket', 'Plusdiensten', 500_000, 'controlled-entity'],
  ['other-clients', 'Opdrachtgevers buiten de gemeenten', 9_000_000, 'market'],
] as const;

/** Well above the share that the law asks for, each year. */
const turnover = (seed: string): readonly Step[] => {
  const random = randomFrom(`${seed}/turnover`);
  return [2022, 2023, 2024, 2025].flatMap((year) =>
    lines.flatMap(([means, title, base, kind]) => {
      const turnoverId = `@example-turnover-${means}-${year}`;
      const amount = base + random.between(-40, 40) * Math.floor(base / 1000);
      return [
        register('report-turnover', `${year}-12-31`, {
          turnoverId,
          year,
          means,
          title,
          amountCents: euros(amount),
          projection: false,
        }),
        take('classify-turnover', `${year}-12-31`, {
          turnoverId,
          class: kind,
          reasoning: kind === 'market' ? 'Geen opdracht van een deelnemer.' : 'Opgedragen taak.',
        }),
      ];
    }),
  );
};

const parts = [
  ['deciding-bodies', 'Iedere deelnemer heeft een zetel in elk orgaan van IBN.'],
  ['decisive-influence', 'Strategie en begroting komen uit het bestuurlijk overleg.'],
  ['no-contrary-interests', 'IBN werkt voor de doelgroep van de deelnemers.'],
  ['activity', 'De omzet van drie jaren ligt ruim boven de grens.'],
  ['no-private-capital', 'Alle aandelen zijn van gemeenten.'],
] as const;

const attest = (date: string, label: string, body: Readonly<Record<string, unknown>>): Step =>
  withEvidence(
    take('attest-criterion', date, {
      attestationId: `@example-attestation-${label}`,
      evidenceHeld: true,
      ...body,
    }),
  );

const judgements = (): readonly Step[] => [
  attest('2025-02-10', 'not-met', {
    part: 'no-contrary-interests',
    outcome: 'not-met',
    reasoning: 'IBN bood mee op een opdracht van een deelnemer aan de markt.',
  }),
  ...parts.map(([part, reasoning]) =>
    attest('2025-06-02', part, { part, outcome: 'met', reasoning }),
  ),
  attest('2025-06-30', 'contested', {
    part: 'no-contrary-interests',
    awardId: '@example-contract-greenery-meierijstad',
    outcome: 'met',
    reasoning: 'De leerwerkplek past bij de taak van de gemeente.',
  }),
  take('contest-attestation', '2025-09-17', {
    attestationId: '@example-attestation-contested',
    reasoning: 'Een kwekerij in de streek biedt hetzelfde werk aan.',
  }),
];

export const lawfulnessSteps = (seed: string): readonly Step[] => [
  ...seats(),
  ...shares(),
  ...turnover(seed),
  ...judgements(),
  take('classify-turnover', '2026-03-11', {
    turnoverId: '@example-turnover-pluspakket-2025',
    class: 'entrusted',
    reasoning: 'Bij nader inzien door de deelnemers zelf opgedragen.',
  }),
];
