/** Bevindingen: what does not add up, is missing or conflicts. */
import type { RoughDate } from '../../../events/values.ts';
import type { Asked } from '../asked.ts';
import { figureLine } from '../fields.ts';
import { href, html, type Html, type Part } from '../html.ts';
import { countText, roughText } from '../notation.ts';
import {
  badge,
  facts,
  joined,
  link,
  nothing,
  paragraph,
  table,
  keptTimes,
  option,
} from '../parts.ts';
import { paged } from '../paging.ts';
import type { Page } from '../routes.ts';
import { eventLink, readable, whyOf } from '../shown.ts';
import { kindOfTag, named } from '../things.ts';
import { anyWord, source, tones, word } from '../words.ts';

export interface Finding {
  readonly findingId: string;
  readonly kind: string;
  readonly severity: 'note' | 'warning' | 'error';
  readonly description: string;
  readonly rule?: string;
  readonly since: RoughDate;
  readonly about: readonly string[];
  readonly figures?: readonly { readonly name: string; readonly value: string }[];
  readonly foundIn?: string;
}

const weight = { error: 0, warning: 1, note: 2 };

/** The weightiest first, then the newest. */
export const weightiest = (findings: readonly Finding[]): readonly Finding[] =>
  [...findings].sort(
    (a, b) => weight[a.severity] - weight[b.severity] || (a.since.latest < b.since.latest ? 1 : -1),
  );

export const findingLink = (asked: Asked, { findingId, description }: Finding): Html =>
  link(asked.link(`/bevindingen/${encodeURIComponent(findingId)}`), readable(asked, description));

const severityBadge = ({ severity }: Finding): Html =>
  badge(word('severity', severity), tones[severity] ?? 'neutral');

export const findingLine = (asked: Asked, finding: Finding): Part =>
  html`${severityBadge(finding)} ${findingLink(asked, finding)}`;

export const findingList: Page = {
  path: '/bevindingen',
  show: async (asked) => {
    const { query, link: to } = asked;
    const all = weightiest(await asked.items<Finding>('findings'));
    const kept = all.filter(
      ({ severity, rule }) =>
        (!query['ernst'] || severity === query['ernst']) &&
        (!query['regel'] || rule === query['regel']),
    );
    const { rows, steps } = paged(asked, '/bevindingen', kept);
    const names = await namesOf(
      asked,
      rows.flatMap((f) => tagsNamed(f).slice(0, mostNamed)),
    );
    const rules = [...new Set(all.flatMap(({ rule }) => rule ?? []))].sort(
      (a, b) => Number(a.slice(1)) - Number(b.slice(1)),
    );
    return {
      title: 'Bevindingen',
      lead: 'Alles wat niet klopt, ontbreekt of elkaar tegenspreekt. Het grootboek herstelt niets stilzwijgend.',
      body: html`${filter(asked, rules)}
      ${paragraph(`${countText(kept.length)} van ${countText(all.length)} bevindingen op dit moment.`)}
      ${
        rows.length === 0
          ? nothing('Geen bevindingen die hieraan voldoen.')
          : table({
              caption: 'Bevindingen, de zwaarste eerst',
              rows,
              columns: [
                { head: 'Wat', cell: (f) => findingLink(asked, f) },
                { head: 'Gaat over', cell: (f) => thingsIn(asked, f, names) },
                { head: 'Ernst', cell: severityBadge },
                { head: 'Regel', cell: (f) => f.rule && link(to(`/regels/${f.rule}`), f.rule) },
                { head: 'Sinds', date: true, cell: (f) => roughText(f.since) },
              ],
            })
      }
      ${steps}`,
    };
  },
};

const filter = ({ query, times }: Asked, rules: readonly string[]): Html =>
  html`<form class="filter" method="get" action="${href('/bevindingen')}">
    ${keptTimes(times)}
    <div>
      <label for="ernst">Ernst</label>
      <select id="ernst" name="ernst">
        <option value="">alle</option>
        ${['error', 'warning', 'note'].map((one) => option(one, word('severity', one), query['ernst']))}
      </select>
    </div>
    <div>
      <label for="regel">Regel</label>
      <select id="regel" name="regel">
        <option value="">alle</option>
        ${rules.map((rule) => option(rule, rule, query['regel']))}
      </select>
    </div>
    <button class="nl-button nl-button--secondary" type="submit">Toon</button>
  </form>`;

export const findingPage: Page = {
  path: '/bevindingen/:findingId',
  show: async (asked) => {
    const finding = await asked.one<Finding>('findings', asked.params['findingId']!);
    const { link: to } = asked;
    const names = await namesOf(asked, finding.about);
    const foundIn =
      finding.foundIn && (await asked.ledger.lookAt(finding.foundIn, asked.asOf.knownAt));
    return {
      title: readable(asked, finding.description).replace(/\.$/, ''),
      mark: severityBadge(finding),
      crumbs: [['Bevindingen', to('/bevindingen')]],
      body: html`${facts([
        ['Regel', finding.rule && (await ruleLink(asked, finding.rule))],
        ['Sinds', roughText(finding.since)],
        [
          'Cijfers',
          finding.figures !== undefined &&
            finding.figures.length > 0 &&
            finding.figures.map((f) => html`<div>${readable(asked, figureLine(f))}</div>`),
        ],
        [
          'Gaat over',
          finding.about.length > 0 &&
            finding.about.map((tag) => html`<div>${thingLink(asked, tag, names.get(tag))}</div>`),
        ],
        ['Gevonden in', foundIn && eventLink(asked, foundIn.summary)],
        [
          'Waarop dit rust',
          whyOf(asked, 'findings', finding.findingId, 'deze bevinding'),
          'on-screen',
        ],
      ])}`,
    };
  },
};

/** What is no thing with an id, or has no list. */
const others: Readonly<Record<string, string>> = {
  period: 'een periode',
  package: 'het basispakket',
};

const whatOf = (tag: string): string | undefined => {
  const [kind = ''] = tag.split(':');
  return kindOfTag(kind)?.what ?? others[kind];
};

/** Own names of things, by tag; without those that have none. */
const namesOf = async (
  asked: Asked,
  tags: readonly string[],
): Promise<ReadonlyMap<string, string>> => {
  const found = new Map<string, string>();
  for (const tag of new Set(tags)) {
    const [, kind = '', id = ''] = /^([a-z-]+):([0-9a-z]{26})$/i.exec(tag) ?? [];
    const known = kind === 'decision' ? undefined : kindOfTag(kind);
    const name = known && (await named(asked, known, id.toUpperCase()))?.name;
    if (name !== undefined) found.set(tag, name);
  }
  return found;
};

const ruleLink = async (asked: Asked, rule: string): Promise<Part> => {
  const rules = await asked.items<{ readonly rule: string; readonly title: string }>('rules');
  const title = rules.find((one) => one.rule === rule)?.title;
  return link(asked.link(`/regels/${rule}`), title === undefined ? rule : `${rule}: ${title}`);
};

/** Things that a list names; the page of the finding names all. */
const mostNamed = 2;

const tagsNamed = ({ about }: Finding): readonly string[] =>
  about.filter((tag) => tag.startsWith('municipality:') || whatOf(tag) !== undefined);

/** In few words: rule and date stand in columns of their own. */
const thingsIn = (asked: Asked, finding: Finding, names: ReadonlyMap<string, string>): Part => {
  const tags = tagsNamed(finding);
  const left = tags.length - mostNamed;
  return [
    joined(
      tags
        .slice(0, mostNamed)
        .map((tag) => thingLink(asked, tag, numberOf(asked, tag) ?? names.get(tag))),
      ', ',
    ),
    left > 0 && ` en nog ${left}`,
  ];
};

const numberOf = ({ decision }: Asked, tag: string): string | undefined => {
  const [, id] = /^decision:(.*)$/.exec(tag) ?? [];
  const number = id === undefined ? undefined : decision(id.toUpperCase())?.number;
  return number === undefined ? undefined : `besluit ${number}`;
};

/** A tag as people know the thing. @param own its own name, where that was looked up */
const thingLink = (
  { link: to, municipality, decision }: Asked,
  tag: string,
  own?: string,
): Part => {
  const [kind = '', id = ''] = tag.split(/:(.*)/s);
  const upper = id.toUpperCase();
  if (kind === 'municipality') return municipality(id);
  if (kind === 'rule') return link(to(`/regels/${upper}`), `regel ${upper}`);
  if (kind === 'source') return source(upper);
  if (kind === 'year') return id;
  if (kind === 'decision') {
    const found = decision(upper);
    if (found !== undefined)
      return link(
        to(`/besluiten/${upper}`),
        own ??
          (found.number === undefined ? found.title : `besluit ${found.number}: ${found.title}`),
      );
  }
  const page = kindOfTag(kind)?.page;
  const name = own ?? whatOf(tag) ?? (kind === 'subject' ? anyWord(id) : anyWord(kind));
  return page === undefined ? name : link(to(page + upper), name);
};
