/** What pages show of the proof; a process that only reads has none. */
import { ProblemError } from '../ledger/errors.ts';
import type { KeptCheckpoint } from '../ledger/proofs.ts';
import type { Asked } from './asked.ts';
import { href, html, type Html, type Part } from './html.ts';
import { countText } from './notation.ts';
import { bullets, notice, paragraph } from './parts.ts';

/** What was asked of the proof, or why there is none here, in Dutch. */
export const proven = async <T>(
  ask: () => T | Promise<T>,
): Promise<
  { readonly found: T; readonly why?: never } | { readonly found?: never; readonly why: string }
> => {
  try {
    return { found: await ask() };
  } catch (error) {
    const code = error instanceof ProblemError ? error.problem.code : undefined;
    if (code !== 'read-only' && code !== 'unavailable') throw error;
    return { why: (error as ProblemError).problem.detail };
  }
};

/** The first checkpoint that holds all that was known at the moment of the page. */
export const checkpointOf = ({ ledger, asOf }: Asked): KeptCheckpoint =>
  ledger.proofs.checkpointsFrom(asOf.knownAt + 1, 1)[0] ?? ledger.proofs.latest();

export const noProofHere = (why: string): Html =>
  notice(
    'info',
    'Hier zijn nu geen bewijzen',
    paragraph(why),
    paragraph(
      'Wat u op de andere pagina’s ziet, klopt niet minder. Alleen het nagaan ervan kan niet op dit adres: vraag de beheerder naar het adres waar het grootboek wordt bijgehouden, of naar een uitvoer.',
    ),
  );

/** Text to be kept as it is, letter by letter. */
export const raw = (text: string): Html => html`<pre class="raw">${text}</pre>`;

export const code = (text: string): Html => html`<code>${text}</code>`;

export const checkpointFile = ({ size }: KeptCheckpoint): Html =>
  html`<a
    class="nl-link"
    href="${href(`/tlog/checkpoint/${size}`)}"
    download="${`controlepunt-${size}.txt`}"
    >Bewaar dit controlepunt (${countText(size)} gebeurtenissen)</a
  >`;

export const receiptFile = (
  eventId: string,
  { index, size }: { readonly index: number; readonly size: number },
): Html =>
  html`<a
    class="nl-link"
    href="${href(`/tlog/receipt/${eventId}`, { size })}"
    download="${`gebeurtenis-${index}.tlog-proof`}"
    >Bewaar het ontvangstbewijs van gebeurtenis ${index}</a
  >`;

/**
 * How to check it without this ledger.
 * @param receipt file of the receipt to check as well
 */
export const doubt = (keys: readonly string[], receipt?: string): Part => [
  paragraph(
    'Op deze pagina gaat het grootboek zichzelf na. Wie daar niet op wil vertrouwen, gaat het na op een eigen machine, zonder netwerk:',
  ),
  bullets([
    'Vraag de beheerder de openbare sleutel, op papier of per telefoon, en vergelijk die met de sleutel hieronder.',
    html`Vraag een uitvoer: ${code('ledger export uitvoer.tar')}. Daarin staan alle gebeurtenissen,
    ook wat verzegeld is; ieder die ze mag lezen, zoals een accountant, kan haar krijgen.`,
    html`Ga die na met het losse programma, dat niets van dit grootboek nodig heeft:
    ${code(`node ledger-verifier.mjs verify uitvoer.tar --key sleutel.txt${receipt === undefined ? '' : ` --receipt ${receipt}`}`)}`,
  ]),
  raw(keys.join('\n')),
];
