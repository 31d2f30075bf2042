/** One step of the example: a command as in a history file, and how the steps are written down. */
import type { Evidence } from '../entry.ts';

export interface Step {
  readonly command: string;
  /** Local date from which it holds. */
  readonly validFrom: string;
  readonly mode: 'take' | 'register';
  readonly evidence?: readonly Evidence[];
  /** `@label` stands for a ULID, `#name` for the first event of the step of that name. */
  readonly body: Readonly<Record<string, unknown>>;
  /** By which later steps call the first of its events. */
  readonly name?: string;
}

type Body = Step['body'];
type More = Pick<Step, 'name'>;

/** Taken here and now, so all rules that have force are kept. */
export const take = (command: string, validFrom: string, body: Body, more: More = {}): Step => ({
  command,
  validFrom,
  mode: 'take',
  body,
  ...more,
});

const madeUp: readonly Evidence[] = [{ source: 'Voorbeeld', place: 'verzonnen', basis: 'stated' }];

/** Registered as it is said to have happened; a broken rule becomes a finding. */
export const register = (
  command: string,
  validFrom: string,
  body: Body,
  more: More & Pick<Step, 'evidence'> = {},
): Step => ({ command, validFrom, mode: 'register', evidence: madeUp, body, ...more });

/** A judgement shows something by its evidence only. */
export const withEvidence = (step: Step): Step => ({ ...step, evidence: madeUp });

/** The members of 2025 and 2026, with made-up weights of the distribution key. */
export const members = [
  { code: 'gm1721', label: 'bernheze', weight: '6.2', share: '16.5' },
  { code: 'gm0755', label: 'boekel', weight: '2.7', share: '5.5' },
  { code: 'gm1982', label: 'land-van-cuijk', weight: '23.8', share: '20' },
  { code: 'gm1991', label: 'maashorst', weight: '15.6', share: '17' },
  { code: 'gm1948', label: 'meierijstad', weight: '9.9', share: '18' },
  { code: 'gm0828', label: 'oss', weight: '41.8', share: '23' },
] as const;

export const codes: readonly string[] = members.map(({ code }) => code);

export const daysLater = (date: string, days: number): string =>
  Temporal.PlainDate.from(date).add({ days }).toString();

/** Months `YYYY-MM` of a year, the first of them first. */
export const monthsOf = (year: number, count = 12): readonly string[] =>
  Array.from({ length: count }, (_, i) => `${year}-${String(i + 1).padStart(2, '0')}`);

/** Whole euros as cents. */
export const euros = (amount: number): string => `${amount}00`;
