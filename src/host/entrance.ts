/** Who may come in: what the office keeps of it, and the identity provider, joined. */
import { join } from 'node:path';
import type { Caller, LinkRequest } from '../ledger/access/index.ts';
import type { Clock, Hmac, Ids } from '../ledger/ports.ts';
import { identityProvider } from './oidc.ts';
import type { Settings } from './settings.ts';
import { tokensIn } from './tokens.ts';

interface EntranceParts {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly hmac: Hmac;
}

/** @throws StartError */
export const openEntrance = ({ folder, access }: Settings, parts: EntranceParts) => {
  const { hmac } = parts;
  const tokens = tokensIn({ file: join(folder, 'office', 'tokens.json'), ...parts });
  const provider = access.provider && identityProvider({ settings: access.provider, hmac });
  const linked = ({ role, municipality, as = '' }: LinkRequest): Caller => ({
    id: hmac(['actor', 'sign-in link', role, municipality ?? '', as].join('\n')).slice(0, 32),
    access: { roles: [role], municipalities: [] },
    municipality,
  });
  return {
    ...access,
    clock: parts.clock,
    tokens,
    provider,
    linked,
    /** A token of our own is known by how it begins. */
    bearer: async (token: string) =>
      token.startsWith('plt_') ? tokens.holder(token) : provider?.bearer(token),
  };
};

type Ask = (method: 'POST', path: string) => Promise<{ readonly body: unknown }>;

/** What a first start says: how its administrator gets in. */
export const firstLink = async (ask: Ask): Promise<string> => {
  const { body } = await ask('POST', '/v1/sign-in-links');
  const { link } = body as { readonly link: string };
  return `Meld u aan als beheerder (één keer, binnen een uur): ${link}`;
};
