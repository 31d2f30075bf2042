/** Pluspakket: services, contracts by the rule, invoices for them, and what was paid. */
import { onDay } from '../values.ts';
import { randomFrom } from './random.ts';
import { daysLater, members, type Step, take } from './step.ts';

interface Contract {
  readonly label: string;
  readonly title: string;
  readonly service?: string;
  readonly municipalities: readonly string[];
  readonly concluded: string;
  readonly costEuros: number;
  readonly until?: string;
}

/** Cost plus the surcharge, in cents; a cost in whole euros leaves no part of a cent. */
const priceOf = (costEuros: number): string => String(costEuros * 103);

/** All that the model agreement asks for, at the price of the rule. */
export const contractBody = (contract: Contract) => ({
  contractId: `@example-contract-${contract.label}`,
  title: contract.title,
  ...(contract.service === undefined ? {} : { serviceId: contract.service }),
  municipalities: contract.municipalities,
  organisations: [],
  runsFrom: onDay(daysLater(contract.concluded, 14)),
  nature: contract.title,
  size: 'Twaalf deelnemers per ronde.',
  runsUntil: onDay(contract.until ?? daysLater(contract.concluded, 730)),
  interimTermination: 'Met drie maanden, aan het eind van een kwartaal.',
  reporting: 'Elk kwartaal.',
  accountability: 'Jaarlijks, met de jaarrekening.',
  costCents: String(contract.costEuros * 100),
  priceCents: priceOf(contract.costEuros),
  fitsPurpose: { fits: true, reasoning: 'Werk voor de doelgroep, dicht bij huis.' },
});

const coaching = '@example-service-coaching';
const transport = '@example-service-transport';

const contracts: readonly Contract[] = [
  {
    label: 'coaching-oss',
    title: 'Begeleiding op de werkplek in Oss',
    service: coaching,
    municipalities: ['gm0828'],
    concluded: '2025-02-03',
    costEuros: 48_000,
  },
  {
    label: 'coaching-maashorst',
    title: 'Begeleiding op de werkplek in Maashorst',
    service: coaching,
    municipalities: ['gm1991'],
    concluded: '2025-02-17',
    costEuros: 36_500,
  },
  {
    label: 'transport-boekel',
    title: 'Vervoer naar het werk in Boekel en Bernheze',
    service: transport,
    municipalities: ['gm0755', 'gm1721'],
    concluded: '2025-03-10',
    costEuros: 21_400,
  },
  {
    label: 'short-placements-oss',
    title: 'Korte stages in Oss',
    service: '@service-short-placements',
    municipalities: ['gm0828'],
    concluded: '2025-03-24',
    costEuros: 27_800,
    until: '2025-12-31',
  },
  {
    label: 'talent-in-beeld-maashorst',
    title: 'Talent in Beeld in Maashorst',
    service: '@service-talent-in-beeld',
    municipalities: ['gm1991'],
    concluded: '2025-04-07',
    costEuros: 31_200,
  },
  {
    label: 'z-route-land-van-cuijk',
    title: 'Participatiedeel van de Z-route in Land van Cuijk',
    service: '@service-z-route-participation',
    municipalities: ['gm1982'],
    concluded: '2025-05-12',
    costEuros: 54_000,
  },
  {
    label: 'greenery-meierijstad',
    title: 'Leerwerkplek groen in Meierijstad',
    municipalities: ['gm1948'],
    concluded: '2025-06-16',
    costEuros: 62_500,
  },
  {
    label: 'transport-land-van-cuijk',
    title: 'Vervoer naar het werk in Land van Cuijk',
    service: transport,
    municipalities: ['gm1982'],
    concluded: '2025-09-01',
    costEuros: 25_600,
  },
];

/** This one nobody has shared. */
const unshared = 'greenery-meierijstad';

const offered = (): readonly Step[] => [
  take('offer-plus-service', '2025-01-13', {
    serviceId: coaching,
    name: 'Begeleiding op de werkplek',
    targetGroup: 'general',
  }),
  take('offer-plus-service', '2025-01-13', {
    serviceId: transport,
    name: 'Vervoer naar het werk',
    targetGroup: 'general',
  }),
  take('arrange-plus-service', '2025-02-17', {
    serviceId: coaching,
    municipality: 'gm0828',
    provider: 'IBN',
  }),
  take('arrange-plus-service', '2025-02-17', {
    serviceId: transport,
    municipality: 'gm0755',
    provider: 'IBN',
  }),
  take('end-plus-service', '2026-03-01', {
    serviceId: transport,
    municipality: 'gm0755',
    reason: 'Het contract is opgezegd.',
  }),
];

const courses = (): readonly Step[] => [
  ...contracts.flatMap((contract) => [
    take('conclude-plus-contract', contract.concluded, contractBody(contract)),
    ...(contract.label === unshared
      ? []
      : [
          take('share-plus-contract', daysLater(contract.concluded, 23), {
            contractId: `@example-contract-${contract.label}`,
          }),
        ]),
  ]),
  take('terminate-plus-contract', '2026-03-01', {
    contractId: '@example-contract-transport-boekel',
    reason: 'Te weinig deelnemers.',
  }),
  take('complete-plus-contract', '2025-12-30', {
    contractId: '@example-contract-short-placements-oss',
    note: 'Alle stages zijn geweest.',
  }),
  take('amend-plus-contract', '2026-01-01', {
    contractId: '@example-contract-coaching-oss',
    size: 'Achttien deelnemers per ronde.',
    costCents: '6900000',
    priceCents: priceOf(69_000),
    reason: 'Meer vraag dan verwacht.',
  }),
];

const billed = ['2025-07-04', '2025-10-03', '2025-12-19', '2026-04-03'] as const;

/** Some pay late, some in two parts, one too much. */
const invoices = (seed: string): readonly Step[] => {
  const random = randomFrom(`${seed}/invoices`);
  return contracts.flatMap(({ label, municipalities }, index) =>
    billed.flatMap((date, round) => {
      const invoiceId = `@example-invoice-${label}-${round}`;
      const municipality = municipalities[0]!;
      const cents = random.between(2_000, 9_000) * 100;
      const first = { 'coaching-oss': 'corrected-invoice', 'coaching-maashorst': 'wrong-invoice' };
      const name = round === 1 ? first[label as keyof typeof first] : undefined;
      const pay = (part: number, amount: number, after: number): Step =>
        take('make-payment', daysLater(date, after), {
          paymentId: `@example-payment-${label}-${round}-${part}`,
          municipality,
          amountCents: String(amount),
          settles: { invoiceId },
        });
      const half = Math.floor(cents / 2);
      const paid =
        round === 3
          ? []
          : index % 3 === 2
            ? [pay(0, half, 20), pay(1, cents - half, 55)]
            : [pay(0, index === 4 && round === 0 ? cents + 15_000 : cents, 28)];
      return [
        take(
          'invoice-pluspakket',
          date,
          {
            invoiceId,
            number: `${date.slice(0, 4)}-${String(100 + index * 10 + round)}`,
            municipality,
            contractId: `@example-contract-${label}`,
            amountCents: String(cents),
          },
          name === undefined ? {} : { name },
        ),
        ...paid,
      ];
    }),
  );
};

export const pluspakketSteps = (seed: string): readonly Step[] => [
  ...offered(),
  ...courses(),
  ...invoices(seed),
];

/** Another contract of a ledger that grows: as good as all others, its client by chance. */
export const grownContract = (seed: string, unit: number): readonly Step[] => {
  const random = randomFrom(`${seed}/contract/${unit}`);
  const { code } = random.pick(members);
  const concluded = daysLater('2025-02-03', random.between(0, 400));
  const label = `grown-${unit}`;
  return [
    take(
      'conclude-plus-contract',
      concluded,
      contractBody({
        label,
        title: `Maatwerk ${unit}`,
        municipalities: [code],
        concluded,
        costEuros: random.between(4_000, 40_000),
      }),
    ),
    take('share-plus-contract', daysLater(concluded, 20), {
      contractId: `@example-contract-${label}`,
    }),
  ];
};
