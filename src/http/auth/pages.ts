/**
 * The pages to sign in and out: few words, no scripts, every form with its token. They look as the
 * other pages do, by the same stylesheet; where that is not served they can be read without.
 */
import type { Role } from '../../ledger/access/index.ts';
import { escape } from '../escape.ts';

/** What these pages may do in a browser: our own styles, and forms to themselves. */
export const pagePolicy = (formTo: readonly string[]): string =>
  "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; " +
  `form-action ${["'self'", ...formTo].join(' ')}; base-uri 'none'; frame-ancestors 'none'`;

const page = (title: string, body: string): string => `<!doctype html>
<html lang="nl" class="voorbeeld-theme"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} – Partnership-grootboek</title>
<link rel="stylesheet" href="/web/stijl.css"><link rel="icon" href="/web/icoon.svg" type="image/svg+xml"></head>
<body><header class="header header--alone"><div class="header__brand"><a class="brand" href="/"><span class="brand__mark" aria-hidden="true"></span><span><span class="brand__name">Partnership-grootboek</span> <span class="brand__about">Gemeenten en IBN</span></span></a></div></header>
<main class="main"><div class="title"><h1 class="nl-heading nl-heading--level-1">${title}</h1></div>
${body}
</main></body></html>
`;

const paragraph = (html: string): string => `<p class="nl-paragraph">${html}</p>`;

const link = (to: string, text: string): string => `<a class="nl-link" href="${to}">${text}</a>`;

const form = (action: string, fields: Readonly<Record<string, string>>, button: string): string => {
  const hidden = Object.entries(fields).map(
    ([name, value]) => `<input type="hidden" name="${name}" value="${escape(value)}">`,
  );
  return `<form class="form" method="post" action="${action}">${hidden.join('')}<button class="nl-button nl-button--primary">${button}</button></form>`;
};
/** Roles as people say them. */
const inWords: Readonly<Record<Role, string>> = {
  public: 'bezoeker',
  auditor: 'controleur',
  municipality: 'gemeente',
  stuurgroep: 'lid van de stuurgroep',
  registrar: 'registrator',
  ibn: 'medewerker van IBN',
  service: 'programma',
  administrator: 'beheerder',
  local: 'beheerder van de machine',
};

export const signedInPage = (roles: readonly Role[], csrf: string): string =>
  page(
    'Aangemeld',
    `${paragraph(`U bent aangemeld als <strong>${roles.map((role) => inWords[role]).join(', ')}</strong>.`)}
${paragraph(`${link('/', 'Naar het overzicht')} of ${link('/vastleggen', 'iets vastleggen')}`)}
${form('/afmelden', { csrf }, 'Afmelden')}`,
  );

/** @param code of a link that was followed; used up only when the form is sent */
export const signInPage = (code: string | undefined, hasProvider: boolean): string => {
  const ways = [
    ...(code === undefined
      ? []
      : [
          paragraph('U hebt een link gekregen waarmee u zich één keer kunt aanmelden.'),
          form('/aanmelden', { code }, 'Aanmelden'),
        ]),
    ...(hasProvider ? [paragraph(link('/aanmelden/dienst', 'Aanmelden via uw organisatie'))] : []),
  ];
  const none = [
    paragraph('Aanmelden gaat met een link. Vraag die aan de beheerder van dit grootboek.'),
    paragraph(
      'Bent u de beheerder? Maak een link op de machine zelf, met <code>npm run -s ledger -- sign-in</code>.',
    ),
  ];
  return page('Aanmelden', (ways.length === 0 ? none : ways).join('\n'));
};

/** @param on where to go on, and what that is called; besides, there is always the overview */
export const refusedPage = (
  title = 'Aanmelden lukt niet',
  why: string,
  on: readonly [to: string, name: string] = ['/', 'Naar het overzicht'],
): string => {
  const ways = [link(...on), ...(on[0] === '/' ? [] : [link('/', 'Naar het overzicht')])];
  return page(title, `${paragraph(escape(why))}\n${paragraph(ways.join(' of '))}`);
};
