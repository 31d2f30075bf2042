/** Commands that ask. */
import type { Command } from 'commander';
import { asked, usage } from './failure.ts';
import type { CliPorts } from './ports.ts';
import { render } from './render.ts';

interface AskOptions {
  readonly at?: string;
  readonly known?: string;
  readonly basis?: boolean;
  readonly open?: boolean;
  readonly purpose?: string;
  readonly json?: boolean;
}

const shorthands: Readonly<Record<string, string>> = {
  members: 'Deelnemende gemeenten',
  bodies: 'Organen en wie daarin zit',
  areas: 'Uitvoeringsgebieden',
  decisions: 'Besluiten',
  agreements: 'Overeenkomsten',
  rules: 'Regels',
  package: 'Het basispakket',
  'lump-sums': 'Lumpsums',
  'distribution-keys': 'Verdeelsleutels',
  budgets: 'Begrotingen van IBN',
  'stated-amounts': 'Andere bedragen die bronnen noemen',
  indicators: 'Doelen en aannames, met hun resultaten',
  'staff-ratios': 'De verhouding doelgroep – regulier',
  evaluations: 'Evaluaties met hun actiepunten',
  'action-points': 'Actiepunten en wat ervan kwam',
  options: 'Wat is besproken en niet is gekozen',
  assignments: 'Bestuurlijke opdrachten en hun deelopdrachten',
  practices: 'Hoe het in de praktijk is geregeld',
  occurrences: 'Wat er verder gebeurde',
  awards: 'Wat IBN zonder aanbesteding werd gegund',
  compliance: 'Dossier quasi-inbesteden (awardId=)',
  attestations: 'Oordelen over de criteria',
  shareholdings: 'Aandeelhouders van IBN',
  'plus-services': 'Diensten uit het pluspakket',
  'pluspakket-contracts': 'Contracten voor het pluspakket',
  pilots: 'Pilots met scenario III',
  'area-agreements': 'Afspraken van uitvoeringsgebieden',
  balances: 'Saldi per gemeente en boekjaar',
  postings: 'Boekingen op volgnummer (municipality=, year=, account=, balance=, limit=, after=)',
  'pluspakket-invoices': 'Facturen voor plusdiensten',
  'wage-cost-subsidies': 'Loonkostensubsidies per gemeente en maand',
  payments: 'Betalingen aan IBN',
  corrections: 'Correcties op boekingen',
  'booking-years': 'Gesloten boekjaren',
  turnover: 'Omzet van IBN per middel',
  referrals: 'Aanmeldingen van personen (met --open ook wat verzegeld is)',
  placements: 'Plaatsingen van personen (met --open ook wat verzegeld is)',
  circumstances: 'Gegevens die van personen gelden (met --open ook wat verzegeld is)',
  retention: 'Personen van wie de bewaartermijn voorbij is (status=)',
  erasures: 'Wissingen van personen (status=requested of erased)',
  'period-totals': 'Gemelde aantallen per gemeente en periode',
  'placement-counts': 'Aantallen, opgeteld (groupBy=municipality, measure of year)',
  findings: 'Wat niet klopt, ontbreekt of botst',
  timeline: 'Alles op datum (from=, until=, about=, limit=, after=)',
  events: 'De gebeurtenissen op volgnummer (after=, limit=, type=, tag=)',
};

/** Path of a question, from what was typed: `decisions/01…`, `lump-sums?status=proposed`. */
const pathOf = (question: string, thing: string | undefined, query: URLSearchParams): string => {
  const [path = '', inline = ''] = question.split('?', 2);
  for (const [name, value] of new URLSearchParams(inline)) query.append(name, value);
  const segments = [...path.split('/'), ...(thing === undefined ? [] : [thing])];
  const text = query.toString();
  return `/v1/${segments.map(encodeURIComponent).join('/')}${text === '' ? '' : `?${text}`}`;
};

const queryOf = ({ at, known, basis, open, purpose }: AskOptions): URLSearchParams => {
  const query = new URLSearchParams();
  if (at !== undefined) query.set('validAt', at);
  if (known !== undefined) query.set('knownAt', known);
  if (basis === true) query.set('with', 'basis');
  if (open === true) query.set('opened', 'true');
  if (purpose !== undefined) query.set('purpose', purpose);
  return query;
};

const ask = async (ports: CliPorts, path: string, { json }: AskOptions): Promise<void> => {
  const { body } = await asked(ports.call, 'GET', path);
  ports.out(json === true ? JSON.stringify(body, null, 2) : render(body));
};

export const addQuestions = (program: Command, ports: CliPorts): void => {
  for (const [name, summary] of Object.entries(shorthands))
    program
      .command(name)
      .description(summary)
      .argument('[wat...]', 'een id, en filters als naam=waarde')
      .option('--at <datum>', 'peildatum')
      .option('--known <bekend>', 'bekend op: volgnummer, datum of moment')
      .option('--basis', 'toont waarop elk item rust (met --json)')
      .option('--open', 'opent wat over personen verzegeld is (met --purpose)')
      .option('--purpose <doel>', 'met welk doel u kijkt; het wordt vastgelegd')
      .option('--json', 'antwoord als JSON')
      .action(async (words: readonly string[], options: AskOptions) => {
        const query = queryOf(options);
        const things = words.filter((word) => !word.includes('='));
        if (things.length > 1) throw usage(`Noem er één: ${things.join(', ')}.`);
        for (const word of words) {
          const equals = word.indexOf('=');
          if (equals >= 0) query.append(word.slice(0, equals), word.slice(equals + 1));
        }
        await ask(ports, pathOf(name, things[0], query), options);
      });
  addAt(program, ports);
  addDiff(program, ports);
  addExplain(program, ports);
};

const addAt = (program: Command, ports: CliPorts): void => {
  program
    .command('at')
    .description('Een vraag op een peildatum, zoals: at 2021-09-01 package')
    .argument('<datum>', 'peildatum')
    .argument('<vraag>', 'zoals decisions of lump-sums?status=proposed')
    .argument('[id]', 'van één ding')
    .option('--known <bekend>', 'bekend op: volgnummer, datum of moment')
    .option('--basis', 'toont waarop elk item rust (met --json)')
    .option('--json', 'antwoord als JSON')
    .action(async (at: string, question: string, thing: string | undefined, given: AskOptions) => {
      await ask(ports, pathOf(question, thing, queryOf({ ...given, at })), given);
    });
};

const addDiff = (program: Command, ports: CliPorts): void => {
  program
    .command('diff')
    .description('Wat er verschilt tussen twee punten, zoals: diff 2021-06-30 2021-07-01 package')
    .argument('<van>', 'peildatum, peildatum@bekend of @bekend')
    .argument('<naar>', 'peildatum, peildatum@bekend of @bekend')
    .argument('<vraag>', 'zoals package of decisions/01…')
    .option('--json', 'antwoord als JSON')
    .action(async (from: string, to: string, of: string, options: AskOptions) => {
      await ask(
        ports,
        pathOf('differences', undefined, new URLSearchParams({ of, from, to })),
        options,
      );
    });
};

const addExplain = (program: Command, ports: CliPorts): void => {
  program
    .command('explain')
    .description('Waarop een antwoord rust')
    .argument('<vraag>', 'zoals package of decisions/01…')
    .option('--at <datum>', 'peildatum')
    .option('--known <bekend>', 'bekend op: volgnummer, datum of moment')
    .option('--json', 'antwoord als JSON')
    .action(async (of: string, options: AskOptions) => {
      const query = queryOf(options);
      query.set('of', of);
      await ask(ports, pathOf('explanations', undefined, query), options);
    });
};
