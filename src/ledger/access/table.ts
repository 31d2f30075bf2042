/**
 * Who may see and do what: the one table of role × resource × action × whose. Every face reads it
 * (HTTP, command line, feed, previews, explanations), and docs/access.md is made of it.
 */

/** Roles as the partnership has them, with what they are in Dutch. */
export const roles = {
  public: 'iedereen, zonder aanmelding: wat een raad publiceert',
  auditor: 'controleert: alles behalve persoonsgegevens, zonder grens aan het aantal verzoeken',
  municipality: 'een deelnemende gemeente: haar eigen personen en geld, verder als de stuurgroep',
  stuurgroep: 'bestuurlijk overleg en ambtelijke stuurgroep: stuurt, en ziet geen personen',
  registrar: 'legt vast wat de partijen doen en besluiten',
  ibn: 'IBN: plaatsingen en omzet',
  service: 'een programma dat de gebeurtenissen volgt, per soort',
  administrator: 'beheert toegang en sleutels, en ziet geen gegevens',
  local: 'wie op de machine zelf werkt, over de socket in de gegevensmap',
} as const;
export type Role = keyof typeof roles;
export const roleNames = Object.keys(roles) as readonly Role[];

/**
 * `read` answers; `follow` events as they come, without asking questions about them; `record`
 * commands; `preview` commands without recording; `manage` what belongs to the service.
 */
export const actions = {
  read: 'lezen',
  follow: 'volgen',
  record: 'vastleggen',
  preview: 'proberen',
  manage: 'beheren',
} as const;
export type Action = keyof typeof actions;

/** Of everyone, or only of the asker's own municipality. */
export type Reach = 'all' | 'own';

type Reaches = Readonly<Partial<Record<Role, Reach>>>;

export interface Part {
  /** Dutch, for the documentation. */
  readonly title: string;
  readonly resources: readonly string[];
  readonly may: Readonly<Partial<Record<Action, Reaches>>>;
  /** That it is there at all is told only to who may. */
  readonly hidden?: true;
}

const all = <Name extends Role>(...names: readonly Name[]) =>
  Object.fromEntries(names.map((name) => [name, 'all'])) as Readonly<Record<Name, 'all'>>;

const everyone = all(...roleNames);
const recorders = all('registrar', 'local');
const steering = all('auditor', 'municipality', 'stuurgroep', 'registrar', 'ibn', 'local');
const followers = all('service');
const subscribers = all('service', 'municipality', 'auditor', 'registrar', 'local');

/** Keeps the names of the resources. */
const part = <const Resources extends readonly string[]>(
  resources: Resources,
  definition: Omit<Part, 'resources'>,
) => ({ ...definition, resources });

export const parts = [
  part(
    [
      'members',
      'bodies',
      'areas',
      'area-agreements',
      'decisions',
      'agreements',
      'agreement-plans',
      'rules',
      'occurrences',
      'findings',
      'practices',
      'options',
      'assignments',
      'package',
      'package-parts',
      'plus-services',
      'pluspakket-contracts',
      'pilots',
      'lump-sums',
      'lump-sum-expectations',
      'distribution-keys',
      'budgets',
      'stated-amounts',
      'indicators',
      'staff-ratios',
      'evaluations',
      'action-points',
      'awards',
      'compliance',
      'attestations',
      'shareholdings',
    ],
    {
      title: 'Wat raden publiceren: besluiten, afspraken, pakket, bedragen, doelen, rechtmatigheid',
      may: { read: everyone, record: recorders, preview: everyone },
    },
  ),
  part(['period-totals', 'placement-counts'], {
    title: 'Aantallen; kleine zijn nergens vastgelegd',
    may: {
      read: everyone,
      record: { ...recorders, municipality: 'own' },
      preview: { ...recorders, municipality: 'own' },
    },
  }),
  part(['balances', 'booking-years'], {
    title: 'Wie hoeveel schuldig is',
    may: { read: steering, follow: followers, record: recorders, preview: recorders },
  }),
  part(['turnover'], {
    title: 'Omzet van IBN per regel',
    may: {
      read: steering,
      follow: followers,
      record: { ...recorders, ...all('ibn') },
      preview: { ...recorders, ...all('ibn') },
    },
  }),
  part(['postings', 'pluspakket-invoices', 'wage-cost-subsidies', 'payments', 'corrections'], {
    title: 'Geld in detail: boekingen, facturen, subsidies, betalingen',
    may: {
      read: { ...all('auditor', 'registrar', 'local'), municipality: 'own' },
      follow: followers,
      record: recorders,
      preview: recorders,
    },
  }),
  part(['circumstances'], {
    title: 'Dat er iets van een persoon geldt: ook dat het er is, zegt iets over gezondheid',
    may: {
      read: { ...all('ibn', 'local'), municipality: 'own' },
      record: { ...recorders, ...all('ibn') },
      preview: { ...recorders, ...all('ibn') },
    },
  }),
  part(['referrals', 'placements'], {
    title: 'Vastleggingen over personen, verzegeld',
    may: {
      read: { ...all('auditor', 'registrar', 'ibn', 'local'), municipality: 'own' },
      record: { ...recorders, ...all('ibn') },
      preview: { ...recorders, ...all('ibn') },
    },
  }),
  part(['personal-fields', 'person-references'], {
    title: 'Wat daarin verzegeld is, geopend',
    may: { read: { ...all('ibn', 'local'), municipality: 'own' } },
  }),
  part(['erasures'], {
    title: 'Iemands gegevens wissen',
    may: { read: all('auditor', 'registrar', 'local'), record: recorders },
  }),
  part(['retention'], {
    title: 'Van wie de bewaartermijn voorbij is',
    may: { read: { ...all('auditor', 'registrar', 'local'), municipality: 'own' } },
  }),
  part(['processing-log'], {
    title: 'Wie persoonsgegevens inzag, en waarvoor',
    may: { read: { ...all('auditor', 'local'), municipality: 'own' } },
  }),
  part(['events', 'event-stream', 'timeline', 'changes', 'differences', 'explanations'], {
    title: 'Gebeurtenissen en vragen over vragen; ieder ziet daarin wat hij elders mag lezen',
    may: { read: everyone, record: recorders, preview: recorders },
  }),
  part(['previews'], {
    title: 'Opdrachten proberen; elke opdracht vraagt daarnaast haar eigen recht',
    may: { read: everyone },
  }),
  part(['checkpoints'], {
    title: 'Controlepunten; wie een ingestelde sleutel heeft, tekent ze mee',
    may: { read: everyone, record: everyone },
  }),
  part(['inclusion-proofs', 'consistency-proofs'], {
    title: 'Bewijzen: niemand hoeft te worden vertrouwd',
    may: { read: everyone },
  }),
  part(['entries'], {
    title: 'De opgeslagen bytes zelf, ook van wat verzegeld is',
    may: { read: all('auditor', 'registrar', 'local') },
  }),
  part(['service'], {
    title: 'De beschrijving van de dienst, of zij draait, aan- en afmelden',
    may: { read: everyone },
  }),
  part(['metrics'], {
    title: 'Meetcijfers van de dienst',
    may: { read: all('administrator', 'local') },
    hidden: true,
  }),
  part(['webhooks'], {
    title: 'Abonnementen op gebeurtenissen: ieder de eigen; wie beheert ziet en beëindigt ze alle',
    may: {
      read: { ...subscribers, ...all('administrator') },
      follow: subscribers,
      manage: all('administrator', 'local'),
    },
  }),
  part(['tokens', 'keys', 'read-tables'], {
    title: 'Toegang en sleutels beheren; leestabellen opnieuw maken',
    may: { manage: all('administrator', 'local') },
    hidden: true,
  }),
  part(['imports', 'sign-in-links'], {
    title: 'Wat alleen op de machine zelf kan: importeren, een beheerder toelaten',
    may: { manage: all('local') },
    hidden: true,
  }),
] as const;

export type Resource = (typeof parts)[number]['resources'][number];
