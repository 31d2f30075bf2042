/** The pages to sign in and out: few words, no scripts, every form with its token. */
import { createHash } from 'node:crypto';
import { escape } from '../escape.ts';

const style = `body{font:1.125rem/1.6 system-ui,sans-serif;max-width:36rem;margin:3rem auto;padding:0 1rem;color:#1b1b1b;background:#fff}
button{font:inherit;padding:.5rem 1rem;color:#fff;background:#004699;border:2px solid #004699}button:focus,a:focus{outline:3px solid #1b1b1b;outline-offset:2px}a{color:#004699}`;

/** What these pages may do in a browser: this style, and forms to themselves. */
export const pagePolicy = (formTo: readonly string[]): string =>
  `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; ` +
  `form-action ${["'self'", ...formTo].join(' ')}; base-uri 'none'; frame-ancestors 'none'`;

const page = (title: string, body: string): string => `<!doctype html>
<html lang="nl"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${title} – Grootboek van het partnerschap</title><style>${style}</style></head>
<body><main><h1>${title}</h1>
${body}
</main></body></html>
`;

const form = (action: string, fields: Readonly<Record<string, string>>, button: string): string => {
  const hidden = Object.entries(fields).map(
    ([name, value]) => `<input type="hidden" name="${name}" value="${escape(value)}">`,
  );
  return `<form method="post" action="${action}">${hidden.join('')}<button>${button}</button></form>`;
};

export const signedInPage = (roles: readonly string[], csrf: string): string =>
  page(
    'Aangemeld',
    `<p>U bent aangemeld als ${escape(roles.join(', '))}.</p>\n<p><a href="/">Naar het overzicht</a></p>\n${form('/afmelden', { csrf }, 'Afmelden')}`,
  );

/** @param code of a link that was followed; used up only when the form is sent */
export const signInPage = (code: string | undefined, hasProvider: boolean): string => {
  const ways = [
    ...(code === undefined ? [] : [form('/aanmelden', { code }, 'Aanmelden')]),
    ...(hasProvider ? ['<p><a href="/aanmelden/dienst">Aanmelden via uw organisatie</a></p>'] : []),
  ];
  const none = '<p>Maak op de machine zelf een link met <code>ledger sign-in</code>.</p>';
  return page('Aanmelden', ways.length === 0 ? none : ways.join('\n'));
};

export const refusedPage = (why: string): string =>
  page(
    'Aanmelden lukt niet',
    `<p>${escape(why)}</p>\n<p><a href="/aanmelden">Opnieuw proberen</a></p>`,
  );
