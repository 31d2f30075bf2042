/** How it stands with the stream, without opening the log: it may be open in another process. */
import type { Sequence } from '../../ledger/event-log.ts';
import { type Examined, headIn } from '../examining.ts';
import type { KurrentAddress } from './address.ts';
import { mirrorFile } from './mirror.ts';
import { kurrentServer } from './server.ts';
import { aheadOfServer } from './server-time.ts';

const deadlines = { append: 2_000, read: 5_000 };

export const examineStream = async (
  address: KurrentAddress,
  stream: string,
  mirrorFolder: string,
): Promise<Examined> => {
  const server = kurrentServer(address, stream, deadlines);
  const { head: mirrorHead } = headIn(mirrorFile(mirrorFolder));
  const mirrored = mirrorHead === undefined ? {} : { mirrored: mirrorHead.sequence };
  try {
    const last = await server.last();
    const limits = await server.limits();
    const ahead = await aheadOfServer(server);
    return {
      reachable: true,
      ...mirrored,
      ...(limits === undefined ? {} : { limits }),
      ...(ahead === undefined ? {} : { ahead }),
      ...(last === undefined ? { head: { sequence: -1 } } : headOf(last)),
    };
  } catch (error) {
    const failure = error instanceof Error ? error.message : String(error);
    return { reachable: false, failure, ...mirrored };
  } finally {
    await server.close();
  }
};

const headOf = ({
  revision,
  text = '{}',
  created,
}: {
  readonly revision: Sequence;
  readonly text: string | undefined;
  readonly created: number;
}) => {
  const { recordedAt } = JSON.parse(text) as { readonly recordedAt?: string };
  if (recordedAt === undefined) return { head: { sequence: revision } };
  return {
    head: { sequence: revision, recordedAt },
    skew: created - Date.parse(recordedAt),
  };
};
