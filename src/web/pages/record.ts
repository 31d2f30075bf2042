/** Vastleggen: what happens in practice, seen in its effect before it is recorded. */
import { timingSafeEqual } from 'node:crypto';
import { ulid } from 'ulid';
import { ProblemError } from '../../ledger/errors.ts';
import type { Asked } from '../asked.ts';
import { askedBy, codesOf, commandIn, commandOf, flawsAt, recordable } from '../forms/asking.ts';
import type { Flaws } from '../forms/decode.ts';
import { errorSummary } from '../forms/show.ts';
import { commandList, formShown, later, type Posted, titleOf, tried } from '../forms/trying.ts';
import { href, type Href, html, type Html, type Part } from '../html.ts';
import type { Content } from '../page.ts';
import { link, notice, paragraph } from '../parts.ts';
import type { Page } from '../routes.ts';
import { readable } from '../shown.ts';

const lead = 'Leg vast wat er gebeurde of is besloten. U ziet eerst wat het verandert.';

export const recordList: Page = {
  path: '/vastleggen',
  show: async (asked) => ({
    title: 'Vastleggen',
    lead,
    body: html`${asked.csrf === undefined && signInFirst()}
    ${commandList(asked, '/vastleggen', recordable)} ${forgetting}`,
  }),
};

const forgetting = paragraph(
  'Iemands gegevens wissen kan hier niet: het is niet terug te draaien. Wie daarover gaat doet het in een terminal of met de API, waar het in twee stappen wordt vastgelegd.',
);

/** Who will be able to read it, before anything is typed. */
const aboutPerson = notice(
  'info',
  'Dit gaat over een persoon',
  paragraph(
    'Wat u invult wordt verzegeld met een sleutel van deze persoon. Openen kunnen alleen IBN en de gemeente van deze persoon, met een doel, en wie opent wordt opgeschreven.',
  ),
  paragraph(
    'Vul geen naam en geen BSN in. De persoon is het kenmerk van 26 tekens uit uw eigen administratie. Noem als bron alleen zo’n kenmerk, of S0 tot en met S4.',
  ),
);

const signInFirst = (): Html =>
  notice(
    'info',
    'U bent niet aangemeld',
    paragraph(
      'Vastleggen kan alleen wie zich heeft aangemeld. ',
      link(href('/aanmelden'), 'Aanmelden'),
    ),
  );

export const recordForm: Page = {
  path: '/vastleggen/:command',
  // Nothing about a person stands in an address, so it is not taken from there either.
  show: (asked) => {
    const { personal } = known(asked);
    return page(
      asked,
      (name) => (personal === true ? undefined : asked.query[name]),
      {},
      undefined,
    );
  },
  send: async (asked, posted) => {
    if (!isOwnForm(asked, posted))
      return page(asked, posted, { '': notYours(asked) }, undefined, 403);
    const { request, flaws } = commandIn(known(asked), posted, await codesOf(asked));
    if (Object.keys(flaws).length > 0) return page(asked, posted, flaws, undefined);
    if (posted('stap') === 'leg-vast') return recorded(asked, posted, request);
    const validAt = later(asked.asOf.validAt, request.validFrom?.latest ?? '');
    const found = await tried(asked, [request], validAt);
    return page(asked, posted, found.flaws, found.shown);
  },
};

const known = ({ params }: Asked) => {
  const command = commandOf(recordable, params['command']!);
  if (command !== undefined) return command;
  throw new ProblemError({ code: 'not-found', detail: 'Dit kunt u hier niet vastleggen.' });
};

const same = (a: string, b: string): boolean => {
  const [x, y] = [Buffer.from(a), Buffer.from(b)];
  return x.length === y.length && timingSafeEqual(x, y);
};

/** Only a form of our own pages, of who is signed in. */
const isOwnForm = ({ csrf }: Asked, posted: Posted): boolean =>
  csrf !== undefined && same(posted('teken') ?? '', csrf);

/** What was filled in stays: signing in takes half an hour of doing nothing to end. */
const notYours = ({ csrf }: Asked): string =>
  csrf === undefined
    ? 'U bent niet, of niet meer, aangemeld. Er is niets vastgelegd. Meld u aan in een ander tabblad, en stuur dit dan nog eens.'
    : 'Dit formulier hoorde niet bij uw aanmelding van nu. Er is niets vastgelegd. Lees na wat hier staat, en stuur het nog eens.';

/** Recorded once, however often the form is sent: its key goes with it. */
const recorded = async (
  asked: Asked,
  posted: Posted,
  request: ReturnType<typeof commandIn>['request'],
): Promise<Content | Href> => {
  try {
    const done = await asked.ledger.record({ ...request, key: posted('sleutel') ?? ulid() });
    return href(`/gebeurtenissen/${done.events[0]!.eventId}`);
  } catch (error) {
    if (!(error instanceof ProblemError) || error.problem.code === 'forbidden') throw error;
    const { refusal, detail, errors = [] } = error.problem;
    const flaws =
      refusal === undefined && errors.length > 0
        ? flawsAt(errors)
        : { '': readable(asked, detail) };
    return page(asked, posted, flaws, undefined);
  }
};

const page = async (
  asked: Asked,
  posted: Posted,
  flaws: Flaws,
  effect: Part,
  status = 422,
): Promise<Content> => {
  const command = known(asked);
  const wrong = Object.keys(flaws).length > 0;
  const form = await formShown(asked, command, { value: posted, flaws });
  const address = asked.link(`/vastleggen/${command.name}`);
  return {
    title: titleOf(command),
    lead,
    crumbs: [['Vastleggen', asked.link('/vastleggen')]],
    ...(wrong ? { status } : {}),
    body: html`${asked.csrf === undefined && signInFirst()}
      ${command.personal === true && aboutPerson} ${errorSummary(flaws)}
      ${effect !== undefined && !wrong && confirmation(asked, address, posted, effect)}
      <form class="form" method="post" action="${address}">
        ${token(asked)} ${form}
        <button class="nl-button nl-button--primary" type="submit">Controleer uw invoer</button>
      </form>`,
  };
};

const token = ({ csrf }: Asked): Part =>
  csrf !== undefined && html`<input type="hidden" name="teken" value="${csrf}" />`;

/** What it does, and the button that records it: everything that was filled in goes along. */
const confirmation = (asked: Asked, address: Href, posted: Posted, effect: Part): Html => {
  const names = askedBy(known(asked)).map(({ name }) => name);
  return html`${effect}
    <form class="form" method="post" action="${address}">
      ${token(asked)} <input type="hidden" name="stap" value="leg-vast" />
      <input type="hidden" name="sleutel" value="${posted('sleutel') ?? ulid()}" />
      ${names.map((name) => html`<input type="hidden" name="${name}" value="${posted(name) ?? ''}" />`)}
      ${paragraph('Wat is vastgelegd, blijft. Een vergissing neemt u terug met een nieuwe gebeurtenis.')}
      <button class="nl-button nl-button--primary" type="submit">Leg vast</button>
    </form>`;
};
