/** What is filled in stays text; a template that would let it be more is refused. */
import { describe, expect, test } from 'vitest';
import { href, html, type Part } from '../../src/web/html.ts';

const text = (part: { readonly text: string }): string => part.text;

describe('what is filled in', () => {
  const risky = `<b>&"'</b>`;

  test('is escaped in text and in attributes', () => {
    expect(text(html`<p title="${risky}">${risky}</p>`)).toBe(
      '<p title="&lt;b&gt;&amp;&quot;&#39;&lt;/b&gt;">&lt;b&gt;&amp;&quot;&#39;&lt;/b&gt;</p>',
    );
  });

  test('is escaped in lists and in addresses', () => {
    expect(text(html`<p>${['<', ['>']]}</p>`)).toBe('<p>&lt;&gt;</p>');
    expect(text(html`<a href="${href('/x', { q: '"&<' }, 'y')}">z</a>`)).toBe(
      '<a href="/x?q=%22%26%3C#y">z</a>',
    );
  });

  test('is markup only when a template made it', () => {
    expect(text(html`<p>${html`<b>${'<'}</b>`}</p>`)).toBe('<p><b>&lt;</b></p>');
    const alike = { text: '<b>' } as unknown as Part;
    expect(() => html`<p>${alike}</p>`).toThrow(TypeError);
  });

  test('may be nothing, or a number', () => {
    expect(text(html`<p>${undefined}${false}${0}</p>`)).toBe('<p>0</p>');
  });

  test('as an attribute comes from a template', () => {
    expect(text(html`<option ${html`selected`} value="${1}"></option>`)).toBe(
      '<option selected value="1"></option>',
    );
    expect(text(html`<a ${false} ${undefined} title="x">y</a>`)).toBe('<a   title="x">y</a>');
    expect(() => html`<a ${'onclick=x'} title="x">y</a>`).toThrow('made with html');
  });
});

describe('a template is refused', () => {
  const value = 'x';
  // Under this name the formatter leaves them as they are, quotes and room and all.
  const template = html;

  test.each<[string, () => unknown]>([
    ['with a value without quotes', () => template`<p class=${value}>x</p>`],
    ['with a value in single quotes', () => template`<p class='${value}'>x</p>`],
    ['with a value after more in single quotes', () => template`<p class='a ${value}'>x</p>`],
    ['with a value as the name of an element', () => template`<${value}>x</p>`],
    ['with a value as part of a name', () => template`<p data-${value}="x">y</p>`],
    ['with a value in a comment', () => template`<!-- ${value} -->`],
    ['with a handler', () => template`<p onclick="x">y</p>`],
    ['with a handler in capitals', () => template`<p ONCLICK="x">y</p>`],
    ['with a handler on a line of its own', () => template`<p\nonclick = "x">y</p>`],
    ['with a handler right after another attribute', () => template`<p title="x"onclick="y">z</p>`],
    ['with a handler after a slash', () => template`<svg/onload="x">y</svg>`],
    ['that is a handler', () => template`onclick="x"`],
    ['with styles in an element', () => template`<p style="color: red">y</p>`],
    ['that is styles', () => template`style="color: red"`],
    ['with a sheet of styles', () => template`<style>${value}</style>`],
    ['with a page in an attribute', () => template`<iframe srcdoc="x"></iframe>`],
    ['with a script', () => template`<script>${value}</script>`],
    ['with a script in capitals', () => template`<SCRIPT>x</SCRIPT>`],
    ['with an address that runs', () => template`<a href="javascript:x()">y</a>`],
    ['with such an address, with room before it', () => template`<a href=" JavaScript:x()">y</a>`],
    ['with text as an address', () => template`<a href="${value}">y</a>`],
    ['with text as where a form goes', () => template`<form action="${value}">y</form>`],
    ['with text as where a button goes', () => template`<button formaction="${value}">y</button>`],
    ['with text as part of an address', () => template`<a href="/x/${value}">y</a>`],
    ['with text as a source', () => template`<img src="${value}" />`],
  ])('%s', (_, make) => {
    expect(make).toThrow(Error);
  });

  test('also the second time', () => {
    const make = (): unknown => template`<p class=${value}>x</p>`;
    expect(make).toThrow('stands loose');
    expect(make).toThrow('stands loose');
  });
});

describe('an address', () => {
  test.each(['javascript:alert(1)', '//elders.nl', '/\\elders.nl', 'https://elders.nl', '', 'x'])(
    'is not %s',
    (path) => {
      expect(() => href(path)).toThrow('not a path of this service');
    },
  );

  test('leaves out what is not asked', () => {
    expect(href('/x', { a: undefined, b: 0 }).address).toBe('/x?b=0');
    expect(href('/').address).toBe('/');
  });
});
