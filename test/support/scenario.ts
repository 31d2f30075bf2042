/** Given / when / then over the pure core: no log, no clock, ids that count. */
import { createHash } from 'node:crypto';
import { expect } from 'vitest';
import { type Entry, type EntryFor, type EntryType, tagsOf } from '../../events/index.ts';
import type { Evidence } from '../../events/entry.ts';
import { onDay, type RoughDate } from '../../events/values.ts';
import type { Remarks } from '../../events/people.ts';
import {
  booksOf,
  commands,
  type Mode,
  type OpenedFields,
  type Outcome,
  type Sight,
} from '../../src/domain/index.ts';

export const stated: Evidence = { source: 'S0', basis: 'stated' };
export const inferred: Evidence = { source: 'S1', basis: 'inferred', reasoning: 'volgt eruit' };

interface Circumstances {
  readonly mode?: Mode;
  readonly on?: string | RoughDate;
  readonly evidence?: readonly Evidence[];
  readonly today?: string;
}

/** The opaque reference to a person, as the shell would give it. */
export const personRef = (personId: string): string =>
  createHash('sha256').update(personId).digest('hex').slice(0, 32);

/** A ULID that stands for a name. */
export const id = (name: string): string =>
  `01${name
    .toUpperCase()
    .replace(/[^0-9A-HJKMNP-TV-Z]/g, '0')
    .padEnd(24, '0')
    .slice(0, 24)}`;

const matches = (entry: Entry, sights: readonly Sight[]): boolean => {
  const tags = tagsOf(entry);
  return sights.some(
    (sight) =>
      (sight.types === undefined || sight.types.includes(entry.type)) &&
      (sight.tags ?? []).every((tag) => tags.includes(tag)),
  );
};

/** The body as the shell gives it to the decider. */
const aboutPerson = (body: { readonly personId?: string }): never => {
  const { personId = '', ...rest } = body;
  return { ...rest, person: personRef(personId) } as never;
};

export class Scenario {
  readonly entries: Entry[] = [];
  /** What the shell would have sealed, per event. */
  readonly #sealed = new Map<string, Record<string, unknown>>();
  #count = 0;

  #next(): string {
    this.#count += 1;
    return this.#count.toString(16).padStart(12, '0');
  }

  /** Decides a command on what it sees, and keeps its events. */
  try(name: string, body: Record<string, unknown>, circumstances: Circumstances = {}): Outcome {
    const command = commands.find((c) => c.name === name);
    if (command === undefined) throw new Error(`no command ${name}`);
    const sent = command.body.parse(body);
    const parsed = command.personal === true ? aboutPerson(sent) : sent;
    const { on = '2021-07-01', mode = 'take', today = '2024-06-01' } = circumstances;
    const evidence = circumstances.evidence ?? (mode === 'register' ? [stated] : []);
    const seen = this.entries.filter((entry) => matches(entry, command.sees(parsed)));
    const outcome = command.decide(parsed, booksOf(seen, this.#opened(parsed)), {
      mode,
      validFrom: typeof on === 'string' ? onDay(on) : on,
      evidence,
      today,
      eventId: () => `0190a000-0000-7000-8000-${this.#next()}`,
      ulid: () => `01FND${this.#next().toUpperCase().padStart(21, '0')}`,
    });
    if (outcome.ok) {
      for (const { toSeal = [], ...event } of outcome.events) {
        const sealed = toSeal.map(({ field, value }) => [field, value] as const);
        if (sealed.length > 0) this.#sealed.set(event.id, Object.fromEntries(sealed));
        this.entries.push({
          format: 1,
          ...event,
          version: 1,
          recordedAt: `2026-01-01T00:00:00.${String(this.entries.length % 1000).padStart(3, '0')}Z`,
          actor: { id: 'test', office: 'registrar' },
          command: { tag: 'a'.repeat(64), input: 'b'.repeat(64) },
          ...(evidence.length === 0 ? {} : { evidence: [...evidence] }),
        } as Entry);
      }
    }
    return outcome;
  }

  /** Given: the command must be accepted. */
  given(name: string, body: Record<string, unknown>, circumstances: Circumstances = {}): this {
    const outcome = this.try(name, body, circumstances);
    if (!outcome.ok) throw new Error(`given ${name}: ${outcome.refusal.detail}`);
    return this;
  }

  /** Given, as a source says so. */
  registered(name: string, body: Record<string, unknown>, circumstances: Circumstances = {}): this {
    return this.given(name, body, { mode: 'register', ...circumstances });
  }

  of<Type extends EntryType>(type: Type): readonly EntryFor<Type>[] {
    return this.entries.filter((e): e is EntryFor<Type> => e.type === type);
  }

  /** What may be known of a person: nothing of another. */
  #opened(body: unknown): OpenedFields {
    const { person } = body as { readonly person?: string };
    const own = this.entries.filter(
      (e) => (e.data as { readonly person?: string }).person === person,
    );
    return new Map(own.map((e) => [e.id, this.#sealed.get(e.id) ?? {}]));
  }

  /** Remarks sealed so far. */
  remarks(): Remarks {
    return [...this.#sealed.values()].flatMap(({ remarks }) => remarks as Remarks);
  }

  /** Kinds of the findings so far. */
  findings(): readonly string[] {
    return this.of('FindingRecorded').map((e) => e.data.kind);
  }
}

/** Then: refused with this code, nothing written. */
export const expectRefused = (
  scenario: Scenario,
  attempt: () => Outcome,
  code: string,
  more: Record<string, unknown> = {},
): void => {
  const before = scenario.entries.length;
  const outcome = attempt();
  expect(outcome.ok ? 'accepted' : outcome.refusal).toMatchObject({ code, ...more });
  expect(scenario.entries.length).toBe(before);
};

/** Then: accepted, with exactly these types of event. */
export const expectAccepted = (outcome: Outcome, ...types: readonly EntryType[]): void => {
  expect(outcome.ok ? outcome.events.map((e) => e.type) : outcome.refusal).toEqual(types);
};

export const codes2021 = [
  'gm1721',
  'gm0755',
  'gm0756',
  'gm1684',
  'gm0786',
  'gm0815',
  'gm1702',
  'gm1685',
  'gm0856',
  'gm1948',
  'gm0828',
];

/** The eleven members of 2021, and rules R1 – R9 by a decision in force. */
export const partnership = (): Scenario => {
  const scenario = new Scenario();
  for (const municipality of codes2021)
    scenario.registered('join-member', { municipality, name: municipality }, { on: '2017-01-01' });
  decisionInForce(scenario, 'ground');
  const rule = (number: string, figures: object[] = [], authority = 'decision') =>
    setRule(scenario, number, authority, figures);
  rule('R1');
  rule('R2', [
    { name: 'period-years', value: '2', unit: 'years' },
    { name: 'first-period-months', value: '18', unit: 'months' },
  ]);
  rule('R3');
  rule('R4', [], 'explanation');
  rule('R5', [], 'explanation');
  rule('R6');
  rule('R7', [{ name: 'surcharge-percent', value: '3', unit: 'percent' }]);
  rule('R8');
  rule('R9', [], 'agreement');
  rule(
    'R12',
    [
      { name: 'loonwaarde-minimum-percent', value: '60', unit: 'percent' },
      { name: 'loonwaarde-maximum-percent', value: '100', unit: 'percent' },
    ],
    'agreement',
  );
  rule('R13', [], 'explanation');
  rule('R14', [], 'explanation');
  rule('R15', [{ name: 'beschut-subsidy-percent', value: '70', unit: 'percent' }]);
  rule('R23', [{ name: 'subsidy-maximum-percent', value: '70', unit: 'percent' }], 'law');
  return scenario;
};

/** Given: a rule by this authority; that of a decision is `ground`. */
export const setRule = (
  scenario: Scenario,
  rule: string,
  authority: string,
  figures: readonly object[] = [],
  on = '2021-07-01',
): Scenario =>
  scenario.registered(
    'set-rule',
    {
      rule,
      title: rule,
      summary: rule,
      authority,
      decisionIds: authority === 'decision' ? [id('ground')] : [],
      figures,
    },
    { on },
  );

/** A decision that is in force from 2021-07-01, adopted by all. */
export const decisionInForce = (scenario: Scenario, name: string): void => {
  const decisionId = id(name);
  scenario
    .registered(
      'propose-decision',
      {
        decisionId,
        title: name,
        needsAdoptionBy: codes2021,
        organs: ['college', 'raad'],
        effectiveDate: '2021-07-01',
      },
      { on: '2020-12-09' },
    )
    .registered(
      'advise-decision',
      { decisionId, body: 'stuurgroep', outcome: 'positive' },
      { on: '2021-01-10' },
    )
    .registered(
      'decide-decision',
      { decisionId, body: 'bestuurlijk-overleg' },
      { on: '2021-01-27' },
    );
  for (const municipality of codes2021)
    scenario.registered(
      'adopt-decision',
      { decisionId, municipality },
      { on: { latest: '2021-06-30' }, evidence: [inferred] },
    );
};
