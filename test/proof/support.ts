/** A ledger of four events, to be exported and tampered with. */
import { type TestLedger, testLedger } from '../support/ledger.ts';

/** Of a test ledger's checkpoints. */
export const origin = 'partnership-ledger/0123456789abcdef0123456789abcdef';

const members = [
  ['gm0828', 'Oss'],
  ['gm1721', 'Bernheze'],
  ['gm0755', 'Boekel'],
] as const;

export const small = async (): Promise<TestLedger> => {
  const made = await testLedger();
  for (const [municipality, name] of members)
    await made.take('join-member', { municipality, name });
  return made;
};
