/**
 * The one stylesheet: tokens of the theme, components of NL Design System, and our own. Put
 * together once, from the packages as they are, so that a later version needs no work.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const packages = createRequire(import.meta.url);
const fileOf = (name: string): string => readFileSync(packages.resolve(name), 'utf8');
const ownFile = (name: string): string =>
  readFileSync(join(import.meta.dirname, 'style', name), 'utf8');

const theme = '@nl-design-system-unstable/voorbeeld-design-tokens/dist/theme.css';
const components = [
  '@nl-design-system-candidate/button-css/button.css',
  '@nl-design-system-candidate/data-badge-css/data-badge.css',
  '@nl-design-system-candidate/heading-css/heading.css',
  '@nl-design-system-candidate/link-css/link.css',
  '@nl-design-system-candidate/paragraph-css/paragraph.css',
  '@nl-design-system-candidate/skip-link-css/skip-link.css',
  '@utrecht/textbox-css/dist/index.css',
];
const own = ['frame.css', 'parts.css', 'dark.css', 'print.css'];

export const fontFile = packages.resolve(
  '@fontsource-variable/source-sans-3/files/source-sans-3-latin-wght-normal.woff2',
);

const withoutNotes = (css: string): string => css.replace(/\/\*[\s\S]*?\*\//g, '');

/** Variables that are named somewhere, and those that they are made of. */
const used = (tokens: ReadonlyMap<string, string>, css: string): ReadonlySet<string> => {
  const found = new Set<string>();
  const look = (text: string): void => {
    for (const [name] of text.matchAll(/--[a-z0-9-]+/g)) {
      const value = tokens.get(name);
      if (value === undefined || found.has(name)) continue;
      found.add(name);
      look(value);
    }
  };
  look(css);
  return found;
};

/** The theme's tokens, without those that nothing here uses: they are nine tenths of it. */
const pruned = (css: string, by: string): string => {
  const tokens = new Map(
    [...withoutNotes(css).matchAll(/(--[a-z0-9-]+)\s*:\s*([^;}]+)/g)].map(([, name, value]) => [
      name!,
      value!.trim(),
    ]),
  );
  const wanted = used(tokens, by);
  const lines = [...tokens]
    .filter(([name]) => wanted.has(name))
    .map(([name, value]) => `${name}:${value}`);
  return `.voorbeeld-theme{${lines.join(';')}}`;
};

export const stylesheet = (): string => {
  const rest = withoutNotes(components.map(fileOf).join('\n'));
  const ours = withoutNotes(own.map(ownFile).join('\n'));
  return [
    '@layer tokens, nlds, own;',
    `@layer tokens{${pruned(fileOf(theme), rest + ours)}}`,
    `@layer nlds{${rest}}`,
    `@layer own{${ours}}`,
  ]
    .join('\n')
    .replace(/\n\s*/g, '\n');
};
