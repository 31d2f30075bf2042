/** Charts as SVG: widths in per cent and text in px, so that they stay readable on a phone. */
import { html, type Href, type Html } from './html.ts';
import { decimalText } from './notation.ts';

const percent = (part: number, whole: number): string =>
  `${whole === 0 ? 0 : Math.round((part / whole) * 1000) / 10}%`;

interface Bars {
  readonly title: string;
  readonly description: string;
  /** Names of the two series, in order; one is enough. */
  readonly series: readonly string[];
  /** Values in millions of euros, one for each series. */
  readonly rows: readonly { readonly name: string; readonly values: readonly number[] }[];
}

const barHeight = 16;
const gap = 4;
const nameHeight = 22;

/** Bars beside each other; the widest takes three quarters, for its number stands behind it. */
export const bars = ({ title, description, series, rows }: Bars): Html => {
  const most = Math.max(0, ...rows.flatMap(({ values }) => values));
  const rowHeight = nameHeight + series.length * (barHeight + gap) + 12;
  return html`<figure class="bars">
    <ul class="legend" aria-hidden="true">
      ${series.map(
        (name, i) =>
          html`<li>
            <svg>
              <rect
                width="100%"
                height="100%"
                class="bar ${barClass(i, series.length)}"
              ></rect></svg
            >${name}
          </li>`,
      )}
    </ul>
    <svg
      width="100%"
      height="${rows.length * rowHeight}"
      role="img"
      aria-label="${title}. ${description}"
    >
      <defs>
        <pattern
          id="arcering"
          width="6"
          height="6"
          patternUnits="userSpaceOnUse"
          patternTransform="rotate(45)"
        >
          <line class="hatch" x1="0" y1="0" x2="0" y2="6"></line>
        </pattern>
      </defs>
      <line class="axis" x1="0" x2="0" y1="0" y2="100%"></line>
      ${rows.map(({ name, values }, row) => {
        const top = row * rowHeight;
        return html`<text x="6" y="${top + 16}">${name}</text> ${values.map((value, i) => {
            const y = top + nameHeight + i * (barHeight + gap);
            const width = percent(value * 0.75, most);
            return html`<rect
                class="bar ${barClass(i, series.length)}"
                x="0"
                y="${y}"
                width="${width}"
                height="${barHeight}"
              ></rect>
              <svg x="${width}" y="${y}" overflow="visible">
                <text x="8" y="${barHeight - 3}">${decimalText(value.toFixed(2))}</text>
              </svg>`;
          })}`;
      })}
    </svg>
  </figure>`;
};

/** Of two, the earlier is hatched: told apart without colour. */
const barClass = (i: number, count: number): string =>
  count > 1 && i === 0 ? 'bar--before' : 'bar--now';

interface Year {
  readonly year: number;
  readonly count: number;
  readonly to: Href;
  readonly current: boolean;
}

/** How much happened in each year; each year leads to what it was. */
export const timelineChart = (years: readonly Year[]): Html => {
  const most = Math.max(1, ...years.map(({ count }) => count));
  return html`<ol class="years">
    ${years.map(({ year, count, to, current }) => {
      // A square root: a year of import must not make the others vanish.
      const height = count === 0 ? 0 : Math.max(6, Math.round(Math.sqrt(count / most) * 72));
      const mark = current && html`aria-current="date"`;
      return html`<li>
        <a class="nl-link" href="${to}" ${mark}
          ><svg width="100%" height="76" aria-hidden="true">
            <rect
              class="bar"
              x="15%"
              width="70%"
              y="${76 - height}"
              height="${height}"
              rx="2"
            ></rect></svg
          ><span class="years__year">${year}</span
          ><span class="visually-hidden">: ${count} gebeurtenissen</span></a
        >
      </li>`;
    })}
  </ol>`;
};
