/** What it costs an append that who asks is known by a token, and may do it. */
import { join } from 'node:path';
import { tokensIn } from '../../src/host/tokens.ts';
import { reachOf } from '../../src/ledger/access/index.ts';
import type { Row } from './report.ts';
import { clock, compared, hmac, ids, servedLedger } from './served.ts';

export const benchAccess = async (folder: string): Promise<readonly Row[]> => {
  const { ledger, close } = await servedLedger(folder);
  const tokens = tokensIn({ file: join(folder, 'office', 'tokens.json'), clock, ids, hmac });
  const { token } = tokens.create({ role: 'registrar', expires: '2999-12-31' });
  const request = (n: number) => ({
    command: 'record-occurrence',
    body: { kind: 'meeting', title: `Overleg ${n}`, about: [] },
    key: ids.ulid(),
  });
  // As long as who acts is on every event, asked or not.
  const actor = { id: tokens.holder(token)!.id, office: 'registrar' };
  const free = (n: number) => ledger.record({ ...request(n), actor });
  const checked = async (n: number): Promise<unknown> => {
    const caller = tokens.holder(token)!;
    if (reachOf(caller.access, 'occurrences', 'record') === undefined) throw new Error('may not');
    return ledger.as(caller).record(request(n));
  };
  const { rate, ratio } = await compared(checked, free);
  await close();
  return [
    {
      what: 'appends by 32 writers, each known by a token and by what it may',
      figure: `${ratio.toFixed(2)} × without, ${Math.round(rate)}/s`,
      target: '≥ 0.9 ×',
      met: ratio >= 0.9,
    },
  ];
};
