/** Regels: which hold at this moment, with which figures, and who made them. */
import type { RoughDate } from '../../../events/values.ts';
import { html, type Part } from '../html.ts';
import { decimalText, euros, roughText } from '../notation.ts';
import { badge, facts, link, table } from '../parts.ts';
import type { Page } from '../routes.ts';
import { type Certainty, decisionLinks, uncertain, whyOf } from '../shown.ts';
import { figureName } from '../terms.ts';
import { word } from '../words.ts';

interface Figure {
  readonly name: string;
  readonly value: string;
  readonly unit: string;
}

interface Rule extends Certainty {
  readonly rule: string;
  readonly title: string;
  readonly summary: string;
  readonly authority: string;
  readonly refuses: boolean;
  readonly since: RoughDate;
  readonly decisionIds: readonly string[];
  readonly figures: readonly Figure[];
}

const units: Readonly<Record<string, string>> = {
  percent: ' %',
  years: ' jaar',
  months: ' maanden',
  days: ' dagen',
  count: '',
};

const figureText = ({ value, unit }: Figure): string =>
  unit === 'cents'
    ? euros(value)
    : unit === 'year'
      ? value
      : `${decimalText(value)}${units[unit] ?? ` ${unit}`}`;

const force = ({ refuses }: Rule) =>
  refuses ? badge('weigert', 'info') : badge('waarschuwt', 'neutral');

const number = ({ rule }: Rule): number => Number(rule.slice(1));

export const ruleList: Page = {
  path: '/regels',
  show: async (asked) => {
    const rows = [...(await asked.items<Rule>('rules'))].sort((a, b) => number(a) - number(b));
    return {
      title: 'Regels',
      lead: 'Wat op deze datum geldt, met welke cijfers, en wie dat heeft bepaald. Een regel die alleen op advies of toelichting rust, waarschuwt; de andere weigeren.',
      body: table({
        caption: 'Regels die op dit moment gelden',
        rows,
        columns: [
          {
            head: 'Regel',
            cell: (r) => html`${link(asked.link(`/regels/${r.rule}`), r.rule)} ${r.title}`,
          },
          {
            head: 'Cijfers',
            cell: ({ figures }) => figures.map((f) => html`<div>${figureText(f)}</div>`),
          },
          { head: 'Gezag', cell: ({ authority }) => word('authority', authority) },
          { head: 'Werking', cell: (r) => [force(r), ' ', uncertain(r)] },
        ],
      }),
    };
  },
};

export const rulePage: Page = {
  path: '/regels/:rule',
  show: async (asked) => {
    const rule = await asked.one<Rule>('rules', asked.params['rule']!);
    return {
      title: `Regel ${rule.rule}: ${rule.title}`,
      mark: html`${force(rule)} ${uncertain(rule)}`,
      lead: rule.summary,
      crumbs: [['Regels', asked.link('/regels')]],
      body: facts([
        ['Gezag', word('authority', rule.authority)],
        ['Besluiten', decisionLinks(asked, rule.decisionIds)],
        ['Geldt sinds', roughText(rule.since)],
        ['Cijfers', figures(rule)],
        ['Waarop dit rust', whyOf(asked, 'rules', rule.rule, `regel ${rule.rule}`), 'on-screen'],
      ]),
    };
  },
};

const figures = ({ figures: found }: Rule): Part =>
  found.length > 0 &&
  found.map((f) => html`<div>${figureName(f.name)}: <strong>${figureText(f)}</strong></div>`);
