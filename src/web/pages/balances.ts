/** Saldi: what each municipality owes IBN per booking year, down to each posting. */
import { ProblemError } from '../../ledger/errors.ts';
import type { RoughDate } from '../../../events/values.ts';
import { html, type Part } from '../html.ts';
import { countText, euros, roughText } from '../notation.ts';
import { facts, link, nothing, paragraph, section, table } from '../parts.ts';
import type { Page } from '../routes.ts';
import { type Certainty, uncertain, whyOf } from '../shown.ts';
import type { Asked } from '../asked.ts';
import { word } from '../words.ts';

interface Balance extends Certainty {
  readonly balanceId: string;
  readonly municipality: string;
  readonly year: number;
  readonly accounts: readonly {
    readonly account: string;
    readonly debitCents: string;
    readonly creditCents: string;
    readonly balanceCents: string;
  }[];
  readonly owedCents: string;
  readonly openingCents: string;
  readonly postings: number;
  readonly passedTo?: { readonly municipality: string; readonly owedCents: string };
  readonly passedFrom?: readonly { readonly municipality: string; readonly owedCents: string }[];
}

export const balanceList: Page = {
  path: '/saldi',
  show: async (asked) => {
    const rows = [...(await asked.items<Balance>('balances'))].sort(
      (a, b) =>
        b.year - a.year ||
        asked.municipality(a.municipality).localeCompare(asked.municipality(b.municipality), 'nl'),
    );
    return {
      title: 'Saldi',
      lead: 'Wat elke gemeente per boekjaar aan IBN schuldig is: verplichtingen, betalingen en correcties.',
      body:
        rows.length === 0
          ? nothing(
              'Er is op dit moment niets geboekt. De bronnen noemen geen betalingen en geen vastgestelde aandelen.',
            )
          : table({
              caption: 'Saldo per gemeente en boekjaar',
              rows,
              columns: [
                {
                  head: 'Gemeente en jaar',
                  cell: (b) =>
                    html`${link(asked.link(`/saldi/${b.balanceId}`), `${asked.municipality(b.municipality)} ${b.year}`)}
                    ${uncertain(b)}`,
                },
                { head: 'Uit vorig jaar', number: true, cell: (b) => euros(b.openingCents) },
                { head: 'Boekingen', number: true, cell: (b) => countText(b.postings) },
                { head: 'Schuldig aan IBN', number: true, cell: (b) => euros(b.owedCents) },
                {
                  head: 'Rust op',
                  where: 'on-screen',
                  cell: (b) =>
                    whyOf(
                      asked,
                      'balances',
                      b.balanceId,
                      `het saldo van ${asked.municipality(b.municipality)} in ${b.year}`,
                    ),
                },
              ],
            }),
    };
  },
};

/** Postings on one page. */
const atOnce = 100;

export const balancePage: Page = {
  path: '/saldi/:balanceId',
  show: async (asked) => {
    const balance = await asked.one<Balance>('balances', asked.params['balanceId']!);
    const { municipality: name } = asked;
    return {
      title: `Saldo ${name(balance.municipality)} ${balance.year}`,
      mark: html`${uncertain(balance)}`,
      crumbs: [['Saldi', asked.link('/saldi')]],
      body: html`${facts([
        [
          'Schuldig aan IBN',
          html`<strong>${euros(balance.owedCents)}</strong>
            ${whyOf(asked, 'balances', balance.balanceId, 'dit saldo')}`,
        ],
        ['Uit het vorige jaar', euros(balance.openingCents)],
        [
          'Overgegaan naar',
          balance.passedTo &&
            `${name(balance.passedTo.municipality)}: ${euros(balance.passedTo.owedCents)}`,
        ],
        [
          'Overgegaan van',
          balance.passedFrom?.map(
            (p) => html`<div>${name(p.municipality)}: ${euros(p.owedCents)}</div>`,
          ),
        ],
      ])}
      ${table({
        caption: 'Per rekening',
        rows: balance.accounts,
        columns: [
          { head: 'Rekening', cell: ({ account }) => word('account', account) },
          { head: 'Debet', number: true, cell: ({ debitCents }) => euros(debitCents) },
          { head: 'Credit', number: true, cell: ({ creditCents }) => euros(creditCents) },
          { head: 'Saldo', number: true, cell: ({ balanceCents }) => euros(balanceCents) },
        ],
      })}
      ${paragraph('Elke boeking staat er twee keer in: debet op de ene rekening, credit op de andere. Wat op “te betalen aan IBN” credit staat, is schuld; daarom heeft een schuld daar een min.')}
      ${section('Boekingen', await postings(asked, balance).catch(hidden))}`,
    };
  },
};

/** Who sees the sum need not see what it was made of. */
const hidden = (error: unknown): Part => {
  if (!(error instanceof ProblemError) || error.problem.code !== 'forbidden') throw error;
  return paragraph('De boekingen zelf ziet alleen de gemeente, de auditor of wie vastlegt.');
};

interface Line {
  readonly sequence: number;
  readonly eventId: string;
  readonly type: string;
  readonly validFrom: RoughDate;
  readonly municipality: string;
  readonly account: string;
  readonly side: string;
  readonly amountCents: string;
}

const postings = async (asked: Asked, { balanceId }: Balance): Promise<Part> => {
  const { query, link: to, ledger, moment } = asked;
  const after = query['na'];
  const found = await ledger.postings({ balance: balanceId, after, ...moment }, atOnce);
  const next = 'next' in found ? found.next : undefined;
  return html`${table<Line>({
    caption: 'Elke boeking, in de volgorde waarin zij zijn vastgelegd',
    rows: found.items,
    columns: [
      { head: 'Gebeurtenis', cell: (l) => link(to(`/gebeurtenissen/${l.eventId}`), l.sequence) },
      { head: 'Geldt vanaf', date: true, cell: (l) => roughText(l.validFrom) },
      { head: 'Rekening', cell: (l) => word('account', l.account) },
      { head: 'Debet', number: true, cell: (l) => l.side === 'debit' && euros(l.amountCents) },
      { head: 'Credit', number: true, cell: (l) => l.side === 'credit' && euros(l.amountCents) },
    ],
  })}
  ${
    next !== undefined &&
    html`<p class="pages">
      ${link(to(`/saldi/${balanceId}`, { na: next }), 'Volgende boekingen')}
    </p>`
  }`;
};
