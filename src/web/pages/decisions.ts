/** Besluiten: the list, and the course of one of them. */
import type { RoughDate } from '../../../events/values.ts';
import type { Asked } from '../asked.ts';
import { href, html, type Html, type Part } from '../html.ts';
import { countText, dateText, roughText } from '../notation.ts';
import {
  badge,
  facts,
  link,
  nothing,
  paragraph,
  section,
  table,
  keptTimes,
  option,
} from '../parts.ts';
import { paged } from '../paging.ts';
import type { Page } from '../routes.ts';
import {
  type Certainty,
  evidenceText,
  municipalityNames,
  uncertain,
  whyOf,
  type Sources,
} from '../shown.ts';
import { decisionStatuses, tones, word } from '../words.ts';

interface Step {
  readonly step: string;
  readonly date: RoughDate;
  readonly body?: string;
  readonly municipality?: string;
  readonly count?: number;
  readonly outcome?: string;
  readonly reason?: string;
  readonly evidence?: Sources;
}

interface Adoption {
  readonly municipality: string;
  readonly organ?: string;
  readonly onBehalfOf?: readonly string[];
  readonly date: RoughDate;
  readonly evidence?: Sources;
}

interface Plan {
  readonly step: string;
  readonly body?: string;
  readonly plannedFor: RoughDate;
  readonly outcome: string;
}

interface Decision extends Certainty {
  readonly decisionId: string;
  readonly number?: string;
  readonly series?: string;
  readonly title: string;
  readonly summary?: string;
  readonly status: string;
  readonly effectiveDate?: string;
  readonly inForceFrom?: RoughDate;
  readonly needsAdoptionBy: readonly string[];
  readonly course: readonly Step[];
  readonly plans: readonly Plan[];
  readonly adoptions: readonly Adoption[];
  readonly before?: Decision;
  readonly after?: Decision;
}

const statusBadge = ({ status }: Decision): Html =>
  badge(word('decisionStatus', status), tones[status] ?? 'neutral');

const nameOf = ({ number, title }: Decision): string =>
  number === undefined ? title : `${number}. ${title}`;

const byNumber = (a: Decision, b: Decision): number =>
  (a.series ?? '').localeCompare(b.series ?? '', 'nl') ||
  (a.number ?? '~').localeCompare(b.number ?? '~', 'nl', { numeric: true });

/** Up to so many stand in the order of their numbers; of more, one looks through a part at a time. */
const atOnce = 1_000;
const onPage = 100;

interface Shown {
  readonly rows: readonly Decision[];
  readonly said: string;
  readonly caption: string;
  readonly steps: Part;
}

export const decisionList: Page = {
  path: '/besluiten',
  show: async (asked) => {
    const { status = '', zoek = '' } = asked.query;
    const { rows, said, caption, steps } = await found(asked);
    return {
      title: 'Besluiten',
      lead: 'Elk besluit met zijn verloop: voorgesteld, advies, besloten, vastgesteld, van kracht.',
      body: html`${filter(asked, zoek, status)} ${paragraph(said)}
      ${
        rows.length === 0
          ? nothing('Geen besluiten die hieraan voldoen.')
          : table({
              caption,
              rows,
              columns: [
                {
                  head: 'Besluit',
                  cell: (d) => link(asked.link(`/besluiten/${d.decisionId}`), nameOf(d)),
                },
                { head: 'Status', cell: (d) => [statusBadge(d), ' ', uncertain(d)] },
                {
                  head: 'Van kracht',
                  date: true,
                  cell: (d) => d.inForceFrom && roughText(d.inForceFrom),
                },
              ],
            })
      }
      ${steps}`,
    };
  },
};

const filter = ({ times }: Asked, zoek: string, status: string): Html =>
  html`<form class="filter" method="get" action="${href('/besluiten')}">
    ${keptTimes(times)}
    <div>
      <label for="zoek">Zoek in besluiten</label
      ><input id="zoek" name="zoek" type="search" value="${zoek}" />
    </div>
    <div>
      <label for="status">Status</label>
      <select id="status" name="status">
        <option value="">alle</option>
        ${decisionStatuses.map((one) => option(one, word('decisionStatus', one), status))}
      </select>
    </div>
    <button class="nl-button nl-button--secondary" type="submit">Toon</button>
  </form>`;

const found = async (asked: Asked): Promise<Shown> => {
  const { status = '', zoek = '' } = asked.query;
  const voor = asked.query['voor'] || undefined;
  const words = zoek.trim().toLowerCase();
  const fits = (d: Decision): boolean =>
    (status === '' || d.status === status) &&
    (words === '' ||
      `${d.number ?? ''} ${d.title} ${d.summary ?? ''}`.toLowerCase().includes(words));
  const isAll = status === '' && words === '';
  if (!asked.ledger.hasMore('decisions', atOnce)) return inOrder(asked, fits);
  const part = await asked.some<Decision>('decisions', isAll ? onPage : atOnce, voor);
  const fitting = part.items.filter(fits);
  const rows = fitting.slice(0, onPage);
  const next = fitting.length > onPage ? rows.at(-1)!.decisionId : part.next;
  const on = (name: string): Part =>
    next !== undefined && link(asked.link('/besluiten', { ...asked.query, voor: next }), name);
  return {
    rows,
    caption: 'Wat het laatst is vastgelegd eerst',
    said: isAll
      ? `Er zijn er meer dan ${countText(atOnce)}; u ziet er ${countText(rows.length)}. Zoek, of kies een status, om er minder te zien.`
      : `${countText(rows.length)} gevonden; ${next === undefined ? 'in oudere is al gezocht' : 'in oudere besluiten is nog niet gezocht'}.`,
    steps: html`<p class="pages">
      ${voor !== undefined && link(asked.link('/besluiten', { ...asked.query, voor: undefined }), 'Naar de nieuwste')}
      ${on(isAll ? 'Oudere besluiten' : 'Zoek in oudere besluiten')}
    </p>`,
  };
};

const inOrder = async (asked: Asked, fits: (decision: Decision) => boolean): Promise<Shown> => {
  const all = [...(await asked.items<Decision>('decisions'))].sort(byNumber);
  const fitting = all.filter(fits);
  return {
    ...paged(asked, '/besluiten', fitting),
    caption: 'Op volgorde van nummer',
    said: `${countText(fitting.length)} van ${countText(all.length)} besluiten op dit moment.`,
  };
};

export const decisionPage: Page = {
  path: '/besluiten/:decisionId',
  show: async (asked) => {
    const decision = await asked.one<Decision>('decisions', asked.params['decisionId']!);
    return {
      title: nameOf(decision),
      mark: html`${statusBadge(decision)} ${uncertain(decision)}`,
      lead: decision.summary,
      crumbs: [['Besluiten', asked.link('/besluiten')]],
      body: html`${betweenText(decision)}
      ${facts([
        ['Van kracht sinds', decision.inForceFrom && roughText(decision.inForceFrom)],
        ['Ingangsdatum', decision.effectiveDate && dateText(decision.effectiveDate)],
        ['Vast te stellen door', municipalityNames(asked, decision.needsAdoptionBy)],
        [
          'Waarop dit rust',
          whyOf(asked, 'decisions', decision.decisionId, 'dit besluit'),
          'on-screen',
        ],
        [
          'Stap voor stap',
          link(
            asked.link('/terugspelen', { besluit: decision.decisionId }),
            'Speel terug vanaf het voorstel',
          ),
          'on-screen',
        ],
      ])}
      ${section('Verloop', course(asked, decision))} ${adoptions(asked, decision)}
      ${plans(decision)} ${await effects(asked, decision)}`,
    };
  },
};

/** Where the date lies within a span, both answers. */
const betweenText = ({ certainty, before, after }: Decision): Part =>
  certainty === 'uncertain' &&
  paragraph(
    `Niet zeker op deze datum. Ervoor: ${before === undefined ? 'nog niet voorgesteld' : word('decisionStatus', before.status)}; erna: ${after === undefined ? 'onbekend' : word('decisionStatus', after.status)}.`,
  );

const isInferred = (evidence: Sources | undefined): boolean =>
  evidence !== undefined &&
  evidence.length > 0 &&
  evidence.every(({ basis }) => basis !== 'stated');

/** Whether a source states it, or it was inferred from one. */
const basisBadge = (evidence: Sources | undefined): Part => {
  if (evidence === undefined || evidence.length === 0) return undefined;
  if (isInferred(evidence)) return badge('afgeleid', 'info');
  const partly = evidence.some(({ basis }) => basis !== 'stated');
  return badge(partly ? 'genoemd, deels afgeleid' : 'genoemd', 'positive');
};

/** As a picture: one dot a step, open where it is inferred. */
const course = (asked: Asked, { course: steps }: Decision): Part =>
  html`<ol class="steps">
    ${steps.map(({ step, date, body, municipality, count, outcome, reason, evidence }) => {
      const who = [
        body === undefined ? '' : word('body', body),
        municipality === undefined ? '' : asked.municipality(municipality),
        count === undefined ? '' : count === 1 ? 'door één gemeente' : `door ${count} gemeenten`,
        outcome === undefined ? '' : word('outcome', outcome),
      ].filter((part) => part !== '');
      return html`<li class="${isInferred(evidence) ? 'steps__inferred' : 'steps__stated'}">
        <strong>${word('step', step)}</strong>${who.length > 0 && `: ${who.join(', ')}`}
        ${basisBadge(evidence)}
        <div class="steps__when">${roughText(date)}</div>
        ${reason !== undefined && html`<div>${reason}</div>`}
        <div class="steps__when">Bron: ${evidenceText(evidence) ?? 'hier vastgelegd'}</div>
      </li>`;
    })}
  </ol>`;

/** Municipalities for which it was adopted. */
const adoptedFor = ({ adoptions: found }: Decision): ReadonlySet<string> =>
  new Set(found.flatMap(({ municipality, onBehalfOf }) => onBehalfOf ?? [municipality]));

const adoptions = (asked: Asked, decision: Decision): Part => {
  const { adoptions: found, needsAdoptionBy, after } = decision;
  if (needsAdoptionBy.length === 0 && found.length === 0) return undefined;
  const held = adoptedFor(decision);
  const soon = after === undefined ? new Set<string>() : adoptedFor(after);
  const open = needsAdoptionBy.filter((code) => !held.has(code));
  const [unsure, missing] = [
    open.filter((code) => soon.has(code)),
    open.filter((code) => !soon.has(code)),
  ];
  const rows = [...found].sort((a, b) =>
    asked.municipality(a.municipality).localeCompare(asked.municipality(b.municipality), 'nl'),
  );
  return section(
    'Wie heeft vastgesteld',
    rows.length > 0 &&
      table({
        caption: 'Vaststellingen',
        rows,
        columns: [
          { head: 'Gemeente', cell: ({ municipality }) => asked.municipality(municipality) },
          {
            head: 'Orgaan',
            short: true,
            cell: ({ organ }) => organ ?? 'niet genoemd',
          },
          { head: 'Wanneer', date: true, cell: ({ date }) => roughText(date) },
          {
            head: 'Bron',
            cell: ({ evidence }) => evidenceText(evidence) ?? 'hier vastgelegd',
          },
        ],
      }),
    unsure.length > 0 &&
      paragraph(
        `Op deze datum is niet zeker of al was vastgesteld door: ${municipalityNames(asked, unsure)}.`,
      ),
    missing.length > 0 &&
      paragraph(`Nog niet vastgesteld door: ${municipalityNames(asked, missing)}.`),
  );
};

const plans = ({ plans: found }: Decision): Part =>
  found.length > 0 &&
  section(
    'Wat was gepland',
    table({
      caption: 'Geplande stappen en wat ervan kwam',
      rows: found,
      columns: [
        {
          head: 'Stap',
          cell: ({ step, body }) =>
            `${word('step', step)}${body === undefined ? '' : ` door ${word('body', body)}`}`,
        },
        { head: 'Gepland voor', date: true, cell: ({ plannedFor }) => roughText(plannedFor) },
        {
          head: 'Uitkomst',
          cell: ({ outcome }) => badge(word('outcome', outcome), tones[outcome] ?? 'neutral'),
        },
      ],
    }),
  );

interface RuleItem {
  readonly rule: string;
  readonly title: string;
  readonly decisionIds: readonly string[];
}

/** What rests on it now: rules. */
const effects = async (asked: Asked, { decisionId }: Decision): Promise<Part> => {
  const rules = (await asked.items<RuleItem>('rules')).filter((r) =>
    r.decisionIds.includes(decisionId),
  );
  return (
    rules.length > 0 &&
    section(
      'Wat op dit besluit rust',
      html`<ul class="list">
        ${rules.map(({ rule, title }) => html`<li>${link(asked.link(`/regels/${rule}`), `Regel ${rule}`)}: ${title}</li>`)}
      </ul>`,
    )
  );
};
