/** Beside a person there is no free text: what people write down would tell what is sealed. */
import type { Evidence } from '../../events/entry.ts';
import { type Context, type Outcome, refuse } from './core.ts';

/** The documents of the history, the statistics office, or a ULID of the registrar's own. */
const plainSource = /^(S[0-9]|CBS|[0-7][0-9A-HJKMNP-TV-Z]{25})$/;

const isPlain = ({ source, place, basis, reasoning, planned, learnedOn }: Evidence): boolean =>
  plainSource.test(source) &&
  basis === 'stated' &&
  [place, reasoning, planned, learnedOn?.wording].every((text) => text === undefined);

/** Refuses evidence and dates with words of one's own; undefined: there are none. */
export const wordsBeside = ({ evidence, validFrom }: Context): Outcome | undefined =>
  validFrom.wording === undefined && evidence.every(isPlain)
    ? undefined
    : refuse(
        'contradiction',
        'Bij een persoon kan geen vrije tekst: noem als bron alleen een ULID of S0 – S4, zonder plaats, uitleg of omschrijving.',
      );

const reasons: readonly string[] = ['vergissing', 'dubbel vastgelegd', 'onjuiste bron', 'opgelost'];

/** Refuses a reason in words of one's own. */
export const reasonBeside = (reason: string, context: Context): Outcome | undefined =>
  reasons.includes(reason)
    ? wordsBeside(context)
    : refuse('contradiction', `Bij een persoon is de reden een van: ${reasons.join(', ')}.`);

/** Tags of things that are one person's. */
const personalTag = /^(person|referral|placement|circumstance):/;

/** Refuses text that says to be about a person. */
export const textAbout = (about: readonly string[]): Outcome | undefined =>
  about.some((tag) => personalTag.test(tag))
    ? refuse('contradiction', 'Over een persoon kan geen vrije tekst worden vastgelegd.')
    : undefined;
