/** Rules R1 – R21: what they say, who gives them force, and their figures, from a date. */
import { z } from 'zod';
import { event } from './define.ts';
import { DecimalText, Line, Note, Slug, Ulid } from './values.ts';

export const RuleNumber = z.string().regex(/^R([1-9]|[1-9]\d)$/);

/** `decision`, `agreement`, `law` and `design` refuse; `advice` and `explanation` only warn. */
const Authority = z.enum(['decision', 'agreement', 'advice', 'explanation', 'law', 'design']);
type Authority = z.infer<typeof Authority>;

const FigureUnit = z.enum(['percent', 'years', 'months', 'count', 'cents', 'year']);

/** A rule as it holds from the valid date on. A later event for the same rule replaces it. */
export const RuleSet = event(
  'RuleSet',
  z.strictObject({
    rule: RuleNumber,
    title: Line,
    summary: Note,
    authority: Authority,
    /** Decisions that give it force. */
    decisionIds: z.array(Ulid).max(20),
    /** Agreement that gives it force, when the authority is `agreement` and it is held. */
    agreementId: Ulid.optional(),
    figures: z.array(z.strictObject({ name: Slug, value: DecimalText, unit: FigureUnit })).max(20),
  }),
  (data) => ({
    rule: data.rule.toLowerCase(),
    decision: data.decisionIds,
    agreement: data.agreementId,
  }),
);

export const RuleEnded = event(
  'RuleEnded',
  z.strictObject({ rule: RuleNumber, reason: Note }),
  (data) => ({ rule: data.rule.toLowerCase() }),
);

export const ruleEvents = [RuleSet, RuleEnded] as const;
