/** Pluspakket: services on offer, contracts by municipality and year, pilots. */
import type { RoughDate } from '../../../events/values.ts';
import type { Asked } from '../asked.ts';
import { href, html, type Part } from '../html.ts';
import { euros, roughText } from '../notation.ts';
import {
  badge,
  bullets,
  facts,
  link,
  nothing,
  notice,
  section,
  table,
  keptTimes,
  option,
} from '../parts.ts';
import { paged } from '../paging.ts';
import type { Page } from '../routes.ts';
import { type Certainty, municipalityNames, uncertain, whyOf } from '../shown.ts';
import { tones, word } from '../words.ts';
import { type Finding, findingLink } from './findings.ts';

interface Service extends Certainty {
  readonly serviceId: string;
  readonly name: string;
  readonly description?: string;
  readonly since: RoughDate;
  readonly status: string;
  readonly municipalities: readonly string[];
  readonly arrangements: readonly {
    readonly municipality: string;
    readonly provider: string;
    readonly since: RoughDate;
  }[];
}

interface Contract extends Certainty {
  readonly contractId: string;
  readonly title: string;
  readonly serviceId?: string;
  readonly municipalities: readonly string[];
  readonly organisations: readonly string[];
  readonly state: string;
  readonly concludedOn: RoughDate;
  readonly runsFrom: RoughDate;
  readonly runsUntil?: RoughDate;
  readonly costCents?: string;
  readonly priceCents?: string;
  readonly nature?: string;
  readonly size?: string;
  readonly interimTermination?: string;
  readonly reporting?: string;
  readonly accountability?: string;
  readonly fitsPurpose?: { readonly fits: boolean; readonly reasoning: string };
  readonly sharedOn?: RoughDate;
  readonly amendments: readonly { readonly date: RoughDate; readonly reason: string }[];
  readonly findings: readonly Finding[];
}

interface Pilot extends Certainty {
  readonly pilotId: string;
  readonly title: string;
  readonly startedOn: RoughDate;
  readonly status: string;
  readonly latestEnd?: { readonly until: string; readonly rule: string };
}

const stateBadge = (state: string) =>
  badge(word('contractState', state), tones[state] ?? 'neutral');

export const plusPage: Page = {
  path: '/pluspakket',
  show: async (asked) => ({
    title: 'Pluspakket',
    lead: 'Diensten die een gemeente naast het basispakket bij IBN koopt, tegen kostprijs met opslag.',
    body: [await services(asked), await contracts(asked), await pilots(asked)],
  }),
};

const services = async (asked: Asked): Promise<Part> => {
  const rows = [...(await asked.items<Service>('plus-services'))].sort((a, b) =>
    a.name.localeCompare(b.name, 'nl'),
  );
  return section(
    'Diensten',
    rows.length === 0
      ? nothing('Op deze datum zijn er geen plusdiensten bekend.')
      : table({
          caption: 'Diensten en waar zij worden gegeven',
          rows,
          columns: [
            {
              head: 'Dienst',
              cell: ({ name, description }) =>
                html`${name}${description !== undefined && html`<div class="steps__when">${description}</div>`}`,
            },
            { head: 'Status', cell: (s) => [stateBadge(s.status), ' ', uncertain(s)] },
            {
              head: 'Gemeenten',
              cell: ({ municipalities }) => municipalityNames(asked, municipalities),
            },
            { head: 'Sinds', date: true, cell: ({ since }) => roughText(since) },
            {
              head: 'Rust op',
              where: 'on-screen',
              cell: (s) => whyOf(asked, 'plus-services', s.serviceId, s.name),
            },
          ],
        }),
  );
};

const runsIn = ({ runsFrom, runsUntil }: Contract, year: string): boolean =>
  runsFrom.latest.slice(0, 4) <= year &&
  (runsUntil === undefined || runsUntil.latest > `${year}-01-01`);

const contracts = async (asked: Asked): Promise<Part> => {
  const { query, times } = asked;
  const all = await asked.items<Contract>('pluspakket-contracts');
  const [code = '', year = ''] = [query['gemeente'], query['jaar']];
  const found = all.filter(
    (c) => (code === '' || c.municipalities.includes(code)) && (year === '' || runsIn(c, year)),
  );
  const { rows, steps } = paged(asked, '/pluspakket', found);
  const codes = [...new Set(all.flatMap((c) => c.municipalities))].sort((a, b) =>
    asked.municipality(a).localeCompare(asked.municipality(b), 'nl'),
  );
  const years = [...new Set(all.map((c) => c.runsFrom.latest.slice(0, 4)))].sort();
  return section(
    'Contracten',
    all.length === 0
      ? nothing(
          'Er zijn geen contracten vastgelegd. De bronnen noemen de diensten zonder contract of prijs.',
        )
      : html`<form class="filter" method="get" action="${href('/pluspakket')}">
            ${keptTimes(times)}
            <div>
              <label for="gemeente">Gemeente</label>
              <select id="gemeente" name="gemeente">
                <option value="">alle</option>
                ${codes.map((one) => option(one, asked.municipality(one), code))}
              </select>
            </div>
            <div>
              <label for="jaar">Loopt in</label>
              <select id="jaar" name="jaar">
                <option value="">alle jaren</option>
                ${years.map((one) => option(one, one, year))}
              </select>
            </div>
            <button class="nl-button nl-button--secondary" type="submit">Toon</button>
          </form>
          ${
            rows.length === 0
              ? nothing('Geen contracten die hieraan voldoen.')
              : table({
                  caption: 'Lopend en voorbij',
                  rows,
                  columns: [
                    {
                      head: 'Contract',
                      cell: (c) =>
                        link(asked.link(`/pluspakket/contracten/${c.contractId}`), c.title),
                    },
                    { head: 'Gemeenten', cell: (c) => municipalityNames(asked, c.municipalities) },
                    { head: 'Staat', cell: (c) => [stateBadge(c.state), ' ', uncertain(c)] },
                    { head: 'Loopt vanaf', cell: (c) => roughText(c.runsFrom) },
                    {
                      head: 'Prijs',
                      number: true,
                      cell: ({ priceCents }) =>
                        priceCents === undefined ? 'niet bekend' : euros(priceCents),
                    },
                  ],
                })
          }
          ${steps}`,
  );
};

const pilots = async (asked: Asked): Promise<Part> => {
  const rows = await asked.items<Pilot>('pilots');
  return (
    rows.length > 0 &&
    section(
      'Pilots',
      table({
        caption: 'Pilots met scenario III',
        rows,
        columns: [
          { head: 'Pilot', cell: ({ title }) => title },
          { head: 'Status', cell: (p) => [stateBadge(p.status), ' ', uncertain(p)] },
          { head: 'Begonnen', date: true, cell: ({ startedOn }) => roughText(startedOn) },
          {
            head: 'Rust op',
            where: 'on-screen',
            cell: (p) => whyOf(asked, 'pilots', p.pilotId, p.title),
          },
        ],
      }),
    )
  );
};

export const contractPage: Page = {
  path: '/pluspakket/contracten/:contractId',
  show: async (asked) => {
    const c = await asked.one<Contract>('pluspakket-contracts', asked.params['contractId']!);
    const to = asked.link;
    return {
      title: c.title,
      mark: html`${stateBadge(c.state)} ${uncertain(c)}`,
      crumbs: [['Pluspakket', to('/pluspakket')]],
      body: html`${
        c.findings.length > 0 &&
        notice('warning', 'Bevindingen', bullets(c.findings.map((f) => findingLink(asked, f))))
      }
      ${facts([
        ['Gemeenten', municipalityNames(asked, c.municipalities)],
        ['Organisaties', c.organisations.join(', ')],
        ['Gesloten op', roughText(c.concludedOn)],
        ['Loopt vanaf', roughText(c.runsFrom)],
        ['Loopt tot', c.runsUntil && roughText(c.runsUntil)],
        ['Kosten', c.costCents === undefined ? 'niet bekend' : euros(c.costCents)],
        ['Prijs', c.priceCents === undefined ? 'niet bekend' : euros(c.priceCents)],
        ['Aard', c.nature],
        ['Omvang', c.size],
        ['Tussentijds opzeggen', c.interimTermination],
        ['Rapportage', c.reporting],
        ['Verantwoording', c.accountability],
        [
          'Past bij het doel',
          c.fitsPurpose && `${c.fitsPurpose.fits ? 'ja' : 'nee'}: ${c.fitsPurpose.reasoning}`,
        ],
        [
          'Gedeeld in de ambtelijke stuurgroep',
          c.sharedOn === undefined ? 'niet vastgelegd' : roughText(c.sharedOn),
        ],
        [
          'Wijzigingen',
          c.amendments.length > 0 &&
            bullets(c.amendments.map((a) => `${roughText(a.date)}: ${a.reason}`)),
        ],
        [
          'Waarop dit rust',
          whyOf(asked, 'pluspakket-contracts', c.contractId, 'dit contract'),
          'on-screen',
        ],
        ['Dossier', link(to(`/dossier/${c.contractId}`), 'Mocht dit zonder aanbesteding?')],
      ])}`,
    };
  },
};
