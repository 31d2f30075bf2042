/** Commands about the data of persons: forget one, see who looked, keep their keys. */
import type { Command } from 'commander';
import { asked, CliFailure, exit, usage } from './failure.ts';
import type { CliPorts } from './ports.ts';
import { tableOf } from './table.ts';
import { listIn } from './values.ts';

interface JsonOption {
  readonly json?: boolean;
}

interface ForgetOptions extends JsonOption {
  readonly key?: string;
}

/** An opaque reference; anything else is whoever keeps the persons calls this one. */
const reference = /^[0-9a-f]{32}$/;

export const addPeople = (program: Command, ports: CliPorts): void => {
  program
    .command('forget')
    .description('Wist een persoon: wat verzegeld is gaat daarna nooit meer open')
    .argument('<persoon>', 'de ULID van de persoon in uw eigen administratie')
    .option('--key <sleutel>', 'Idempotency-Key: ULID of UUID')
    .option('--json', 'antwoord als JSON')
    .action(async (personId: string, options: ForgetOptions) => {
      await forget(ports, personId, options);
    });
  program
    .command('looked')
    .description('Wie naar de gegevens van een persoon keek, wanneer en met welk doel')
    .argument('<persoon>', 'de ULID uit uw eigen administratie, of de verwijzing (32 tekens)')
    .option('--json', 'antwoord als JSON')
    .action(async (given: string, { json }: JsonOption) => {
      const person = reference.test(given) ? given : await referenceTo(ports, given);
      const { body } = await asked(ports.call, 'GET', `/v1/processing-log?person=${person}`);
      ports.out(json === true ? JSON.stringify(body, null, 2) : told(body));
    });
};

/** Beside what else is done with keys. */
export const addRotation = (keys: Command, ports: CliPorts): void => {
  keys
    .command('rotate')
    .description('Verpakt de sleutels van personen onder een nieuwe sleutel')
    .option('--json', 'antwoord als JSON')
    .action(async (_: JsonOption, command: Command) => {
      const { body } = await asked(ports.call, 'POST', '/v1/keys/_rotate');
      const { keys } = body as { readonly keys: number };
      ports.out(
        isJson(command) ? JSON.stringify(body, null, 2) : `${keyCount(keys)} opnieuw verpakt.`,
      );
    });
};

/** What whoever gives keys up must know, before and after. */
const consequences = `- Wat onder een verloren sleutel is verzegeld gaat niet open. Antwoorden noemen dat "sleutel
  ontbreekt", nooit "gewist"; lijsten, aantallen, saldi en bewijzen blijven zoals ze zijn.
- Met het bestand gingen de merktekens verloren van wie na de reservekopie is gewist (zonder kopie:
  van wie ooit is gewist). Zo iemand wordt niet meer herkend: wie diegene opnieuw vastlegt, wordt
  dat niet geweigerd. Wat eerder over diegene is verzegeld blijft dicht, en heet gewist.
- Wie een verloren sleutel had en opnieuw wordt vastgelegd, krijgt een nieuwe sleutel en een nieuwe
  verwijzing: voor het grootboek zijn dat twee personen. Vraagt diegene om te worden gewist, dan
  wist het grootboek alleen wat onder de nieuwe sleutel staat.
- Komt er later toch een betere reservekopie, dan opent die weer wat zij kan openen. Sleutels van
  na die kopie staan er niet in: zet haar terug voor er nieuwe personen zijn vastgelegd.`;

const beforehand = `
Doe dit alleen als er geen betere reservekopie van office/keys.sqlite meer is:
${consequences}`;

/** Beside what else is done with keys. The manner is that of `restore`. */
export const addKeyRestore = (keys: Command, ports: CliPorts): void => {
  keys
    .command('restore')
    .description('Gaat verder zonder sleutels van personen die voorgoed verloren zijn')
    .requiredOption(
      '--accept-loss <aantal>',
      'aanvaardt dat zoveel sleutels verloren zijn; de start noemt hoeveel er ontbreken',
    )
    .requiredOption('--reason <tekst>', 'waarom; staat voorgoed bij de sleutels')
    .option('--json', 'antwoord als JSON')
    .addHelpText('after', beforehand)
    .action(async (options: LossOptions, command: Command) => {
      await restoreKeys(ports, options, isJson(command));
    });
};

interface LossOptions extends JsonOption {
  readonly acceptLoss: string;
  readonly reason: string;
}

const restoreKeys = async (
  { restoreKeys: accept, out }: CliPorts,
  { acceptLoss, reason }: LossOptions,
  json: boolean,
): Promise<void> => {
  if (!/^[1-9]\d{0,8}$/.test(acceptLoss))
    throw usage('Geef met --accept-loss hoeveel sleutels er ontbreken.');
  if (reason.trim() === '') throw usage('Geef met --reason een reden.');
  const { lacking, accepted } = await accept(Number(acceptLoss), reason);
  if (lacking === 0)
    throw new CliFailure(exit.refused, 'Er is niets verloren: geen sleutel ontbreekt.');
  if (accepted === undefined)
    throw new CliFailure(
      exit.refused,
      `Er ${lacking === 1 ? 'ontbreekt' : 'ontbreken'} ${keyCount(lacking)}, niet ${acceptLoss}. Er is niets opgegeven.\n${beforehand}`,
      { lacking },
    );
  out(json ? JSON.stringify(accepted, null, 2) : `${lossText(accepted)}\n${consequences}`);
};

const lossText = ({ lost, erased }: { readonly lost: number; readonly erased: number }): string =>
  [
    `${keyCount(lost)} opgegeven als verloren.`,
    ...(erased === 0
      ? []
      : [`Van nog ${keyCount(erased)} zegt het log dat de persoon is gewist; dat blijft zo.`]),
  ].join(' ');

const keyCount = (count: number): string => `${count} ${count === 1 ? 'sleutel' : 'sleutels'}`;

/** `keys` has this option too, and takes it from who stands after it. */
const isJson = (command: Command): boolean => command.optsWithGlobals<JsonOption>().json === true;

const forget = async (
  { call, out, newKey }: CliPorts,
  personId: string,
  { key, json }: ForgetOptions,
): Promise<void> => {
  const headers = { 'idempotency-key': key ?? newKey() };
  const { body } = await asked(call, 'POST', '/v1/erasures', { personId }, headers);
  const { created } = body as { readonly created: { readonly erasureId: string } };
  const path = `/v1/erasures/${created.erasureId}`;
  const { body: erasure } = await asked(call, 'GET', path);
  const { status } = erasure as { readonly status: string };
  if (json === true) out(JSON.stringify(erasure, null, 2));
  else if (status === 'erased') out('Gewist.');
  else out('Gevraagd. Nog niet alles heeft bevestigd dat er niets is achtergebleven.');
};

const referenceTo = async ({ call }: CliPorts, personId: string): Promise<string> => {
  const { body } = await asked(call, 'POST', '/v1/person-references', { personId });
  return (body as { readonly person: string }).person;
};

const told = (body: unknown): string => {
  const items = listIn((body as { readonly items?: unknown }).items);
  if (items.length === 0) return 'Niemand.';
  const rows = items.map(({ at, purposeTitle, reader }) => {
    const { office, municipality, id } = reader as Readonly<Record<string, string>>;
    return { at, office, municipality: municipality ?? '', reader: id, purpose: purposeTitle };
  });
  return tableOf(rows).join('\n');
};
