/** R1: the course of a decision, and who takes each step (decisions 15 – 17). */
import { type Decision, decisionStatus } from '../decisions.ts';
import { type Breach, ruleOf } from '../rules.ts';

export const r1 = ruleOf('R1');

/** The ambtelijke stuurgroep advises, and before the decision. */
export const adviceBreaches = (decision: Decision, body: string, date: string): Breach[] => [
  ...(body === 'stuurgroep'
    ? []
    : [r1.breach('advised-by-another-body', 'De ambtelijke stuurgroep adviseert.')]),
  ...(decision.decided && decision.decided.validFrom.latest < date
    ? [r1.breach('advised-after-decision', 'Het advies kwam na het besluit.')]
    : []),
];

/** The bestuurlijk overleg decides, and has been advised. */
export const decisionBreaches = (decision: Decision, body: string): Breach[] => [
  ...(decision.advised === undefined
    ? [r1.breach('advice-missing', 'Er is geen advies van de ambtelijke stuurgroep vastgelegd.')]
    : []),
  ...(body === 'bestuurlijk-overleg'
    ? []
    : [r1.breach('decided-by-another-body', 'Het bestuurlijk overleg besluit.')]),
];

/** Members adopt what the bestuurlijk overleg has decided. */
export const adoptionBreaches = (decision: Decision): Breach[] =>
  decision.decided === undefined
    ? [r1.breach('adopted-before-decision', 'Het bestuurlijk overleg heeft nog niet besloten.')]
    : [];

/** What takes the place of a decision is itself in force. */
export const successorBreaches = (successor: Decision, date: string): Breach[] =>
  decisionStatus(successor, date) === 'in-force'
    ? []
    : [r1.breach('successor-not-in-force', `Het andere besluit is op ${date} niet van kracht.`)];
