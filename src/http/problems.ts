/**
 * Everything that is not carried out is told as a problem (RFC 9457): one closed list of codes,
 * each with its status. What happened inside is never told.
 */
import { z } from 'zod';
import { clockText } from '../ledger/clock-text.ts';
import { ClockError, LogClosedError, LogUnavailableError } from '../ledger/event-log.ts';
import { KeysHeldError, LookLogError } from '../ledger/ports.ts';
import { type Flaw, type Problem, ProblemError } from '../ledger/errors.ts';

/** Status and Dutch title of every code that an answer can carry. */
export const problemCodes = {
  invalid: [400, 'Ongeldige invoer'],
  unauthenticated: [401, 'Niet aangemeld'],
  forbidden: [403, 'Dit mag u niet'],
  'not-found': [404, 'Niet gevonden'],
  'method-not-allowed': [405, 'Deze methode kan hier niet'],
  timeout: [408, 'Het verzoek kwam niet op tijd binnen'],
  'already-exists': [409, 'Bestaat al'],
  'unknown-reference': [409, 'Verwijst naar iets onbekends'],
  'not-a-member': [409, 'Geen deelnemer'],
  contradiction: [409, 'In strijd met het grootboek'],
  'nothing-to-do': [409, 'Er valt niets te wijzigen'],
  rule: [409, 'Geweigerd door een regel'],
  'key-reused': [409, 'Sleutel al gebruikt'],
  'too-many': [409, 'Meer kunnen er niet zijn'],
  ended: [409, 'Beëindigd'],
  erased: [410, 'Gewist'],
  stale: [412, 'Intussen veranderd'],
  'too-large': [413, 'Te groot'],
  'unsupported-media-type': [415, 'Dit soort inhoud kan niet'],
  'precondition-required': [428, 'If-Match ontbreekt'],
  'too-many-requests': [429, 'Te veel verzoeken'],
  'headers-too-large': [431, 'De kopregels zijn te groot'],
  internal: [500, 'Fout in het grootboek'],
  'read-only': [503, 'Alleen lezen'],
  unavailable: [503, 'Nu niet beschikbaar'],
} as const satisfies Record<string, readonly [number, string]>;

export type HttpCode = keyof typeof problemCodes;
const names = Object.keys(problemCodes) as [HttpCode, ...HttpCode[]];

/** Seconds after which trying again may help. */
const retryAfter = '5';

/** What a client may be told; the body of every 4xx and 5xx. */
export const ProblemBody = z
  .looseObject({
    type: z.string().meta({ description: 'Adres van de uitleg bij deze code' }),
    title: z.string(),
    status: z.int().min(400).max(599),
    detail: z.string().meta({ description: 'Wat er aan de hand is, in het Nederlands' }),
    code: z.enum(names),
    rule: z.string().optional().meta({ description: 'De regel die weigert', example: 'R2' }),
    decision: z.string().optional().meta({ description: 'Id van het besluit achter die regel' }),
    decisions: z
      .array(z.object({ decisionId: z.string(), number: z.string().optional(), title: z.string() }))
      .optional()
      .meta({ description: 'Alle besluiten achter die regel, met nummer en titel' }),
    agreement: z.string().optional().meta({ description: 'Id van de overeenkomst erachter' }),
    errors: z
      .array(
        z.object({
          pointer: z.string().meta({ description: 'JSON-pointer, of de naam van een parameter' }),
          detail: z.string(),
        }),
      )
      .optional(),
    since: z
      .array(z.object({ sequence: z.int(), type: z.string() }))
      .optional()
      .meta({ description: 'Wat er gebeurde sinds u het las (bij 412)' }),
  })
  .meta({ id: 'Problem', description: 'Waarom iets niet kon (RFC 9457)' });

/** A problem of HTTP itself; the ledger's own are {@link ProblemError}s. */
export class HttpProblem extends Error {
  override readonly name = 'HttpProblem';
  readonly problem: HttpCode;
  readonly headers: Readonly<Record<string, string>>;
  constructor(problem: HttpCode, detail: string, headers: Readonly<Record<string, string>> = {}) {
    super(detail);
    this.problem = problem;
    this.headers = headers;
  }
  /** As the framework's own errors have it. */
  get statusCode(): number {
    return problemCodes[this.problem][0];
  }
}

interface ProblemAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: z.infer<typeof ProblemBody>;
}

export const invalidInput = (flaws: readonly Flaw[]): ProblemError =>
  new ProblemError({
    code: 'invalid',
    detail: `Ongeldige invoer: ${flaws.map((f) => `${f.pointer}: ${f.detail}`).join('; ')}`,
    errors: flaws,
  });

/** The answer for anything thrown; undefined for what must not happen. */
export const problemOf = (error: unknown): ProblemAnswer | undefined => {
  if (error instanceof ProblemError) return answerOf(error.problem);
  if (error instanceof HttpProblem) return answer(error.problem, error.message, {}, error.headers);
  if (error instanceof LookLogError)
    return answer('unavailable', 'Het logboek van inzage is nu niet bereikbaar.');
  if (error instanceof KeysHeldError)
    return answer(
      'unavailable',
      'Een ander programma leest de sleutels van personen. Sluit dat, en probeer het opnieuw.',
    );
  if (error instanceof ClockError) return answer('unavailable', clockText(error));
  if (error instanceof LogUnavailableError || error instanceof LogClosedError)
    return answer('unavailable', 'Het grootboek is nu niet bereikbaar. Probeer het zo weer.');
  return frameworkProblem(error);
};

export const internalProblem = (): ProblemAnswer =>
  answer('internal', 'Er ging iets mis in het grootboek zelf. Er is niets vastgelegd.');

export const answer = (
  code: HttpCode,
  detail: string,
  more: Readonly<Record<string, unknown>> = {},
  headers: Readonly<Record<string, string>> = {},
): ProblemAnswer => {
  const [status, title] = problemCodes[code];
  return {
    status,
    headers: status === 503 ? { 'retry-after': retryAfter, ...headers } : headers,
    body: { type: `/docs#${code}`, title, status, detail, code, ...more },
  };
};

const answerOf = ({ code, detail, errors, refusal, decisions, since }: Problem): ProblemAnswer => {
  const about = {
    ...(refusal?.rule === undefined ? {} : { rule: refusal.rule }),
    ...(refusal?.decisionIds === undefined ? {} : { decision: refusal.decisionIds[0] }),
    ...(decisions === undefined ? {} : { decisions }),
    ...(refusal?.agreementId === undefined ? {} : { agreement: refusal.agreementId }),
    ...(refusal?.authority === undefined ? {} : { authority: refusal.authority }),
    ...(refusal?.ruleEventId === undefined ? {} : { ruleEventId: refusal.ruleEventId }),
    ...(errors === undefined ? {} : { errors }),
    ...(since === undefined ? {} : { since }),
  };
  if (code !== 'refused') return answer(code, detail, about);
  return answer(refusal?.code ?? 'contradiction', detail, about);
};

const frameworkCodes: Readonly<Record<string, readonly [HttpCode, string]>> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: [
    'unsupported-media-type',
    'Stuur de inhoud als application/json in UTF-8.',
  ],
  FST_ERR_CTP_BODY_TOO_LARGE: ['too-large', 'De inhoud is groter dan hier is toegestaan.'],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: [
    'invalid',
    'De inhoud is korter of langer dan aangekondigd.',
  ],
  FST_ERR_CTP_EMPTY_JSON_BODY: ['invalid', 'De inhoud is leeg; verwacht een JSON-object.'],
  FST_ERR_BAD_URL: ['invalid', 'Het adres bevat een ongeldige procentcodering.'],
  FST_ERR_MAX_PARAM_LENGTH: ['not-found', 'Dit adres bestaat niet.'],
  FST_ERR_REQUEST_TIMEOUT: ['timeout', 'Het verzoek duurde te lang.'],
};

/** Problems found by the framework; anything else that is the sender's fault is `invalid`. */
const frameworkProblem = (error: unknown): ProblemAnswer | undefined => {
  const { code, statusCode } = error as { readonly code?: unknown; readonly statusCode?: unknown };
  const known = typeof code === 'string' ? frameworkCodes[code] : undefined;
  if (known !== undefined) return answer(known[0], known[1]);
  const sent = typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500;
  return sent ? answer('invalid', 'Dit verzoek kan niet worden gelezen.') : undefined;
};
