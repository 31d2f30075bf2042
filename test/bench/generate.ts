/** Entries of a made-up ledger of any size: decisions with their course, occurrences, amounts. */
import type { Entry } from '../../events/index.ts';

const crockford = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** A ULID that stands for a number. */
export const ulidAt = (n: number): string => {
  let text = '';
  for (let rest = n; text.length < 10; rest = Math.floor(rest / 32))
    text = crockford[rest % 32]! + text;
  return `01BENCH000000000${text}`;
};

const uuidAt = (n: number): string =>
  `01900000-${(n >>> 16).toString(16).padStart(4, '0')}-7${(n & 0xfff).toString(16).padStart(3, '0')}-8000-${n.toString(16).padStart(12, '0')}`;

const day = (n: number): string => {
  const month = n % 120;
  return `${2017 + Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}-${String((n % 28) + 1).padStart(2, '0')}`;
};

const codes = ['gm0828', 'gm1721', 'gm1948'];

const memberOf = (n: number): Pick<Entry, 'type' | 'data'> => {
  const municipality = codes[Math.floor(n / 10)]!;
  return { type: 'MemberJoined', data: { municipality, name: municipality } };
};

/** The law by which activities are measured. */
const law: Pick<Entry, 'type' | 'data'> = {
  type: 'RuleSet',
  data: {
    rule: 'R22',
    title: 'Wet',
    summary: 'Meer dan een deel van de activiteiten is opgedragen.',
    authority: 'law',
    decisionIds: [],
    figures: [
      { name: 'entrusted-above-percent', value: '80', unit: 'percent' },
      { name: 'measured-years', value: '3', unit: 'years' },
    ],
  },
};

/** A contract: something IBN is awarded. */
const awardOf = (n: number): Pick<Entry, 'type' | 'data'> => ({
  type: 'PlusContractConcluded',
  data: {
    contractId: ulidAt(n),
    title: `Contract ${n}`,
    municipalities: [codes[n % codes.length]!],
    organisations: [],
    runsFrom: { earliest: day(n), latest: day(n) },
  },
});

const turnoverOf = (n: number): Pick<Entry, 'type' | 'data'> => ({
  type: 'TurnoverReported',
  data: {
    turnoverId: ulidAt(n),
    year: 2014 + (Math.floor(n / 10_000) % 12),
    means: 'lump-sum',
    title: `Omzet ${n}`,
    amountCents: String(n),
    projection: false,
  },
});

/** Type and data of the n-th event: decisions of seven events each, and what else happens. */
const contentOf = (n: number): Pick<Entry, 'type' | 'data'> => {
  const decisionId = ulidAt(Math.floor(n / 10));
  switch (n % 10) {
    case 0:
      return {
        type: 'DecisionProposed',
        data: {
          decisionId,
          title: `Besluit ${Math.floor(n / 10)}`,
          needsAdoptionBy: codes,
          organs: ['college'],
          effectiveDate: day(n + 7),
        },
      };
    case 1:
      return {
        type: 'DecisionAdvised',
        data: { decisionId, body: 'stuurgroep', outcome: 'positive' },
      };
    case 2:
      return { type: 'DecisionDecided', data: { decisionId, body: 'bestuurlijk-overleg' } };
    case 3:
    case 4:
    case 5: {
      const municipality = codes[(n % 10) - 3]!;
      return {
        type: 'DecisionAdopted',
        data: { decisionId, municipality, onBehalfOf: [municipality] },
      };
    }
    case 6:
      return {
        type: 'DecisionEnded',
        data: { decisionId, reason: 'Opgevolgd in een volgende periode.' },
      };
    case 7:
      if (n < codes.length * 10) return memberOf(n);
      return {
        type: 'OccurrenceRecorded',
        data: {
          occurrenceId: ulidAt(n),
          kind: 'meeting',
          title: `Overleg ${n}`,
          about: ['subject:overleg'],
        },
      };
    case 8:
      if (n % 1_000 === 8) return awardOf(n);
      if (n % 10_000 === 18) return turnoverOf(n);
      return {
        type: 'AmountStated',
        data: {
          subject: 'attributable-costs',
          year: 2024,
          amountCents: String(n),
          approximate: false,
          note: 'Bedrag in een verzonnen grootboek.',
        },
      };
    default:
      if (n === 9) return law;
      return {
        type: 'RuleSet',
        data: {
          rule: 'R7',
          title: 'Opslag',
          summary: 'De lumpsum bevat een opslag.',
          authority: 'design',
          decisionIds: [],
          figures: [{ name: 'surcharge-percent', value: String(n % 97), unit: 'percent' }],
        },
      };
  }
};

const firstDay = Date.parse('1990-01-01');

/** The n-th day of a long row of days. */
export const dayAt = (n: number): string =>
  new Date(firstDay + n * 86_400_000).toISOString().slice(0, 10);

/** Numbers that look random and are the same in every run. */
export const mixed = (n: number, below: number): number => {
  let x = Math.imul(n ^ (n >>> 16), 0x45d9f3b);
  x = Math.imul(x ^ (x >>> 16), 0x45d9f3b);
  return ((x ^ (x >>> 16)) >>> 0) % below;
};

const start = Date.parse('2026-01-01T00:00:00.000Z');

/** The n-th entry; entry 0 of a ledger is its opening, so begin at 1. */
export const entryAt = (n: number): Entry =>
  ({
    format: 1,
    id: uuidAt(n),
    ...contentOf(n),
    version: 1,
    recordedAt: new Date(start + n).toISOString(),
    validFrom: { earliest: day(n), latest: day(n) },
    actor: { id: 'bench', office: 'registrar' },
    command: { tag: n.toString(16).padStart(64, '0'), input: '0'.repeat(64) },
    evidence: [{ source: 'verzonnen', basis: 'stated' }],
  }) as Entry;

/** Points of both axes to ask at: now and early on each, and anywhere. */
export const momentsOf = (
  count: number,
  days: number,
): Readonly<Record<string, (i: number) => readonly [validAt: string, knownAt: number]>> => {
  const [late, early] = [dayAt(days), dayAt(Math.floor(days / 50))];
  return {
    '(now, now)': () => [late, count - 1],
    '(now, early)': (i) => [late, Math.floor(count / 50) + i],
    '(early, now)': () => [early, count - 1],
    random: (i) => [dayAt(mixed(i, days)), mixed(i + 99, count)],
  };
};
