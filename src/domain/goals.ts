/** Indicators with their results, and the ratio of staff (R17, R18). */
import { IndicatorAgreed, ResultReported, StaffRatioReported } from '../../events/goals.ts';
import { yearOf } from '../../events/calendar.ts';
import { isWhole } from '../../events/decimals.ts';
import type { Entry, EntryFor } from '../../events/index.ts';
import { tag } from '../../events/index.ts';
import { agreedLateBreaches, r17 } from './by-rule/r17.ts';
import { outnumberedBreaches, r18 } from './by-rule/r18.ts';
import {
  accept,
  command,
  type Outcome,
  propose,
  refuse,
  same,
  seeing,
  type Sight,
} from './core.ts';
import { isMember, seeingMembers } from './members.ts';
import { judge } from './rules.ts';

// --- state

interface Indicator {
  readonly agreed: EntryFor<'IndicatorAgreed'>;
  readonly results: readonly EntryFor<'ResultReported'>[];
}

export interface Goals {
  readonly indicators: ReadonlyMap<string, Indicator>;
  readonly ratios: readonly EntryFor<'StaffRatioReported'>[];
}

export const goalsOf = (events: readonly Entry[]): Goals => {
  const indicators = new Map<string, Indicator>();
  const ratios: EntryFor<'StaffRatioReported'>[] = [];
  for (const e of events) {
    if (e.type === 'IndicatorAgreed') {
      indicators.set(e.data.indicatorId, { agreed: e, results: [] });
    } else if (e.type === 'ResultReported') {
      const found = indicators.get(e.data.indicatorId);
      if (found) indicators.set(e.data.indicatorId, { ...found, results: [...found.results, e] });
    } else if (e.type === 'StaffRatioReported') ratios.push(e);
  }
  return { indicators, ratios };
};

const seeingIndicator = (indicatorId: string): Sight => ({
  tags: [tag('indicator', indicatorId)],
});

// --- checks

type Agreed = EntryFor<'IndicatorAgreed'>['data'];
type Result = EntryFor<'ResultReported'>['data'];

/** Things and cents are counted whole. */
const isOfUnit = (unit: Agreed['unit'], value: string | undefined): boolean =>
  value === undefined || unit === 'percent' || unit === 'ratio' || isWhole(value);

/** A result that says nothing, says it twice, or lies outside its indicator. */
const flawIn = ({ unit, from, until }: Agreed, result: Result): Outcome | undefined => {
  if (result.until <= result.from)
    return refuse('contradiction', 'De periode eindigt voor zij begint.');
  if ((from !== undefined && result.until <= from) || (until !== undefined && result.from >= until))
    return refuse('contradiction', 'Dit resultaat ligt buiten de periode van de indicator.');
  if (result.value !== undefined && result.reached !== undefined)
    return refuse(
      'contradiction',
      'Bij een waarde volgt uit de streefwaarde of het doel is gehaald (reached).',
    );
  if (!isOfUnit(unit, result.value))
    return refuse('contradiction', 'Een aantal of een bedrag in centen is een heel getal.');
  if (result.value === undefined && result.reached === undefined && result.wording === undefined)
    return refuse('nothing-to-do', 'Er is geen resultaat: geen waarde, uitkomst of tekst.');
  return undefined;
};

// --- commands

const agreeIndicator = command({
  name: 'agree-indicator',
  path: 'indicators',
  summary: 'Legt een doel, een aanname of een te volgen stand van zaken vast',
  body: IndicatorAgreed.schema,
  creates: 'indicatorId',
  sees: (body) => [
    seeingIndicator(body.indicatorId),
    r17.sees,
    ...(body.municipality === undefined ? [] : seeingMembers),
  ],
  decide: (body, books, context) => {
    const { indicatorId, from, until, municipality } = body;
    if (books.goals.indicators.has(indicatorId))
      return refuse('already-exists', `Indicator ${indicatorId} bestaat al.`);
    if (from !== undefined && until !== undefined && until <= from)
      return refuse('contradiction', 'De periode eindigt voor zij begint.');
    if (body.kind === 'goal' && body.targetValue !== undefined && body.direction === undefined)
      return refuse(
        'contradiction',
        'Een doel met een streefwaarde zegt: ten minste of ten hoogste.',
      );
    if (!isOfUnit(body.unit, body.targetValue))
      return refuse('contradiction', 'Een aantal of een bedrag in centen is een heel getal.');
    const at = context.validFrom.latest;
    if (municipality !== undefined && !isMember(books.members, municipality, at))
      return refuse('not-a-member', `${municipality} neemt op ${at} niet deel.`);
    const event = propose(context, 'IndicatorAgreed', body);
    const breaches = agreedLateBreaches(body, context.validFrom);
    return judge(books, context, breaches, [event], [tag('indicator', indicatorId)]);
  },
});

const reportResult = command({
  name: 'report-result',
  path: 'indicators/{indicatorId}/_report-result',
  summary: 'Meldt een resultaat bij een indicator, over een periode',
  body: ResultReported.schema,
  thing: (body) => tag('indicator', body.indicatorId),
  sees: (body) => [seeingIndicator(body.indicatorId)],
  decide: (body, books, context) => {
    const found = books.goals.indicators.get(body.indicatorId);
    if (found === undefined)
      return refuse('not-found', `Indicator ${body.indicatorId} bestaat niet.`);
    const flaw = flawIn(found.agreed.data, body);
    if (flaw !== undefined) return flaw;
    const over = found.results.filter(
      ({ data }) => data.from === body.from && data.until === body.until,
    );
    if (over.some(({ data }) => same(data, body)))
      return refuse('nothing-to-do', 'Dit resultaat is al gemeld.');
    if (over.some(({ data }) => data.final))
      return refuse(
        'contradiction',
        'Over deze periode staat al een definitief resultaat; neem dat eerst terug.',
      );
    return accept(propose(context, 'ResultReported', body, { restsOn: [found.agreed.id] }));
  },
});

const reportStaffRatio = command({
  name: 'report-staff-ratio',
  path: 'staff-ratios',
  summary: 'Meldt hoeveel medewerkers uit de doelgroep IBN heeft op elke reguliere',
  body: StaffRatioReported.schema,
  sees: (body) => [seeing(['StaffRatioReported'], tag('year', String(body.year))), r18.sees],
  decide: (body, books, context) => {
    if (body.targetPerRegular.startsWith('-'))
      return refuse('contradiction', 'Een verhouding is niet negatief.');
    if (body.measuredOn !== undefined && yearOf(body.measuredOn) !== body.year)
      return refuse('contradiction', `${body.measuredOn} ligt niet in ${body.year}.`);
    const told = ({ data }: EntryFor<'StaffRatioReported'>) =>
      data.measuredOn === body.measuredOn && data.targetPerRegular === body.targetPerRegular;
    if (books.goals.ratios.some(told))
      return refuse('nothing-to-do', 'Deze verhouding is al gemeld.');
    const event = propose(context, 'StaffRatioReported', body);
    const breaches = outnumberedBreaches(body.targetPerRegular);
    return judge(books, context, breaches, [event], [tag('year', String(body.year))]);
  },
});

export const goalCommands = [agreeIndicator, reportResult, reportStaffRatio];
