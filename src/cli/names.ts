/** Decisions by the number that people know them by, where an answer names them by id. */
import { isFields, listIn } from './values.ts';

type Fields = Readonly<Record<string, unknown>>;

/** The body with its `decisionIds` as numbers, and without the list that told them. */
export const withNames = (body: Fields): Fields => {
  const { decisions, ...rest } = body;
  const named = listIn(decisions);
  const names = new Map(
    named.map(({ decisionId, number, title }) => [
      String(decisionId),
      typeof number === 'string' ? number : String(title),
    ]),
  );
  return replaced(rest, names) as Fields;
};

const replaced = (value: unknown, names: ReadonlyMap<string, string>): unknown => {
  if (Array.isArray(value)) return value.map((each) => replaced(each, names));
  if (!isFields(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([field, each]) => [
      field,
      field === 'decisionIds' && Array.isArray(each)
        ? each.map((id) => names.get(String(id)) ?? String(id))
        : replaced(each, names),
    ]),
  );
};
