/** The state that commands are decided on: every noun's slice, folded from the events seen. */
import type { Entry } from '../../events/index.ts';
import { type OpenedFields, standing } from './core.ts';
import { type Agreements, agreementsOf } from './agreements.ts';
import { type Areas, areasOf } from './areas.ts';
import { type Closings, closingsOf } from './bookkeeping.ts';
import { type Assignments, assignmentsOf } from './assignments.ts';
import { type Bodies, bodiesOf } from './bodies.ts';
import { type Decisions, decisionsOf } from './decisions.ts';
import { type Erasures, erasuresOf } from './erasures.ts';
import { type Evaluations, evaluationsOf } from './evaluations.ts';
import { type Findings, findingsOf } from './findings.ts';
import { type Lawfulness, lawfulnessOf } from './lawfulness.ts';
import { type Goals, goalsOf } from './goals.ts';
import { type LumpSums, lumpSumsOf } from './lump-sums.ts';
import { type Members, membersOf } from './members.ts';
import { type Money, moneyOf } from './money.ts';
import { type Packages, packagesOf } from './package.ts';
import { type AreaAgreements, areaAgreementsOf } from './area-agreements.ts';
import { type Pilots, pilotsOf } from './pilots.ts';
import { type PlusContracts, plusContractsOf } from './plus-contracts.ts';
import { type PlusServices, plusServicesOf } from './plus-services.ts';
import { type Practices, practicesOf } from './practices.ts';
import { type People, peopleOf } from './people.ts';
import { type PeriodTotals, periodTotalsOf } from './period-totals.ts';
import { type Rules, rulesOf } from './rules.ts';
import { type Turnover, turnoverOf } from './turnover.ts';

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
  readonly lawfulness: Lawfulness;
  readonly closings: Closings;
  readonly money: Money;
  readonly turnover: Turnover;
  readonly plusServices: PlusServices;
  readonly plusContracts: PlusContracts;
  readonly pilots: Pilots;
  readonly areaAgreements: AreaAgreements;
  readonly goals: Goals;
  readonly evaluations: Evaluations;
  readonly assignments: Assignments;
  readonly practices: Practices;
  readonly findings: Findings;
  readonly people: People;
  readonly erasures: Erasures;
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
    lawfulness: lawfulnessOf(events),
    closings: closingsOf(events),
    money: moneyOf(events),
    turnover: turnoverOf(events),
    plusServices: plusServicesOf(events),
    plusContracts: plusContractsOf(events),
    pilots: pilotsOf(events),
    areaAgreements: areaAgreementsOf(events),
    goals: goalsOf(events),
    evaluations: evaluationsOf(events),
    assignments: assignmentsOf(events),
    practices: practicesOf(events),
    findings: findingsOf(events),
    people: peopleOf(events, opened),
    erasures: erasuresOf(events),
    periodTotals: periodTotalsOf(events),
  };
};
