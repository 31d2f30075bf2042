/** Dossier quasi-inbesteden: per award and date the three criteria, their evidence and gaps. */
import type { RoughDate } from '../../../events/values.ts';
import { ProblemError } from '../../ledger/errors.ts';
import type { Asked } from '../asked.ts';
import { html, type Html, type Part } from '../html.ts';
import { countText, dateText, euros, percentText, roughText } from '../notation.ts';
import {
  badge,
  bullets,
  facts,
  heading,
  link,
  notice,
  paragraph,
  section,
  table,
} from '../parts.ts';
import { paged } from '../paging.ts';
import { checkpointOf, code, noProofHere, proven, raw } from '../proving.ts';
import type { Page } from '../routes.ts';
import {
  type Certainty,
  decisionLinks,
  evidenceText,
  uncertain,
  whyOf,
  readable,
  type Sources,
} from '../shown.ts';
import { tones, word } from '../words.ts';

interface Award extends Certainty {
  readonly awardId: string;
  readonly kind: string;
  readonly title: string;
  readonly awardedOn: RoughDate;
}

interface Judgement {
  readonly outcome: string;
  readonly reasoning?: string;
  readonly office?: string;
  readonly date?: RoughDate;
  readonly evidence?: Sources;
}

interface CriterionPart {
  readonly part: string;
  readonly result: string;
  readonly evidence: readonly {
    readonly what: string;
    readonly eventId: string;
    readonly decisionIds?: readonly string[];
  }[];
  readonly judgement?: Judgement;
  readonly missing: readonly string[];
}

interface Criterion {
  readonly criterion: string;
  readonly result: string;
  readonly parts: readonly CriterionPart[];
  readonly missing: readonly string[];
  readonly thresholdPercent?: string;
  readonly entrustedPercent?: string;
  readonly years?: readonly {
    readonly year: number;
    readonly totalCents: string;
    readonly entrustedCents: string;
    readonly marketCents: string;
    readonly unclassedCents: string;
    readonly projection: boolean;
  }[];
}

interface Compliance {
  readonly awardId: string;
  readonly kind: string;
  readonly title: string;
  readonly criteria: readonly Criterion[];
}

const resultBadge = (result: string): Html =>
  badge(word('result', result), tones[result] ?? 'neutral');

const law =
  'Gunnen aan de eigen organisatie zonder aanbesteding mag alleen zolang aan drie criteria is voldaan.';

export const dossierList: Page = {
  path: '/dossier',
  show: async (asked) => {
    const awards = [...(await asked.items<Award>('awards'))].sort((a, b) =>
      a.awardedOn.latest < b.awardedOn.latest ? 1 : -1,
    );
    const { rows, steps } = paged(asked, '/dossier', awards);
    const [whole] = await asked.items<Compliance>('compliance', { awardId: 'partnership' });
    return {
      title: 'Dossier quasi-inbesteden',
      lead: law,
      body: html`${
        whole !== undefined &&
        section(
          'Het partnership als geheel',
          criteriaCards(whole),
          html`<p>${link(asked.link('/dossier/partnership'), 'Bekijk het hele dossier')}</p>`,
        )
      }
      ${
        awards.length > 0 &&
        section(
          'Per gunning',
          table({
            caption: 'Gunningen, de nieuwste eerst',
            rows,
            columns: [
              {
                head: 'Gunning',
                cell: (a) => link(asked.link(`/dossier/${a.awardId}`), awardTitle(a)),
              },
              { head: 'Soort', cell: (a) => word('awardKind', a.kind) },
              {
                head: 'Gegund',
                date: true,
                cell: (a) => [roughText(a.awardedOn), ' ', uncertain(a)],
              },
            ],
          }),
          steps,
        )
      }`,
    };
  },
};

/** Dates within a title as people write them. */
const awardTitle = ({ title }: { readonly title: string }): string =>
  title.replace(/\d{4}-\d{2}-\d{2}/g, dateText);

const criteriaCards = ({ criteria }: Compliance): Html =>
  html`<ul class="cards">
    ${criteria.map(
      ({ criterion, result, missing }) =>
        html`<li class="card">
          <p class="card__title">${word('criterion', criterion)}</p>
          <p class="card__figure">${resultBadge(result)}</p>
          <p class="card__note">${missingText(missing.length)}</p>
        </li>`,
    )}
  </ul>`;

const missingText = (count: number): string =>
  count === 0
    ? 'Er ontbreekt niets.'
    : count === 1
      ? 'Er ontbreekt één ding.'
      : `Er ontbreken ${count} dingen.`;

export const dossierPage: Page = {
  path: '/dossier/:awardId',
  show: async (asked) => {
    const dossier = await asked.one<Compliance>('compliance', asked.params['awardId']!);
    const numbers = await numbersOf(asked, dossier);
    return {
      title: `Dossier: ${awardTitle(dossier)}`,
      lead: `${law} Dit dossier laat zien wat daarvan op ${dateText(asked.asOf.validAt)} is aangetoond, en wat ontbreekt.`,
      crumbs: [['Dossier', asked.link('/dossier')]],
      body: html`${criteriaCards(dossier)}
      ${dossier.criteria.map((criterion) => criterionSection(asked, criterion, numbers))}
      ${section(
        'Controleren',
        facts([
          ['Gunning', `${awardTitle(dossier)} (${word('awardKind', dossier.kind)})`],
          ['Geldig op', dateText(asked.asOf.validAt)],
          ['Bekend na gebeurtenis', `${asked.asOf.knownAt}`],
          ['Grootboek', asked.asOf.ledgerId],
          [
            'Waarop dit rust',
            whyOf(asked, 'compliance', dossier.awardId, 'dit dossier'),
            'on-screen',
          ],
        ]),
        await proof(asked),
      )}`,
    };
  },
};

/** What proves that what this rests on has not been changed. */
const proof = async (asked: Asked): Promise<Part> => {
  const shown = await proven(() => checkpointOf(asked));
  if (shown.why !== undefined) return noProofHere(shown.why);
  const { note, size } = shown.found;
  return [
    paragraph(
      `Alles waarop dit dossier rust staat onder dit controlepunt van ${countText(size)} gebeurtenissen. Wie het bewaart, kan later nagaan dat er niets aan is veranderd, zonder dit grootboek te vertrouwen: `,
      link(asked.link('/controleren'), 'hoe dat gaat'),
      '.',
    ),
    raw(note),
    paragraph(
      'Nagaan op een eigen machine: ',
      code('node ledger-verifier.mjs verify uitvoer.tar --key sleutel.txt'),
      ', met een uitvoer en de openbare sleutel die de beheerder geeft.',
    ),
  ];
};

/** Numbers of events, by id: on paper they are what can be looked up. */
type Numbers = ReadonlyMap<string, number>;

/** Events of which the number is looked up, at most. */
const mostNumbered = 200;

const numbersOf = async ({ ledger, moment }: Asked, { criteria }: Compliance): Promise<Numbers> => {
  const numberOf = async (id: string): Promise<number | undefined> => {
    try {
      return (await ledger.event(id, moment)).event.sequence;
    } catch (error) {
      // Not everybody sees each event.
      if (error instanceof ProblemError && error.problem.code === 'not-found') return undefined;
      throw error;
    }
  };
  const ids = criteria.flatMap(({ parts }) =>
    parts.flatMap(({ evidence }) => evidence.map(({ eventId }) => eventId)),
  );
  const found = await Promise.all(
    [...new Set(ids)].slice(0, mostNumbered).map(async (id) => {
      const number = await numberOf(id);
      return number === undefined ? [] : [[id, number] as const];
    }),
  );
  return new Map(found.flat());
};

const criterionSection = (asked: Asked, criterion: Criterion, numbers: Numbers): Html =>
  html`<section class="section">
    ${heading(2, html`${word('criterion', criterion.criterion)} ${resultBadge(criterion.result)}`)}
    ${
      criterion.missing.length > 0 &&
      notice(
        'warning',
        'Wat ontbreekt',
        bullets(criterion.missing.map((text) => readable(asked, text))),
      )
    }
    ${turnover(criterion)} ${criterion.parts.map((part) => partOf(asked, part, criterion, numbers))}
  </section>`;

const turnover = ({ years, thresholdPercent, entrustedPercent }: Criterion): Part =>
  years !== undefined &&
  years.length > 0 &&
  html`${paragraph(
    entrustedPercent === undefined
      ? `Meer dan ${percentText(thresholdPercent ?? '80')} van de omzet moet zijn opgedragen. Hoeveel dat was, is uit de vastgelegde omzet niet te berekenen.`
      : `Gemiddeld ${percentText(entrustedPercent)} van de omzet is opgedragen; meer dan ${percentText(thresholdPercent ?? '80')} is nodig.`,
  )}
  ${table({
    caption: 'Omzet van IBN over drie jaar',
    rows: years,
    columns: [
      { head: 'Jaar', cell: ({ year, projection }) => `${year}${projection ? ' (raming)' : ''}` },
      { head: 'Totaal', number: true, cell: (y) => amount(y, y.totalCents) },
      { head: 'Opgedragen', number: true, cell: (y) => amount(y, y.entrustedCents) },
      { head: 'Markt', number: true, cell: (y) => amount(y, y.marketCents) },
      { head: 'Niet beoordeeld', number: true, cell: (y) => amount(y, y.unclassedCents) },
    ],
  })}`;

/** Nothing recorded of a year is not the same as nothing earned. */
const amount = ({ totalCents }: { readonly totalCents: string }, cents: string): string =>
  totalCents === '0' ? 'niet bekend' : euros(cents);

const partOf = (
  asked: Asked,
  part: CriterionPart,
  { criterion, parts }: Criterion,
  numbers: Numbers,
): Html =>
  html`${
    (parts.length > 1 || part.part !== criterion) &&
    heading(3, html`${word('criterion', part.part)} ${resultBadge(part.result)}`)
  }
  ${
    part.evidence.length > 0 &&
    bullets(
      part.evidence.map(
        ({ what, eventId, decisionIds }) =>
          html`${readable(asked, what)}${decisionIds !== undefined && html` (${decisionLinks(asked, decisionIds)})`}
          (bron:
          ${link(asked.link(`/gebeurtenissen/${eventId}`), `gebeurtenis ${numbers.get(eventId) ?? ''}`.trim())})`,
      ),
    )
  }
  ${part.judgement !== undefined && judgement(part.judgement)}
  ${part.evidence.length === 0 && part.judgement === undefined && paragraph('Hiervoor is niets vastgelegd.')}`;

const judgement = ({ outcome, reasoning, date, office, evidence }: Judgement): Html =>
  html`<p class="nl-paragraph">
    <strong>Oordeel: ${word('result', outcome)}</strong
    >${date !== undefined && `, ${roughText(date)}`}${office !== undefined && `, door ${office === 'registrar' ? 'de registrator' : office}`}.
    ${reasoning} ${evidenceText(evidence)}
  </p>`;
