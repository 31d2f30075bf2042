/** Answers of the API as Dutch text. */
import { withNames } from './names.ts';
import { differing, fieldsOf, tableOf } from './table.ts';
import { isFields, listIn } from './values.ts';

type Fields = Readonly<Record<string, unknown>>;

/** @param body an answer to any read */
export const render = (answer: unknown): string => {
  if (!isFields(answer)) return JSON.stringify(answer, null, 2);
  const body = withNames(answer);
  if (isFields(body.from) && isFields(body.to)) return renderDifferences(body);
  if (isFields(body.foldedAgain)) return renderExplanation(body);
  if (Array.isArray(body.also)) return renderPreview(body);
  const { asOf, items, next, ...rest } = body;
  const head = isFields(asOf) ? [moment(asOf), ''] : [];
  const lines = Array.isArray(items) ? list(items) : fieldsOf(rest);
  const more = typeof next === 'string' ? ['', `Er is meer: after=${next}`] : [];
  return [...head, ...lines, ...more].join('\n');
};

const list = (items: readonly unknown[]): readonly string[] => {
  const [only] = items;
  if (only === undefined) return ['Er is niets.'];
  // A dossier says nothing in one line.
  if (items.length === 1 && isFields(only) && Array.isArray(only.criteria)) return fieldsOf(only);
  return tableOf(items.filter(isFields));
};

/** `Peildatum 2021-09-01, bekend op 311 (2026-11-22T09:14:07.123Z)`. */
const moment = ({ validAt, knownAt, recordedAt, madeUp, open }: Fields): string => {
  const recorded = typeof recordedAt === 'string' ? ` (${recordedAt})` : '';
  const still = open === true ? ', nog niet voorbij' : '';
  const warning = madeUp === true ? '\nLet op: deze gegevens zijn verzonnen.' : '';
  return `Peildatum ${String(validAt)}, bekend op ${String(knownAt)}${recorded}${still}${warning}`;
};

const changes: Readonly<Record<string, string>> = {
  added: '+ erbij',
  removed: '− eraf',
  changed: '± anders',
};

const renderDifferences = ({ from, to, items, events }: Fields): string => {
  const found = listIn(items);
  const head = [`Van  ${moment(from as Fields)}`, `Naar ${moment(to as Fields)}`, ''];
  if (found.length === 0) return [...head, 'Er is geen verschil.'].join('\n');
  const causes = listIn(events);
  return [
    ...head,
    ...found.flatMap((item) => [...oneDifference(item, causes), '']),
    'Door deze gebeurtenissen',
    ...tableOf(causes),
  ].join('\n');
};

const renderPreview = ({ asOf, items, also, events }: Fields): string => {
  const [shown, beside, causes] = [listIn(items), listIn(also), listIn(events)];
  const told = (found: readonly Fields[]): readonly string[] =>
    found.flatMap((item) => [...oneDifference(item, causes, `${String(item.question)} `), '']);
  return [
    moment(asOf as Fields),
    '',
    ...(shown.length === 0 ? ['Er zou niets veranderen.', ''] : told(shown)),
    ...(beside.length === 0 ? [] : ['Bevindingen en criteria', ...told(beside)]),
    'Door deze gebeurtenissen, die niet zijn vastgelegd',
    ...tableOf(
      causes.map(({ eventId, validFrom, type, summary }) => ({
        eventId,
        validFrom,
        type,
        summary,
      })),
    ),
  ].join('\n');
};

const oneDifference = (
  { thing, change, before, after, causedBy }: Fields,
  causes: readonly Fields[],
  question = '',
): readonly string[] => {
  const title = `${changes[String(change)] ?? String(change)}: ${question}${String(thing)}`;
  const sequences = causes
    .filter(({ eventId }) => Array.isArray(causedBy) && causedBy.includes(eventId))
    .map(({ sequence, eventId }) => String(sequence ?? eventId));
  const cause = `  door ${sequences.join(', ')}`;
  if (!isFields(before) || !isFields(after)) {
    const shown = isFields(before) ? before : isFields(after) ? after : {};
    return [title, ...fieldsOf(shown).map((l) => `  ${l}`), cause];
  }
  const fields = differing(before, after);
  const side = (mark: string, item: Fields): readonly string[] =>
    fieldsOf(Object.fromEntries(fields.map((f) => [f, item[f]]))).map((l) => `  ${mark} ${l}`);
  return [title, ...side('−', before), ...side('+', after), cause];
};

const renderExplanation = (body: Fields): string => {
  const { asOf, items, events, rules, foldedAgain } = body;
  const shown = listIn(items);
  const [only] = shown;
  const answer = shown.length === 1 && only !== undefined ? fieldsOf(only) : list(shown);
  const same = (foldedAgain as Fields).same === true;
  const section = (title: string, listed: readonly Fields[]): readonly string[] =>
    listed.length === 0 ? [] : ['', title, ...tableOf(listed)];
  return [
    moment(asOf as Fields),
    '',
    ...answer,
    ...section('Regels', listIn(rules)),
    ...section('Rust op deze gebeurtenissen', listIn(events)),
    '',
    same
      ? 'Opnieuw gemaakt uit alleen deze gebeurtenissen: hetzelfde.'
      : 'Opnieuw gemaakt uit alleen deze gebeurtenissen: ANDERS.',
  ].join('\n');
};
