/** The command that goes through history again, event by event. */
import type { Command } from 'commander';
import { asked, usage } from './failure.ts';
import { labelOf } from '../ledger/labels.ts';
import { withNames } from './names.ts';
import type { Call, CliPorts } from './ports.ts';
import { cell, differing } from './table.ts';
import { isFields, lineOf, listIn } from './values.ts';

type Fields = Readonly<Record<string, unknown>>;

interface ReplayOptions {
  readonly from?: string;
  readonly to?: string;
  readonly about?: string;
  readonly of?: string;
  readonly step?: boolean;
  readonly json?: boolean;
}

/** Events asked for at once. */
const page = '100';

export const addReplay = (program: Command, ports: CliPorts): void => {
  program
    .command('replay')
    .description('De geschiedenis opnieuw, met wat elke gebeurtenis veranderde')
    .argument('[uitvoer]', 'uit dit archief, zonder grootboek')
    .option('--from <nummer>', 'vanaf dit volgnummer')
    .option('--to <nummer>', 'tot en met dit volgnummer')
    .option('--about <tekst>', 'alleen gebeurtenissen waarin dit voorkomt')
    .option('--of <vraag>', 'alleen wat verandert in deze vraag, zoals lump-sums')
    .option('--step', 'wacht op Enter na elke gebeurtenis')
    .option('--json', 'elke gebeurtenis als JSON op een regel')
    .action(async (file: string | undefined, options: ReplayOptions) => {
      const { step, json } = options;
      const call = file === undefined ? ports.call : await ports.callExport(file);
      let isFirst = true;
      for await (const event of eventsIn(call, options)) {
        if (step === true && !isFirst) await ports.enterPressed();
        isFirst = false;
        ports.out(json === true ? JSON.stringify(event) : eventText(event));
      }
    });
};

/** Page after page. In text, decisions go by their number. */
async function* eventsIn(call: Call, options: ReplayOptions): AsyncGenerator<Fields> {
  const query = queryOf(options);
  for (;;) {
    const { body } = await asked(call, 'GET', `/v1/changes?${query.toString()}`);
    const { items, next } = (options.json === true ? body : withNames(body as Fields)) as Fields;
    yield* listIn(items);
    if (typeof next !== 'string') return;
    query.set('after', next);
  }
}

const queryOf = ({ from, to, about, of }: ReplayOptions): URLSearchParams => {
  if (from !== undefined && !/^\d{1,15}$/.test(from))
    throw usage(`--from is ${from}; verwacht een volgnummer.`);
  return new URLSearchParams({
    limit: page,
    ...(from === undefined ? {} : { after: String(Number(from) - 1) }),
    ...(to === undefined ? {} : { upTo: to }),
    ...(about === undefined ? {} : { about }),
    ...(of === undefined ? {} : { of }),
  });
};

/** When, what, from which source; then one line for each thing that changed. */
const eventText = (event: Fields): string => {
  const { sequence, validFrom, recordedAt, summary, evidence, changes } = event;
  const number = String(sequence).padStart(4);
  const date = lineOf('validFrom', validFrom) ?? '';
  const source = Array.isArray(evidence) && evidence.length > 0 ? lineOf('evidence', evidence) : '';
  const changed = listIn(changes).map(changeText);
  return [
    `${number}  ${date}  ${String(summary)}`,
    `      vastgelegd ${String(recordedAt)}${source === '' ? '' : `, bron ${source}`}`,
    ...(changed.length === 0 ? ['verandert op die dag geen antwoord'] : changed).map(
      (line) => `      ${line}`,
    ),
  ].join('\n');
};

/** Fields of a change that are told; `--json` has all of them. */
const mostFields = 4;
/** Where it comes from stands above the changes. */
const source = new Set(['evidence', 'eventId', 'setBy', 'mergedBy']);

const marks: Readonly<Record<string, string>> = { added: '+', removed: '−', changed: '±' };

const changeText = ({ question, thing, change, before, after }: Fields): string => {
  const shown = isFields(after) ? after : isFields(before) ? before : {};
  const title = `${marks[String(change)] ?? ''} ${String(question)} ${nameOf(shown, thing)}`;
  if (!isFields(before) || !isFields(after)) return title;
  const fields = differing(before, after).filter((field) => !source.has(field));
  const told = fields
    .slice(0, mostFields)
    .map((field) => fieldText(field, before[field], after[field]));
  const more = fields.length > mostFields ? ['…'] : [];
  return `${title}: ${[...told, ...more].join('; ')}`;
};

/** `status: proposed → decided`; what is too large for a line is only said to differ. */
const fieldText = (field: string, before: unknown, after: unknown): string => {
  const [was, is] = [cell(field, before ?? null), cell(field, after ?? null)];
  return was === is ? `${labelOf(field)} anders` : `${labelOf(field)}: ${was} → ${is}`;
};

/** What people know a thing by, as far as it says so. */
const nameOf = (item: Fields, thing: unknown): string => {
  const { number, title, name, description, period } = item;
  const texts = [number, title ?? name ?? description].filter((text) => typeof text === 'string');
  if (texts.length > 0) return cell('title', texts.join(' '));
  return lineOf('period', period ?? null) === '–' ? String(thing) : cell('period', period);
};
