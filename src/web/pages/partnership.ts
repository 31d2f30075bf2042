/** Deelnemers: who takes part, in which bodies and areas, by which agreements. */
import type { RoughDate } from '../../../events/values.ts';
import type { Asked } from '../asked.ts';
import type { Part } from '../html.ts';
import { dateText, roughText } from '../notation.ts';
import { badge, nothing, section, table } from '../parts.ts';
import type { Page } from '../routes.ts';
import { municipalityNames, uncertain, whyOf, type Certainty } from '../shown.ts';

interface Member extends Certainty {
  readonly municipality: string;
  readonly name: string;
  readonly since: string;
  readonly status: 'member' | 'merged' | 'left';
  readonly predecessors?: readonly string[];
  readonly mergedInto?: string;
}

interface Body {
  readonly bodyId: string;
  readonly name: string;
  readonly role: string;
  readonly representatives: readonly {
    readonly municipality?: string;
    readonly organisation?: string;
    readonly chair: boolean;
  }[];
}

interface Area {
  readonly areaId: string;
  readonly name: string;
  readonly municipalities: readonly string[];
  readonly scenario?: { readonly scenario: string; readonly pilot: boolean };
}

interface Agreement {
  readonly agreementId: string;
  readonly title: string;
  readonly status: string;
  readonly runsUntil?: RoughDate;
}

const statuses = { member: 'neemt deel', merged: 'opgegaan', left: 'vertrokken' };

const agreementStatuses: Readonly<Record<string, string>> = {
  planned: 'gepland',
  concluded: 'gesloten',
  running: 'loopt',
  ended: 'afgelopen',
};

export const partnershipPage: Page = {
  path: '/deelnemers',
  show: async (asked) => ({
    title: 'Deelnemers',
    lead: 'Wie samen beslissen en betalen, en hoe zij dat hebben geregeld.',
    body: [
      await members(asked),
      section('Organen', await bodies(asked)),
      section('Uitvoeringsgebieden', await areas(asked)),
      section('Overeenkomsten', await agreements(asked)),
    ],
  }),
};

const members = async (asked: Asked): Promise<Part> => {
  const rows = [...(await asked.items<Member>('members'))].sort(
    (a, b) => a.status.localeCompare(b.status) || a.name.localeCompare(b.name, 'nl'),
  );
  const history = ({ predecessors = [], mergedInto }: Member): string =>
    mergedInto !== undefined
      ? `in ${asked.municipality(mergedInto)}`
      : predecessors.length > 0
        ? `uit ${municipalityNames(asked, predecessors)}`
        : '';
  return rows.length === 0
    ? nothing('Op deze datum zijn er geen deelnemers.')
    : table({
        caption: 'Gemeenten',
        rows,
        columns: [
          { head: 'Gemeente', cell: ({ name }) => name },
          {
            head: 'Status',
            cell: (m) => [
              badge(statuses[m.status], m.status === 'member' ? 'positive' : 'neutral'),
              ' ',
              uncertain(m),
            ],
          },
          { head: 'Sinds', cell: ({ since }) => dateText(since) },
          { head: 'Herkomst', cell: history },
          {
            head: 'Rust op',
            where: 'on-screen',
            cell: (m) => whyOf(asked, 'members', m.municipality, m.name),
          },
        ],
      });
};

const bodies = async (asked: Asked): Promise<Part> => {
  const rows = await asked.items<Body>('bodies');
  return rows.length === 0
    ? nothing('Er zijn geen organen vastgelegd.')
    : table({
        caption: 'Organen en wie daarin zit',
        rows,
        columns: [
          { head: 'Orgaan', cell: ({ name }) => name },
          { head: 'Rol', cell: ({ role }) => role },
          {
            head: 'Zetels',
            cell: ({ representatives }) =>
              representatives.length === 0
                ? 'niet vastgelegd'
                : municipalityNames(
                    asked,
                    representatives.map(
                      ({ municipality, organisation }) => municipality ?? organisation ?? '',
                    ),
                  ),
          },
        ],
      });
};

const areas = async (asked: Asked): Promise<Part> => {
  const rows = await asked.items<Area>('areas');
  return rows.length === 0
    ? nothing('Er zijn geen uitvoeringsgebieden.')
    : table({
        caption: 'Gebieden en hun scenario',
        rows,
        columns: [
          { head: 'Gebied', cell: ({ name }) => name },
          {
            head: 'Gemeenten',
            cell: ({ municipalities }) => municipalityNames(asked, municipalities),
          },
          {
            head: 'Scenario',
            cell: ({ scenario }) =>
              scenario === undefined
                ? 'niet gekozen'
                : `${scenario.scenario}${scenario.pilot ? ' (pilot)' : ''}`,
          },
        ],
      });
};

const agreements = async (asked: Asked): Promise<Part> => {
  const rows = await asked.items<Agreement>('agreements');
  return rows.length === 0
    ? nothing('Er zijn geen overeenkomsten.')
    : table({
        caption: 'Gesloten en gepland',
        rows,
        columns: [
          { head: 'Overeenkomst', cell: ({ title }) => title },
          { head: 'Status', cell: ({ status }) => agreementStatuses[status] ?? status },
          {
            head: 'Loopt tot',
            date: true,
            cell: ({ runsUntil }) => runsUntil && roughText(runsUntil),
          },
        ],
      });
};
