/** One browser for a file of tests, and pages in it that keep what goes wrong. */
import {
  type Browser,
  type BrowserContextOptions,
  chromium,
  type Locator,
  type Page,
} from 'playwright-core';
import { findChromium } from './chromium.ts';

/** Narrowest and usual width, in CSS px. */
type Width = 320 | 1440;

export interface Look {
  readonly width: Width;
  readonly scheme: 'light' | 'dark';
  /** False: as if the browser had no JavaScript. */
  readonly script?: boolean;
}

export interface Opened {
  readonly page: Page;
  /** Errors in the console and in scripts, and requests to anywhere but the site. */
  readonly problems: string[];
}

export const launch = (): Promise<Browser> => {
  const executablePath = findChromium(process.env);
  if (executablePath === undefined) throw new Error('No Chromium here; see `npm run browser`.');
  // The sandbox of Chromium refuses to run as root; what it opens here is ours.
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return chromium.launch({ executablePath, args });
};

const optionsOf = ({ width, scheme, script = true }: Look): BrowserContextOptions => ({
  viewport: { width, height: 900 },
  colorScheme: scheme,
  javaScriptEnabled: script,
  locale: 'nl-NL',
});

export const open = async (browser: Browser, address: string, look: Look): Promise<Opened> => {
  const context = await browser.newContext({ ...optionsOf(look), baseURL: address });
  const page = await context.newPage();
  const problems: string[] = [];
  page.on('console', (said) => {
    if (said.type() === 'error') problems.push(`console: ${said.text()}`);
  });
  page.on('pageerror', (error) => problems.push(`script: ${error.message}`));
  page.on('request', (request) => {
    if (!request.url().startsWith(`${address}/`)) problems.push(`elsewhere: ${request.url()}`);
  });
  return { page, problems };
};

/** What stands there; where a line may not end is no part of what it says. */
export const textIn = async (found: Locator): Promise<string> =>
  (await found.innerText()).replaceAll('\u00a0', ' ');
