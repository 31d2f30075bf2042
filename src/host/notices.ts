/** What the log has to tell whoever keeps the service, in Dutch. */
import type { LogState } from '../ledger/event-log.ts';

const words = {
  waiting: 'KurrentDB is nog niet bereikbaar; er wordt even gewacht, want er is nog geen spiegel',
  silent: 'KurrentDB is niet bereikbaar; vragen worden beantwoord uit de spiegel',
  answers: 'KurrentDB is weer bereikbaar',
  spoilt: 'Alleen lezen: de stroom in KurrentDB is niet meer die van dit grootboek',
  client: 'De verbinding met KurrentDB gaf een onverwachte fout',
  'other-writer': 'Een ander proces schrijft ook in dit grootboek; dat hoort er maar één te zijn',
} as const;

/** Milliseconds in which the same notice is not told again. */
const pause = 60_000;

/** Tells a notice, but the same kind once a minute at most. */
export const noticesTo = (tell: (line: string) => void) => {
  const told = new Map<string, number>();
  return ({ kind, detail }: { readonly kind: keyof typeof words; readonly detail: string }) => {
    const now = performance.now();
    // That it answers again is told as often as that it does not.
    if (kind === 'other-writer' && now - (told.get(kind) ?? -pause) < pause) return;
    told.set(kind, now);
    tell(`${words[kind]} (${detail}).`);
  };
};

/** Why nothing may be recorded, by the state of the log. */
export const readOnlyBy = (state: LogState | undefined): string | undefined =>
  state?.trouble === undefined ? undefined : `${words.spoilt}: ${state.trouble}.`;
