/** Controleren: the proof that one event is in the ledger, followed step by step. */
import type { FollowedProof } from '../../ledger/proofs.ts';
import type { Asked } from '../asked.ts';
import { href, html, type Html } from '../html.ts';
import { countText } from '../notation.ts';
import { bullets, facts, link, notice, paragraph, section, table } from '../parts.ts';
import {
  checkpointFile,
  checkpointOf,
  code,
  doubt,
  noProofHere,
  proven,
  raw,
  receiptFile,
} from '../proving.ts';
import type { Page } from '../routes.ts';
import { eventLink } from '../shown.ts';

export const eventProofPage: Page = {
  path: '/controleren/gebeurtenis/:eventId',
  show: async (asked) => {
    const { ledger, moment, params, link: to } = asked;
    const { event } = await ledger.event(params['eventId']!, moment);
    const { sequence } = event;
    const [summary] = await ledger.eventsBetween(sequence, sequence);
    const shown = await proven(() => ledger.proofs.follow(sequence, checkpointOf(asked).size));
    return {
      title: `Bewijs van gebeurtenis ${sequence}`,
      lead: 'Staat deze gebeurtenis in het grootboek, precies zoals zij is vastgelegd? Dit is het bewijs.',
      crumbs: [['Controleren', to('/controleren')]],
      body: html`${facts([['Gebeurtenis', summary && eventLink(asked, summary)]])}
      ${shown.why !== undefined ? noProofHere(shown.why) : proofShown(asked, event.entry.id, shown.found)}`,
    };
  },
};

const proofShown = ({ ledger, link: to }: Asked, eventId: string, proof: FollowedProof): Html => {
  const { index, size, leaf, root, receipt, checkpoint, holds } = proof;
  const keys = ledger.proofs.keys().map(({ key }) => key);
  return html`${outcome(proof)}
    ${facts([
      [
        'Plaats',
        `nummer ${index}, van de ${countText(size)} gebeurtenissen onder het controlepunt`,
      ],
      ['Vingerafdruk van de gebeurtenis', code(leaf)],
      ['Vingerafdruk in het controlepunt', code(root)],
    ])}
    ${holds && section('Van gebeurtenis naar controlepunt', path(proof))}
    ${section(
      'Bewaren',
      bullets([receiptFile(eventId, proof), checkpointFile({ size, note: checkpoint })]),
      paragraph(
        'Wie het ontvangstbewijs heeft, kan altijd aantonen dat deze gebeurtenis is vastgelegd, ook als zij uit het grootboek zou verdwijnen.',
      ),
      raw(receipt),
    )}
    ${section('Wie het niet gelooft', doubt(keys, `gebeurtenis-${index}.tlog-proof`))}
    <p class="pages">
      ${link(to('/controleren'), 'Een bewaard controlepunt nagaan')}
      ${link(href(`/v1/events/${eventId}/inclusion-proof`, { size }), 'Dit bewijs als JSON')}
    </p>`;
};

const outcome = ({ holds, steps }: FollowedProof): Html =>
  holds
    ? notice(
        'positive',
        'Het klopt: deze gebeurtenis staat in het grootboek',
        paragraph(
          `Dit grootboek heeft het zojuist nagegaan: uit wat is opgeslagen is de vingerafdruk opnieuw berekend, en ${steps.length === 1 ? 'één stap' : `${steps.length} stappen`} verder is die gelijk aan wat in het controlepunt is getekend.`,
        ),
      )
    : notice(
        'negative',
        'Het klopt niet: wat is opgeslagen is niet wat is getekend',
        paragraph(
          'De vingerafdruk van deze gebeurtenis komt niet uit op die in het controlepunt. Bewaar wat hieronder staat en laat het aan de beheerder zien.',
        ),
      );

const path = ({ steps }: FollowedProof): Html =>
  html`${paragraph(
    'Bij elke stap komt er een vingerafdruk naast te staan, van andere gebeurtenissen. Samen maken zij de volgende. Die van de laatste stap staat in het controlepunt.',
  )}
  ${table({
    caption: 'De stappen',
    rows: steps.map((step, i) => ({ ...step, number: i + 1 })),
    columns: [
      { head: 'Stap', cell: ({ number }) => number },
      {
        head: 'Kant',
        short: true,
        cell: ({ side }) => (side === 'left' ? 'links ervan' : 'rechts ervan'),
      },
      { head: 'Komt ernaast', cell: ({ sibling }) => code(sibling) },
      { head: 'Samen', cell: ({ hash }) => code(hash) },
    ],
  })}`;
