/** Long lists in pages. What stands on a page is fixed, since its address names the moment. */
import type { Asked } from './asked.ts';
import { html, type Html, type Part } from './html.ts';
import { sequenceIn } from './moment.ts';
import { countText } from './notation.ts';
import { link } from './parts.ts';

/** Rows that a page shows. */
const atOnce = 100;

/**
 * The rows of the page that is asked for by `vanaf`, and the steps to the pages beside it.
 * @param path of the page itself; what it was asked for goes along
 */
export const paged = <Row>(
  { query, link: to }: Pick<Asked, 'query' | 'link'>,
  path: string,
  all: readonly Row[],
): { readonly rows: readonly Row[]; readonly steps: Part } => {
  const wanted = Math.max(0, sequenceIn(query['vanaf']) ?? 0);
  // Beyond the last row one sees the last page, not nothing.
  const from = wanted < all.length ? wanted : Math.max(0, all.length - atOnce);
  const until = Math.min(all.length, from + atOnce);
  const at = (vanaf: number, name: string): Html => link(to(path, { ...query, vanaf }), name);
  return {
    rows: all.slice(from, until),
    steps:
      all.length > atOnce &&
      html`<nav class="pages" aria-label="Bladeren">
        <span
          >${countText(from + 1)} tot en met ${countText(until)} van ${countText(all.length)}</span
        >
        <span class="pages__steps">
          ${from > 0 && at(Math.max(0, from - atOnce), 'Vorige')}
          ${until < all.length && at(until, 'Volgende')}
        </span>
      </nav>`,
  };
};
