/** The state that commands are decided on: every noun's slice, folded from the events seen. */
import type { Entry } from '../../events/index.ts';
import { type OpenedFields, standing } from './core.ts';
import { type Agreements, agreementsOf } from './agreements.ts';
import { type Areas, areasOf } from './areas.ts';
import { type Bodies, bodiesOf } from './bodies.ts';
import { type Decisions, decisionsOf } from './decisions.ts';
import { type Findings, findingsOf } from './findings.ts';
import { type LumpSums, lumpSumsOf } from './lump-sums.ts';
import { type Members, membersOf } from './members.ts';
import { type Packages, packagesOf } from './package.ts';
import { type People, peopleOf } from './people.ts';
import { type PeriodTotals, periodTotalsOf } from './period-totals.ts';
import { type Rules, rulesOf } from './rules.ts';

export interface Books {
  /** What stands (not reversed), in order. */
  readonly events: readonly Entry[];
  /** Everything seen, reversals included. */
  readonly seen: readonly Entry[];
  readonly members: Members;
  readonly bodies: Bodies;
  readonly areas: Areas;
  readonly decisions: Decisions;
  readonly agreements: Agreements;
  readonly rules: Rules;
  readonly packages: Packages;
  readonly lumpSums: LumpSums;
  readonly findings: Findings;
  readonly people: People;
  readonly periodTotals: PeriodTotals;
}

/** @param opened what was sealed in these events, as far as it may be known here */
export const booksOf = (seen: readonly Entry[], opened: OpenedFields = new Map()): Books => {
  const events = standing(seen);
  return {
    events,
    seen,
    members: membersOf(events),
    bodies: bodiesOf(events),
    areas: areasOf(events),
    decisions: decisionsOf(events),
    agreements: agreementsOf(events),
    rules: rulesOf(events),
    packages: packagesOf(events),
    lumpSums: lumpSumsOf(events),
    findings: findingsOf(events),
    people: peopleOf(events, opened),
    periodTotals: periodTotalsOf(events),
  };
};
