/** The frame around every page: head, navigation, the two times, foot. */
import type { Href, Html, Part } from './html.ts';
import { href, html } from './html.ts';
import type { Link, Times } from './moment.ts';
import { dateText, instantText } from './notation.ts';
import { heading, link } from './parts.ts';
import type { AsOf } from './asked.ts';

/** What a page gives; the frame does the rest. */
export interface Content {
  readonly title: string;
  /** Beside the title, such as a status. */
  readonly mark?: Html;
  readonly lead?: Part;
  /** Pages above this one, below the overview. */
  readonly crumbs?: readonly (readonly [name: string, to: Href])[];
  readonly body: Part;
  /** HTTP status; 200 when absent. */
  readonly status?: number;
}

interface Frame {
  readonly path: string;
  readonly times: Times;
  readonly link: Link;
  readonly asOf: AsOf;
  /** Highest sequence there is. */
  readonly head: number;
  readonly isSignedIn: boolean;
  /** Where the browser asked, such as `https://grootboek.example.nl`. */
  readonly origin: string;
  /** Other things that the page was asked, kept when the times change. */
  readonly query: Readonly<Record<string, string | undefined>>;
}

const navigation: readonly (readonly [path: string, name: string])[] = [
  ['/', 'Overzicht'],
  ['/besluiten', 'Besluiten'],
  ['/basispakket', 'Basispakket'],
  ['/pluspakket', 'Pluspakket'],
  ['/lumpsum', 'Lumpsum'],
  ['/saldi', 'Saldi'],
  ['/doelen', 'Doelen'],
  ['/dossier', 'Dossier'],
  ['/bevindingen', 'Bevindingen'],
  ['/terugspelen', 'Terugspelen'],
  ['/verkennen', 'Verkennen'],
  ['/controleren', 'Controleren'],
  ['/zoeken', 'Zoeken'],
];

export const styleAddress = '/web/stijl.css';
export const scriptAddress = '/web/pagina.js';

export const framed = (content: Content, frame: Frame): Html =>
  document(
    content.title,
    html`${madeUp(frame.asOf)} ${header(frame.path, frame.link)}
      <main id="inhoud" class="main" tabindex="-1">
        ${crumbs(content, frame)}
        <div class="title">${heading(1, content.title)} ${content.mark}</div>
        ${content.lead !== undefined && html`<p class="nl-paragraph lead">${content.lead}</p>`}
        ${timesForm(frame)} ${content.body}
      </main>
      ${footer(frame)}`,
  );

/** A page without the two times: what goes wrong, or is not about a moment. */
export const plain = (title: string, body: Part): Html =>
  document(
    title,
    html`${header('', href)}
      <main id="inhoud" class="main" tabindex="-1">
        <div class="title">${heading(1, title)}</div>
        ${body}
      </main>`,
  );

const document = (title: string, body: Html): Html =>
  html`<!doctype html>
    <html lang="nl" class="voorbeeld-theme">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title} – Partnership-grootboek</title>
        <link rel="stylesheet" href="${href(styleAddress)}" />
        <link rel="icon" href="${href('/web/icoon.svg')}" type="image/svg+xml" />
        <script src="${href(scriptAddress)}" type="module"></script>
      </head>
      <body>
        <a class="nl-skip-link nl-skip-link--visible-on-focus skip" href="#inhoud"
          >Naar de inhoud</a
        >
        ${body}
      </body>
    </html>`;

const madeUp = ({ madeUp }: AsOf): Part =>
  madeUp &&
  html`<p class="made-up">
    <strong>Voorbeeld.</strong> In dit grootboek staan ook gebeurtenissen die verzonnen zijn.
  </p>`;

const isAt = (path: string, at: string): boolean =>
  at === '/' ? path === '/' : path === at || path.startsWith(`${at}/`);

const header = (path: string, to: Link): Html =>
  html`<header class="header">
    <div class="header__brand">
      <a class="brand" href="${to('/')}"
        ><span class="brand__mark" aria-hidden="true"></span
        ><span
          ><span class="brand__name">Partnership-grootboek</span
          ><span class="brand__about">Gemeenten en IBN</span></span
        ></a
      >
    </div>
    <nav class="nav" aria-label="Hoofdmenu">
      <ul>
        ${navigation.map(([at, name]) => {
          const current = isAt(path, at) && html`aria-current="page"`;
          return html`<li><a href="${to(at)}" ${current}>${name}</a></li>`;
        })}
      </ul>
    </nav>
  </header>`;

const crumbs = ({ title, crumbs: above }: Content, { path, link: to }: Frame): Part =>
  path !== '/' &&
  html`<nav class="crumbs" aria-label="Kruimelpad">
    <ol>
      <li>${link(to('/'), 'Overzicht')}</li>
      ${(above ?? []).map(([name, address]) => html`<li>${link(address, name)}</li>`)}
      <li aria-current="page">${title}</li>
    </ol>
  </nav>`;

// --- the two times

const timesForm = ({ path, times, asOf, head, query, link: to }: Frame): Html => {
  const [year, month, day] = asOf.validAt.split('-').map(Number);
  const kept = Object.entries(query).filter(
    ([name, value]) => value !== undefined && !/^(peildatum|bekend-op)/.test(name),
  );
  return html`<form class="times" method="get" action="${href(path)}">
    ${kept.map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`)}
    <fieldset class="times__group">
      <legend>Geldig op</legend>
      <p class="times__hint" id="peildatum-uitleg">Welke afspraken gelden dan?</p>
      <div class="times__fields">
        ${dateField('dag', 'Dag', day)} ${dateField('maand', 'Maand', month)}
        ${dateField('jaar', 'Jaar', year)}
      </div>
    </fieldset>
    <div class="times__group">
      <label class="times__legend" for="bekend-op">Bekend na gebeurtenis</label>
      <p class="times__hint" id="bekend-op-uitleg">Wat wisten wij toen? Leeg: alles.</p>
      <input
        class="utrecht-textbox times__known"
        id="bekend-op"
        name="bekend-op"
        inputmode="numeric"
        autocomplete="off"
        aria-describedby="bekend-op-uitleg"
        placeholder="${head}"
        value="${times['bekend-op'] ?? ''}"
      />
    </div>
    <div class="times__act">
      <button class="nl-button nl-button--primary" type="submit">Toon deze stand</button>
      ${isNow(times) ? undefined : link(href(path, Object.fromEntries(kept)), 'Terug naar vandaag')}
    </div>
    <p class="times__said">
      U ziet wat geldt op <strong>${dateText(asOf.validAt)}</strong>, zoals bekend
      ${knownText(asOf)}. ${steps(path, query, asOf, head, to)}
    </p>
  </form>`;
};

const isNow = (times: Times): boolean =>
  times.peildatum === undefined && times['bekend-op'] === undefined;

const dateField = (part: string, name: string, value: number | undefined): Html =>
  html`<div class="times__field">
    <label for="peildatum-${part}">${name}</label>
    <input
      class="utrecht-textbox"
      id="peildatum-${part}"
      name="peildatum-${part}"
      inputmode="numeric"
      autocomplete="off"
      maxlength="4"
      aria-describedby="peildatum-uitleg"
      value="${value}"
    />
  </div>`;

const knownText = ({ knownAt, recordedAt, open }: AsOf): Part =>
  knownAt < 0
    ? 'in het lege grootboek'
    : html`na gebeurtenis <strong>${knownAt}</strong>${
          recordedAt !== undefined && ` (vastgelegd op ${instantText(recordedAt)})`
        }${open === true && ', en dat moment is nog niet voorbij'}`;

/** One event back or on, as known. */
const steps = (
  path: string,
  query: Frame['query'],
  { validAt, knownAt }: AsOf,
  head: number,
  to: Link,
) => {
  const at = (sequence: number): Href =>
    to(path, { ...query, peildatum: validAt, 'bekend-op': sequence });
  return html`<span class="times__steps"
    >${knownAt > 0 && link(at(knownAt - 1), 'Eén gebeurtenis terug')}
    ${knownAt < head && link(at(knownAt + 1), 'Eén gebeurtenis verder')}</span
  >`;
};

// --- foot

const footer = ({ path, query, asOf, link: to, isSignedIn, origin }: Frame): Html => {
  const fixed = to(path, { ...query, peildatum: asOf.validAt, 'bekend-op': asOf.knownAt });
  return html`<footer class="footer">
    <p>
      Stand na gebeurtenis ${asOf.knownAt} van grootboek
      <code class="ledger-id">${asOf.ledgerId}</code>, antwoorden van model ${asOf.model}.
      ${link(fixed, 'Vaste link naar deze pagina')}<span class="on-paper"
        >: ${origin}${fixed.address}</span
      >
    </p>
    <p class="footer__links">
      ${link(to('/gebeurtenissen'), 'Alle gebeurtenissen')} ${link(to('/regels'), 'Regels')}
      ${link(to('/controleren'), 'Zelf nagaan')} ${link(to('/vastleggen'), 'Vastleggen')}
      ${link(href('/aanmelden'), isSignedIn ? 'Afmelden' : 'Aanmelden')}
      ${link(href('/docs'), 'Voor ontwikkelaars')}
    </p>
  </footer>`;
};
