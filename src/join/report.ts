/** What a verifier found, in Dutch: what it looked at, what not, and why. */
import { model } from '../../projections/index.ts';
import type { VerifyRequest } from '../cli/verifying.ts';
import type { VerifierKey } from '../proof/keys.ts';
import type { Outcome, Verified } from './verifying.ts';

const conclusions: Readonly<Record<Outcome, string>> = {
  good: 'KLOPT. Alles wat hieronder staat is nagegaan en in orde.',
  bad: 'KLOPT NIET.',
  incomplete: 'KLOPT VOOR ZOVER NAGEGAAN; niet alles kon worden nagegaan.',
  unread:
    'NIET NAGEGAAN. De uitvoer kon niet worden gelezen of nagerekend; over het grootboek zegt dit niets.',
  fork: 'AFSPLITSING. Dit grootboek toont een andere geschiedenis dan eerder is gezien.',
};

/** Ends in a newline: the text of a note. Spaces stand for characters that a note cannot hold. */
export const reportText = (
  { what, now }: VerifyRequest,
  verified: Verified,
  key: VerifierKey,
): string =>
  [
    'Verificatie van een grootboek',
    '',
    conclusions[verified.outcome],
    ...(verified.found === undefined ? [] : [`${foundAs(verified)}: ${verified.found}.`]),
    '',
    ...checkedLines(verified),
    '',
    ...uncheckedLines(verified),
    '',
    'Wat dit niet bewijst: dat alles is vastgelegd wat gebeurde, en dat de tijden kloppen. Wat',
    'niemand zag kan zijn weggelaten; tijden zijn die van wie vastlegde.',
    '',
    `Nagegaan op ${now} in ${what}, met model ${model}.`,
    `Getekend door ${key.text}`,
  ]
    .map(printable)
    .join('\n')
    .concat('\n');

const foundAs = ({ outcome }: Verified): string => (outcome === 'unread' ? 'Waarom' : 'Gevonden');

/** Names and messages may repeat what was in the export. */
const printable = (line: string): string =>
  // eslint-disable-next-line no-control-regex -- a note must not contain these
  line.replace(/[\u0000-\u001f]/g, ' ').toWellFormed();

const checkedLines = ({ progress, compared }: Verified): readonly string[] => {
  const { checkpoint, checkpoints, entries, tiles, receipts, cosignatures, accepted, lost } =
    progress;
  return [
    'Nagegaan:',
    ...(checkpoint === undefined
      ? []
      : [
          `- grootboek ${checkpoint.origin}, ${checkpoint.size} gebeurtenissen, wortel ${checkpoint.root}`,
        ]),
    `- ${entries} gebeurtenissen, elk byte voor byte`,
    `- ${checkpoints} getekende controlepunten, elk het begin van het volgende`,
    `- ${tiles} tegels van de boom`,
    ...(receipts === 0 ? [] : [`- ${receipts} ontvangstbewijzen`]),
    ...(accepted === undefined || accepted.isOlder
      ? []
      : [`- gaat verder op het controlepunt van omvang ${accepted.size} dat eerder is aanvaard`]),
    ...(cosignatures.good === 0
      ? []
      : [`- ${cosignatures.good} handtekeningen van opgegeven getuigen`]),
    ...(compared === undefined || compared.notCompared !== undefined
      ? []
      : [
          `- ${compared.same} antwoorden opnieuw berekend uit de gebeurtenissen, gelijk aan die van de uitvoer`,
        ]),
    ...(compared === undefined || compared.erasedSince.length === 0
      ? []
      : [
          `- ${compared.erasedSince.length} antwoorden ook gelijk, met verzegelde gegevens van wie sindsdien is gewist;`,
          `  die openen niet meer: ${compared.erasedSince.join('; ')}`,
        ]),
    ...(lost === 0
      ? []
      : [`- ${lost} controlepunten waarvan het verlies is aanvaard; het grootboek zegt waarom`]),
  ];
};

const uncheckedLines = ({ unchecked, progress }: Verified): readonly string[] => [
  'Niet nagegaan:',
  ...unchecked.map((line) => `- ${line}`),
  ...(progress.cosignatures.unknown === 0
    ? []
    : [`- ${progress.cosignatures.unknown} handtekeningen van wie niet is opgegeven`]),
  '- wat over personen is verzegeld: dat opent alleen met hun sleutel, en geen antwoord rust erop;',
  '  ook waar wie sindsdien is gewist moet een antwoord gelijk zijn',
];
