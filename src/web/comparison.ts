/** What came of comparing a checkpoint that somebody kept, in words. */
import type { Comparison } from '../ledger/proofs.ts';
import { html, type Html, type Part } from './html.ts';
import { countText } from './notation.ts';
import { facts, notice, paragraph, type Tone } from './parts.ts';
import { code, raw } from './proving.ts';

interface Told {
  readonly tone: Tone;
  readonly title: string;
  readonly text: Part;
}

/** @param origin name of this ledger in its checkpoints */
export const comparisonShown = (found: Comparison, origin: string): Html => {
  const { tone, title, text } = told(found, origin);
  return html`<section class="section" id="uitkomst" role="status">
    ${notice(tone, title, text)}
  </section>`;
};

const told = (found: Comparison, origin: string): Told => {
  switch (found.outcome) {
    case 'goes-on':
      return goesOn(found);
    case 'forked':
      return forked(found);
    case 'ahead':
      return ahead(found);
    case 'other-ledger':
      return {
        tone: 'warning',
        title: 'Dit controlepunt is van een ander grootboek',
        text: [
          paragraph('Over dit grootboek zegt het niets. Kijk of u het goede adres hebt.'),
          facts([
            ['Uw controlepunt is van', code(found.origin)],
            ['Dit grootboek heet', code(origin)],
          ]),
        ],
      };
    case 'not-signed':
      return {
        tone: 'negative',
        title: 'De handtekening klopt niet',
        text: paragraph(
          `Dit draagt de naam van dit grootboek, maar is niet met zijn sleutel getekend: ${found.why}. Misschien viel bij het kopiëren een teken weg. Zo niet, dan is het nagemaakt, of is dit grootboek het.`,
        ),
      };
    case 'unreadable':
      return {
        tone: 'warning',
        title: 'Dit is geen controlepunt',
        text: paragraph(
          `Er is niets nagegaan: ${found.why}. Een controlepunt begint met “partnership-ledger/” en eindigt met een regel die met een streepje begint.`,
        ),
      };
  }
};

const goesOn = ({ size, to, proof }: Extract<Comparison, { outcome: 'goes-on' }>): Told => ({
  tone: 'positive',
  title: 'Het klopt: wat u bewaarde staat er nog precies zo',
  text: [
    paragraph(
      size === to.size
        ? `Uw controlepunt is gelijk aan het laatste: ${countText(size)} gebeurtenissen, dezelfde vingerafdruk.`
        : `De eerste ${countText(size)} gebeurtenissen zijn dezelfde als toen. Sindsdien kwamen er ${countText(to.size - size)} bij; er is niets veranderd of weggelaten.`,
    ),
    proof.length > 0 &&
      html`<details>
        <summary>Het bewijs zelf</summary>
        ${paragraph(
          `Van ${countText(size)} naar ${countText(to.size)} gebeurtenissen, volgens RFC 6962. Dit grootboek heeft het nagegaan; met deze ${proof.length} vingerafdrukken kunt u dat ook.`,
        )}
        ${raw(proof.join('\n'))}
      </details>`,
  ],
});

const accepted = (lostBy: number | undefined): Part =>
  lostBy !== undefined &&
  paragraph(
    `Dit verlies is door het grootboek erkend, in gebeurtenis ${lostBy}: er is een oudere kopie teruggezet. Vraag de beheerder wat er is verloren.`,
  );

const whatToDo = paragraph(
  'Bewaar uw controlepunt goed: het is het bewijs. Laat het zien aan de beheerder, en aan wie het grootboek namens u controleert.',
);

const forked = (found: Extract<Comparison, { outcome: 'forked' }>): Told => ({
  tone: 'negative',
  title: 'Het klopt niet: hier staat een andere geschiedenis',
  text: [
    paragraph(
      `Uw controlepunt is echt: het is getekend met de sleutel van dit grootboek. Maar de eerste ${countText(found.size)} gebeurtenissen zijn hier andere dan die toen zijn getekend. Er is iets veranderd, verwisseld of weggelaten.`,
    ),
    facts([
      ['Vingerafdruk die u bewaarde', code(found.signed)],
      ['Vingerafdruk hier', code(found.here)],
    ]),
    accepted(found.lostBy),
    whatToDo,
  ],
});

const ahead = ({ size, lostBy }: Extract<Comparison, { outcome: 'ahead' }>): Told => ({
  tone: 'negative',
  title: 'Uw controlepunt is verder dan dit grootboek',
  text: [
    paragraph(
      `Het tekent ${countText(size)} gebeurtenissen, en zoveel staan er hier niet. U kijkt naar een oudere kopie, of er is iets verloren.`,
    ),
    accepted(lostBy),
    whatToDo,
  ],
});
