/** Settings of who may come in. */
import { StartError } from './start-error.ts';

export interface AccessSettings {
  /** Address by which browsers reach the service; absent: where it listens. */
  readonly url: string | undefined;
  /** A proxy in front speaks TLS, and tells from which address a request came. */
  readonly proxied: boolean;
  /** Requests a minute from one address; ten times that with a token. 0: without limit. */
  readonly perMinute: number;
  /** Where a weakness can be reported. */
  readonly securityContact: string;
  readonly provider: ProviderSettings | undefined;
}

export interface ProviderSettings {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string | undefined;
  /** For whom bearer tokens must be meant. */
  readonly audience: string;
  readonly rolesClaim: string;
  readonly municipalityClaim: string;
}

export const accessNames = [
  'LEDGER_URL',
  'LEDGER_TLS',
  'LEDGER_REQUESTS_PER_MINUTE',
  'LEDGER_SECURITY_CONTACT',
  'LEDGER_OIDC_ISSUER',
  'LEDGER_OIDC_CLIENT_ID',
  'LEDGER_OIDC_CLIENT_SECRET',
  'LEDGER_OIDC_AUDIENCE',
  'LEDGER_OIDC_ROLES_CLAIM',
  'LEDGER_OIDC_MUNICIPALITY_CLAIM',
];

type Setting = (name: string, otherwise: string) => string;

/** @throws StartError, also for a way to be reached that would not be safe */
export const accessSettings = (setting: Setting, host: string): AccessSettings => {
  const url = setting('LEDGER_URL', '');
  const provider = providerIn(setting);
  const proxied = proxiedIn(setting('LEDGER_TLS', 'none'));
  if (!isLoopback(host) && !proxied && provider === undefined)
    throw new StartError(
      `HOST is ${host}, buiten deze machine. Zet LEDGER_TLS=proxy als er TLS voor staat, of LEDGER_OIDC_ISSUER voor een inlogdienst.`,
    );
  return {
    url: url === '' ? undefined : originIn('LEDGER_URL', url),
    proxied,
    perMinute: countIn(setting('LEDGER_REQUESTS_PER_MINUTE', '3000')),
    securityContact: contactIn(
      setting('LEDGER_SECURITY_CONTACT', 'mailto:beheer@partnership-ledger.example'),
    ),
    provider,
  };
};

const isLoopback = (host: string): boolean =>
  /^(localhost|127(\.\d{1,3}){3}|::1|\[::1\])$/.test(host);

const providerIn = (setting: Setting): ProviderSettings | undefined => {
  const issuer = setting('LEDGER_OIDC_ISSUER', '');
  const clientId = setting('LEDGER_OIDC_CLIENT_ID', '');
  const others = accessNames.filter((name) => name.startsWith('LEDGER_OIDC_'));
  if (issuer === '' && others.every((name) => setting(name, '') === '')) return undefined;
  if (issuer === '' || clientId === '')
    throw new StartError('Een inlogdienst vraagt LEDGER_OIDC_ISSUER en LEDGER_OIDC_CLIENT_ID.');
  const secret = setting('LEDGER_OIDC_CLIENT_SECRET', '');
  return {
    issuer: safeUrl('LEDGER_OIDC_ISSUER', issuer).href.replace(
      /\/$/,
      issuer.endsWith('/') ? '/' : '',
    ),
    clientId,
    clientSecret: secret === '' ? undefined : secret,
    audience: setting('LEDGER_OIDC_AUDIENCE', clientId),
    rolesClaim: setting('LEDGER_OIDC_ROLES_CLAIM', 'roles'),
    municipalityClaim: setting('LEDGER_OIDC_MUNICIPALITY_CLAIM', 'municipality'),
  };
};

/** Over TLS, or on this machine. */
const safeUrl = (name: string, text: string): URL => {
  const url = URL.parse(text);
  const isSafe =
    url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url.hostname));
  if (url !== null && isSafe && url.search === '' && url.hash === '' && url.username === '')
    return url;
  throw new StartError(`${name} is ${text}; verwacht een adres met https:// (of op deze machine).`);
};

const originIn = (name: string, text: string): string => {
  const url = safeUrl(name, text);
  if (url.pathname === '/') return url.origin;
  throw new StartError(`${name} is ${text}; verwacht een adres zonder pad.`);
};

const proxiedIn = (text: string): boolean => {
  if (text === 'none' || text === 'proxy') return text === 'proxy';
  throw new StartError(`LEDGER_TLS is ${text}; verwacht none of proxy.`);
};

const countIn = (text: string): number => {
  if (/^\d{1,7}$/.test(text)) return Number(text);
  throw new StartError(
    `LEDGER_REQUESTS_PER_MINUTE is ${text}; verwacht een getal van 0 tot en met 9999999.`,
  );
};

const contactIn = (text: string): string => {
  if (/^(mailto:[^\s@]+@[^\s@]+|https:\/\/\S+)$/.test(text)) return text;
  throw new StartError(`LEDGER_SECURITY_CONTACT is ${text}; verwacht mailto:… of https://…`);
};
