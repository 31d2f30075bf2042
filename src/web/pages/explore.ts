/** Verkennen: what a proposal would change, tried on the real state; nothing is recorded. */
import { ProblemError } from '../../ledger/errors.ts';
import type { Asked } from '../asked.ts';
import { codesOf, commandIn, commandOf, tryable } from '../forms/asking.ts';
import { errorSummary } from '../forms/show.ts';
import { commandList, formShown, later, type Posted, titleOf, tried } from '../forms/trying.ts';
import { html, type Part } from '../html.ts';
import { yearsText } from '../notation.ts';
import { bullets, link, nothing, section } from '../parts.ts';
import type { Page } from '../routes.ts';
import type { LumpSum } from './lump-sums.ts';

const lead =
  'Probeer wat een voorstel zou veranderen, op de gegevens van nu. Er wordt niets vastgelegd.';

export const exploreList: Page = {
  path: '/verkennen',
  show: async (asked) => ({
    title: 'Verkennen',
    lead,
    body: html`${await proposals(asked)}
    ${section('Iets anders proberen', commandList(asked, '/verkennen', tryable))}`,
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

/** The proposal as it stands, determined; what stands in its way is told as findings. */
export const exploreProposal: Page = {
  path: '/verkennen/voorstel/:lumpSumId',
  show: async (asked) => {
    const lumpSum = await asked.one<LumpSum>('lump-sums', asked.params['lumpSumId']!);
    const { lumpSumId, period, years, keyId, decisionIds, note } = lumpSum;
    const body = {
      lumpSumId,
      ...period,
      years: years.map(({ year, totalStatedCents, shares }) => ({
        year,
        ...(totalStatedCents === undefined ? {} : { totalCents: totalStatedCents }),
        shares: shares.map(({ municipality, amountCents, origin, wording }) => ({
          municipality,
          amountCents,
          origin,
          ...(wording === undefined ? {} : { wording }),
        })),
      })),
      ...(keyId === undefined ? {} : { keyId }),
      ...(note === undefined ? {} : { note }),
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

export const exploreForm: Page = {
  path: '/verkennen/:command',
  show: (asked) => exploring(asked, (name) => asked.query[name], false),
  send: (asked, posted) => exploring(asked, posted, true),
};

const exploring = async (asked: Asked, posted: Posted, sent: boolean) => {
  const command = commandOf(tryable, asked.params['command']!);
  if (command === undefined)
    throw new ProblemError({ code: 'not-found', detail: 'Dit kunt u hier niet proberen.' });
  const codes = await codesOf(asked);
  const { request, flaws } = commandIn(command, posted, codes);
  const fine = sent && Object.keys(flaws).length === 0;
  const validAt = later(asked.asOf.validAt, request.validFrom?.latest ?? asked.asOf.validAt);
  const found = fine ? await tried(asked, [request], validAt) : { shown: undefined, flaws };
  const form = await formShown(asked, command, { value: posted, flaws: sent ? found.flaws : {} });
  return {
    title: titleOf(command),
    lead,
    crumbs: [['Verkennen', asked.link('/verkennen')]] as const,
    ...(sent && Object.keys(found.flaws).length > 0 ? { status: 422 } : {}),
    body: html`${sent && errorSummary(found.flaws)}
      <form class="form" method="post" action="${asked.link(`/verkennen/${command.name}`)}">
        ${form}
        <button class="nl-button nl-button--primary" type="submit">Wat zou er veranderen?</button>
      </form>
      ${found.shown}`,
  };
};
