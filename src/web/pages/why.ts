/** Waarom: what an answer rests on, and the same answer made again from these events alone. */
import type { Asked } from '../asked.ts';
import { html, type Part } from '../html.ts';
import { countText } from '../notation.ts';
import { link, notice, paragraph, section, table, joined } from '../parts.ts';
import type { Page } from '../routes.ts';
import { decisionLinks, eventTable, readable } from '../shown.ts';
import { nameOf } from '../things.ts';
import { fieldsOf, isRecord } from '../fields.ts';
import { word } from '../words.ts';

/** Events that the page lists; the API gives all of them. */
const mostShown = 200;

export const whyPage: Page = {
  path: '/waarom/:question/:thing',
  show: async (asked) => {
    const { params, ledger, moment, link: to } = asked;
    const [question, thing] = [params['question']!, params['thing']!];
    const found = await ledger.explain({ question, thing, ...moment });
    const { events, rules, foldedAgain, items } = found;
    const shown = events.slice(0, mostShown);
    return {
      title: 'Waarom?',
      lead: `Waarop rust wat hier staat over ${nameOfAnswer(asked, question, items[0])}? Op deze gebeurtenissen, die zo zijn gevonden.`,
      crumbs: [[word('question', question), to(backTo(question, thing))]],
      body: html`${
        foldedAgain.same
          ? notice(
              'positive',
              'Opnieuw gemaakt, en hetzelfde',
              paragraph(
                `Uit alleen de ${countText(events.length)} gebeurtenissen hieronder is het antwoord opnieuw gemaakt. Het kwam precies hetzelfde uit.`,
              ),
            )
          : notice(
              'negative',
              'Niet hetzelfde',
              paragraph(
                'Uit deze gebeurtenissen alleen komt een ander antwoord. Meld dit aan de beheerder.',
              ),
            )
      }
      ${ruleList(asked, rules)}
      ${section(
        'Gebeurtenissen',
        eventTable(asked, 'In de volgorde waarin zij zijn vastgelegd', shown),
        events.length > mostShown &&
          paragraph(
            `De eerste ${mostShown} van ${countText(events.length)}; de API geeft ze alle.`,
          ),
      )}
      ${section(
        'Het antwoord zelf',
        items.map((item) => fieldsOf(asked, item)),
      )}`,
    };
  },
};

/** What the answer is about, as people call it. */
const nameOfAnswer = (asked: Asked, question: string, item: unknown): string => {
  const kind = word('question', question);
  if (!isRecord(item)) return `“${kind}”`;
  const { municipality, year } = item;
  const own =
    typeof municipality === 'string' && typeof year === 'number'
      ? `${asked.municipality(municipality)} ${year}`
      : nameOf(item);
  return `“${own === '' ? kind : `${kind}: ${readable(asked, own)}`}”`;
};

/** The page where this answer is shown. */
const backTo = (question: string, thing: string): string => {
  const pages: Readonly<Record<string, string>> = {
    decisions: `/besluiten/${thing}`,
    'lump-sums': `/lumpsum/${thing}`,
    package: '/basispakket',
    balances: `/saldi/${thing}`,
    'pluspakket-contracts': `/pluspakket/contracten/${thing}`,
    'plus-services': '/pluspakket',
    pilots: '/pluspakket',
    compliance: `/dossier/${thing}`,
    findings: `/bevindingen/${thing}`,
    members: '/deelnemers',
    rules: `/regels/${thing}`,
  };
  return pages[question] ?? '/doelen';
};

interface NamedRule {
  readonly rule: string;
  readonly title: string;
  readonly authority: string;
  readonly decisionIds: readonly string[];
}

const ruleList = (asked: Asked, rules: readonly NamedRule[]): Part =>
  rules.length > 0 &&
  section(
    'Regels',
    table({
      caption: 'Regels waarop dit rust',
      rows: rules,
      columns: [
        {
          head: 'Regel',
          cell: (r) => joined([link(asked.link(`/regels/${r.rule}`), r.rule), r.title], ': '),
        },
        { head: 'Gezag', cell: (r) => word('authority', r.authority) },
        { head: 'Besluiten', cell: (r) => decisionLinks(asked, r.decisionIds) },
      ],
    }),
  );
