/** Controleren: what proves the ledger, in words, and whether what somebody kept still holds. */
import type { KeptCheckpoint, Proofs } from '../../ledger/proofs.ts';
import { ProblemError } from '../../ledger/errors.ts';
import type { Asked } from '../asked.ts';
import { comparisonShown } from '../comparison.ts';
import { href, html, type Html, type Part } from '../html.ts';
import { sequenceIn } from '../moment.ts';
import { countText, instantText } from '../notation.ts';
import type { Content } from '../page.ts';
import { bullets, facts, link, keptTimes, paragraph, section } from '../parts.ts';
import { checkpointFile, checkpointOf, code, doubt, noProofHere, proven, raw } from '../proving.ts';
import type { Page } from '../routes.ts';

const lead =
  'U hoeft dit grootboek niet op zijn woord te geloven, en wie het beheert ook niet. Hier ziet u wat bewijst dat er niets is veranderd, hoe u dat bewaart, en hoe u het later nagaat.';

export const checkPage: Page = {
  path: '/controleren',
  show: (asked) => page(asked, chosenSize(asked), undefined),
  send: (asked, posted) => page(asked, undefined, posted('controlepunt') ?? ''),
};

/** What is asked about: a size in the address, or what was pasted. */
const chosenSize = ({ query }: Asked): string | undefined => {
  const text = query['omvang']?.trim();
  return text === '' ? undefined : text;
};

const page = async (
  asked: Asked,
  size: string | undefined,
  pasted: string | undefined,
): Promise<Content> => {
  const { proofs } = asked.ledger;
  const shown = await proven(() => checkpointOf(asked));
  if (shown.why !== undefined) return { title: 'Controleren', lead, body: noProofHere(shown.why) };
  const compared = await proven(() => outcomeOf(proofs, size, pasted));
  const flaw = compared.found?.flaw;
  return {
    title: 'Controleren',
    lead,
    ...(flaw === undefined ? {} : { status: 422 }),
    body: html`${compared.why !== undefined && noProofHere(compared.why)} ${compared.found?.shown}
    ${await checkpointShown(asked, shown.found)} ${meaning}
    ${section('Bewaren', keeping(shown.found), raw(shown.found.note))}
    ${section('Klopt een controlepunt dat u bewaarde?', forms(asked, size, pasted, flaw))}
    ${section('Wie het niet gelooft', doubt(proofs.keys().map(({ key }) => key)))}
    ${section('Wat dit niet bewijst', notProven)}`,
  };
};

interface Flaw {
  readonly field: 'omvang' | 'controlepunt';
  readonly text: string;
}

interface Outcome {
  readonly shown?: Html;
  readonly flaw?: Flaw;
}

const outcomeOf = (
  proofs: Proofs,
  size: string | undefined,
  pasted: string | undefined,
): Outcome => {
  if (pasted !== undefined) {
    const found = proofs.compare(pasted);
    const shown = comparisonShown(found, proofs.origin);
    if (found.outcome !== 'unreadable') return { shown };
    return {
      shown,
      flaw: { field: 'controlepunt', text: `Dit is geen controlepunt: ${found.why}.` },
    };
  }
  if (size === undefined) return {};
  try {
    const { note } = proofs.checkpoint(sequenceIn(size) ?? -1);
    return { shown: comparisonShown(proofs.compare(note), proofs.origin) };
  } catch (error) {
    if (!(error instanceof ProblemError) || error.problem.code !== 'not-found') throw error;
    const { detail } = error.problem;
    const isNumber = (sequenceIn(size) ?? -1) >= 0;
    const text = isNumber ? detail : 'Vul een aantal gebeurtenissen in, zoals 312.';
    return { flaw: { field: 'omvang', text } };
  }
};

const checkpointShown = async (asked: Asked, kept: KeptCheckpoint): Promise<Html> => {
  const { ledger, asOf, link: to } = asked;
  const { proofs } = ledger;
  const { size, root, signedBy, witnesses } = proofs.told(kept);
  // When it was recorded everybody may know; what it is not.
  const { recordedAt } = await ledger.moment({ knownAt: String(size - 1) });
  const [last] = await ledger.eventsBetween(size - 1, size - 1);
  const isLatest = proofs.latest().size === size;
  return section(
    isLatest ? 'Het laatste controlepunt' : 'Het controlepunt bij deze stand',
    facts([
      ['Hoeveel staat erin', `${countText(size)} gebeurtenissen, nummer 0 tot en met ${size - 1}`],
      [
        'Wanneer',
        html`De laatste daarvan is vastgelegd op
        ${instantText(recordedAt!)}${
          last !== undefined &&
          html` (${link(to(`/gebeurtenissen/${last.eventId}`), `gebeurtenis ${last.sequence}`)})`
        }.`,
      ],
      ['Vingerafdruk van alles samen', code(root)],
      ['Getekend met de sleutel', code(signedBy.join(', '))],
      ['Meegetekend door', witnessesShown(witnesses)],
      ['Van het grootboek', code(asOf.ledgerId)],
    ]),
    !isLatest && paragraph(link(href('/controleren'), 'Naar het laatste controlepunt')),
  );
};

const witnessesShown = (witnesses: ReturnType<Proofs['told']>['witnesses']): Part =>
  witnesses.length === 0
    ? 'nog niemand'
    : bullets(
        witnesses.map(({ name, at }) =>
          at === undefined ? name : `${name}, op ${instantText(at)}`,
        ),
      );

const meaning = section(
  'Waarom dit ertoe doet',
  paragraph(
    'Een controlepunt is een handtekening onder alles wat tot dan toe is vastgelegd. Uit alle gebeurtenissen samen is één vingerafdruk berekend. Verandert er in één gebeurtenis één letter, wordt er een weggelaten of verwisseld, dan wordt die vingerafdruk een andere.',
  ),
  paragraph(
    'Wie een controlepunt bewaart, kan dus later zien of wat er toen stond er nog precies zo staat. Dat geldt ook voor wie het grootboek zelf beheert: ook de beheerder kan niets ongemerkt veranderen, zolang iemand anders een controlepunt heeft.',
  ),
);

const keeping = (kept: KeptCheckpoint): Part =>
  bullets([
    checkpointFile(kept),
    'Bewaar het buiten dit grootboek: mail het uzelf, druk het af, leg het in het archief bij de raadsstukken.',
    'Vergelijk het met dat van een ander. Hebt u beiden evenveel gebeurtenissen maar een andere vingerafdruk, dan laat het grootboek u twee verschillende geschiedenissen zien.',
  ]);

/** Nothing was filled in, so there is nothing to print. */
const emptyOf = (text: string | undefined): Part => (text ?? '') === '' && 'field--empty';

const forms = (
  { times, link: to }: Asked,
  size: string | undefined,
  pasted: string | undefined,
  flaw: Flaw | undefined,
): Html => {
  const wrong = (field: Flaw['field']): Part =>
    flaw?.field === field &&
    html`<p class="field__error" id="${`${field}-fout`}">Fout: ${flaw.text}</p>`;
  const marks = (field: Flaw['field'], hint: string): Html =>
    flaw?.field === field
      ? html`aria-invalid="true" aria-describedby="${`${hint} ${field}-fout`}"`
      : html`aria-describedby="${hint}"`;
  return html`<form class="form" method="post" action="${to('/controleren', {}, 'uitkomst')}">
      <div class="field ${emptyOf(pasted)} ${flaw?.field === 'controlepunt' && 'field--wrong'}">
        <label for="controlepunt">Uw controlepunt of ontvangstbewijs</label>
        <p class="field__hint" id="controlepunt-uitleg">
          Plak de hele tekst, van de eerste regel tot en met de regel die met een streepje begint.
        </p>
        ${wrong('controlepunt')}
        <textarea
          id="controlepunt"
          name="controlepunt"
          rows="6"
          spellcheck="false"
          autocomplete="off"
          ${marks('controlepunt', 'controlepunt-uitleg')}
        >
${pasted}</textarea>
      </div>
      <button class="nl-button nl-button--primary" type="submit">Ga na of dit klopt</button>
    </form>
    <form class="form" method="get" action="${href('/controleren', {}, 'uitkomst')}">
      ${keptTimes(times)}
      <div class="field ${emptyOf(size)} ${flaw?.field === 'omvang' && 'field--wrong'}">
        <label for="omvang">Of: hoeveel gebeurtenissen stonden erin?</label>
        <p class="field__hint" id="omvang-uitleg">
          Dan vergelijkt u met het controlepunt van die omvang dat hier zelf is bewaard.
        </p>
        ${wrong('omvang')}
        <input
          class="utrecht-textbox"
          id="omvang"
          name="omvang"
          inputmode="numeric"
          autocomplete="off"
          value="${size}"
          ${marks('omvang', 'omvang-uitleg')}
        />
      </div>
      <button class="nl-button nl-button--secondary" type="submit">Vergelijk met nu</button>
    </form>`;
};

const notProven = bullets([
  'Dat alles is vastgelegd wat er gebeurde. Wat niemand vastlegde, staat er niet in.',
  'Dat een bron gelijk heeft. Bewezen is wat is vastgelegd en met welke bron.',
  'Dat een tijdstip klopt. Dat is de klok van wie vastlegde; alleen een getuige die meetekent bewijst een tijd.',
  'Dat u dezelfde geschiedenis ziet als een ander, zolang u alleen kijkt. Vergelijk daarom.',
]);
