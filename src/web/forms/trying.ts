/** Forms for commands as pages use them: which there are, their fields, and what they would do. */
import { ProblemError } from '../../ledger/errors.ts';
import type { Asked } from '../asked.ts';
import { effectShown } from '../effect.ts';
import { html, type Html, type Part } from '../html.ts';
import { bullets, link, notice, paragraph } from '../parts.ts';
import { readable } from '../shown.ts';
import { askedBy, type commandOf, flawsAt, groupOf } from './asking.ts';
import { choicesFor } from './choices.ts';
import type { Flaws } from './decode.ts';
import { fieldShown } from './show.ts';

/** What was typed into a field. */
export type Posted = (name: string) => string | undefined;

type PreviewCommands = Parameters<Asked['ledger']['preview']>[0]['commands'];

type Commands = Parameters<typeof commandOf>[0];

/** What it does, said to whoever is about to do it: `Legt … vast` becomes `Leg … vast`. */
export const titleOf = ({ summary }: { readonly summary: string }): string =>
  summary.replace(/^(Laat|Sluit|\p{L}+?)t? /u, '$1 ');

/** Commands by what they are about. */
export const commandList = (
  { link: to }: Pick<Asked, 'link'>,
  base: string,
  all: Commands,
): Html => {
  const groups = new Map<string, Commands>();
  for (const command of all)
    groups.set(groupOf(command), [...(groups.get(groupOf(command)) ?? []), command]);
  return html`<div class="groups">
    ${[...groups].map(
      ([group, all]) =>
        html`<details>
          <summary>${group}</summary>
          ${bullets(all.map((c) => link(to(`${base}/${c.name}`), titleOf(c))))}
        </details>`,
    )}
  </div>`;
};

/** Fields of a command, with when it holds and where that was found. */
export const formShown = async (
  asked: Asked,
  command: NonNullable<ReturnType<typeof commandOf>>,
  { value, flaws }: { readonly value: Posted; readonly flaws: Flaws },
): Promise<readonly Html[]> => {
  const fields = askedBy(command);
  const choices = await choicesFor(asked, fields);
  return [
    paragraph('Vul alles in, behalve waar “niet verplicht” of “alleen bij” staat.'),
    ...fields.map((field) => fieldShown(field, { value, flaws, choices })),
  ];
};

/** What holds only from a later day is looked at on that day. */
export const later = (a: string, b: string): string => (a > b ? a : b);

/** The effect, or why it cannot be. @throws ProblemError `forbidden` */
export const tried = async (
  asked: Asked,
  commands: PreviewCommands,
  validAt: string,
): Promise<{ readonly shown: Part; readonly flaws: Flaws }> => {
  try {
    const preview = await asked.ledger.preview({ commands, validAt });
    return { shown: effectShown(asked, preview), flaws: {} };
  } catch (error) {
    if (!(error instanceof ProblemError) || error.problem.code === 'forbidden') throw error;
    const { refusal, detail, errors = [], decisions = [] } = error.problem;
    if (refusal === undefined) return { shown: undefined, flaws: flawsAt(errors) };
    const rule =
      refusal.rule === undefined
        ? undefined
        : html` ${link(asked.link(`/regels/${refusal.rule}`), `Regel ${refusal.rule}`)}`;
    return {
      shown: notice(
        'negative',
        'Dit kan niet',
        paragraph(readable(asked, detail), rule),
        decisions.length > 0 &&
          paragraph(
            'Dat volgt uit ',
            decisions.map(
              (d) =>
                html`${link(asked.link(`/besluiten/${d.decisionId}`), `besluit ${d.number ?? d.title}`)} `,
            ),
          ),
      ),
      flaws: { '': readable(asked, detail) },
    };
  }
};
