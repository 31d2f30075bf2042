/** Verkennen: what a proposal would change, tried on the real state; nothing is recorded. */
import { ProblemError } from '../../ledger/errors.ts';
import type { Asked } from '../asked.ts';
import { effectShown } from '../effect.ts';
import {
  choicesFor,
  circumstances,
  codesOf,
  commandIn,
  commandOf,
  flawsAt,
  formCommands,
  groupOf,
} from '../forms/asking.ts';
import { fieldsOf } from '../forms/schema.ts';
import { errorSummary, fieldShown } from '../forms/show.ts';
import type { Flaws } from '../forms/decode.ts';
import { html, type Html, type Part } from '../html.ts';
import { yearsText } from '../notation.ts';
import { bullets, link, nothing, notice, paragraph, section } from '../parts.ts';
import type { Page } from '../routes.ts';
import { readable } from '../shown.ts';
import type { LumpSum } from './lump-sums.ts';

type PreviewCommands = Parameters<Asked['ledger']['preview']>[0]['commands'];

const lead =
  'Probeer wat een voorstel zou veranderen, op de gegevens van nu. Er wordt niets vastgelegd.';

export const exploreList: Page = {
  path: '/verkennen',
  show: async (asked) => ({
    title: 'Verkennen',
    lead,
    body: html`${await proposals(asked)}
    ${section('Iets anders proberen', commandList(asked, '/verkennen'))}`,
  }),
};

const proposals = async (asked: Asked): Promise<Part> => {
  const open = (await asked.items<LumpSum>('lump-sums')).filter((l) => l.status === 'proposed');
  return section(
    'Een voorstel vaststellen',
    open.length === 0
      ? nothing('Er ligt op dit moment geen lumpsumvoorstel.')
      : bullets(
          open.map((l) =>
            link(
              asked.link(`/verkennen/voorstel/${l.lumpSumId}`),
              `Wat als de lumpsum ${yearsText(l.period)} wordt vastgesteld zoals voorgesteld?`,
            ),
          ),
        ),
  );
};

/** Commands by what they are about. */
export const commandList = ({ link: to }: Pick<Asked, 'link'>, base: string): Html => {
  const groups = new Map<string, typeof formCommands>();
  for (const command of formCommands)
    groups.set(groupOf(command), [...(groups.get(groupOf(command)) ?? []), command]);
  return html`${[...groups].map(
    ([group, all]) =>
      html`<details>
        <summary>${group}</summary>
        ${bullets(all.map((c) => link(to(`${base}/${c.name}`), c.summary)))}
      </details>`,
  )}`;
};

/** The proposal as it stands, determined; what stands in its way is told as findings. */
export const exploreProposal: Page = {
  path: '/verkennen/voorstel/:lumpSumId',
  show: async (asked) => {
    const lumpSum = await asked.one<LumpSum>('lump-sums', asked.params['lumpSumId']!);
    const { lumpSumId, period, years, keyId, decisionIds } = lumpSum;
    const body = {
      lumpSumId,
      ...period,
      years: years.map(({ year, totalStatedCents, shares }) => ({
        year,
        ...(totalStatedCents === undefined ? {} : { totalCents: totalStatedCents }),
        shares: shares.map(({ municipality, amountCents, origin }) => ({
          municipality,
          amountCents,
          origin,
        })),
      })),
      ...(keyId === undefined ? {} : { keyId }),
      decisionIds,
    };
    const command = {
      command: 'determine-lump-sum',
      body,
      mode: 'register',
      validFrom: { earliest: period.from, latest: period.from },
      evidence: [
        {
          source: 'Verkenning',
          basis: 'inferred',
          reasoning: 'Alleen om te zien wat zou veranderen.',
        },
      ],
    };
    return {
      title: `Als de lumpsum ${yearsText(period)} wordt vastgesteld`,
      lead: `${lead} Regels die zo nog in de weg staan, ziet u als bevinding.`,
      crumbs: [['Verkennen', asked.link('/verkennen')]],
      body: (await tried(asked, [command], later(asked.asOf.validAt, period.from))).shown,
    };
  },
};

/** What holds only from a later day is looked at on that day. */
export const later = (a: string, b: string): string => (a > b ? a : b);

/** The effect, or why it cannot be. */
export const tried = async (
  asked: Asked,
  commands: PreviewCommands,
  validAt: string,
): Promise<{ readonly shown: Part; readonly flaws: Flaws }> => {
  try {
    const preview = await asked.ledger.preview({ commands, validAt });
    return { shown: effectShown(asked, preview), flaws: {} };
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    const { refusal, detail, errors = [], decisions = [] } = error.problem;
    if (refusal === undefined) return { shown: undefined, flaws: flawsAt(errors) };
    const rule =
      refusal.rule === undefined
        ? undefined
        : html` ${link(asked.link(`/regels/${refusal.rule}`), `Regel ${refusal.rule}`)}`;
    return {
      shown: notice(
        'negative',
        'Dit kan niet',
        paragraph(readable(asked, detail), rule),
        decisions.length > 0 &&
          paragraph(
            'Dat volgt uit ',
            decisions.map(
              (d) =>
                html`${link(asked.link(`/besluiten/${d.decisionId}`), `besluit ${d.number ?? d.title}`)} `,
            ),
          ),
      ),
      flaws: { '': readable(asked, detail) },
    };
  }
};

export const exploreForm: Page = {
  path: '/verkennen/:command',
  show: (asked) => exploring(asked, (name) => asked.query[name], false),
  send: (asked, posted) => exploring(asked, posted, true),
};

type Posted = (name: string) => string | undefined;

const exploring = async (asked: Asked, posted: Posted, sent: boolean) => {
  const command = commandOf(asked.params['command']!);
  if (command === undefined)
    throw new ProblemError({ code: 'not-found', detail: 'Dit kunt u hier niet proberen.' });
  const codes = await codesOf(asked);
  const { request, flaws } = commandIn(command, posted, codes);
  const fine = sent && Object.keys(flaws).length === 0;
  const validAt = later(asked.asOf.validAt, request.validFrom?.latest ?? asked.asOf.validAt);
  const found = fine ? await tried(asked, [request], validAt) : { shown: undefined, flaws };
  const form = await formShown(asked, command, { value: posted, flaws: sent ? found.flaws : {} });
  return {
    title: command.summary,
    lead,
    crumbs: [['Verkennen', asked.link('/verkennen')]] as const,
    ...(Object.keys(found.flaws).length > 0 ? { status: 422 } : {}),
    body: html`${sent && errorSummary(found.flaws)}
      <form class="form" method="post" action="${asked.link(`/verkennen/${command.name}`)}">
        ${form}
        <button class="nl-button nl-button--primary" type="submit">Wat zou er veranderen?</button>
      </form>
      ${found.shown}`,
  };
};

/** Fields of a command, with when it holds and where that was found. */
export const formShown = async (
  asked: Asked,
  command: NonNullable<ReturnType<typeof commandOf>>,
  { value, flaws }: { readonly value: Posted; readonly flaws: Flaws },
): Promise<readonly Html[]> => {
  const fields = fieldsOf(command);
  const choices = await choicesFor(asked, fields);
  const shown = (field: (typeof fields)[number]): Html =>
    fieldShown(field, { value, flaws, choices });
  return [...fields, ...circumstances].map(shown);
};
