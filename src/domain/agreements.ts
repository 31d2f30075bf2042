/** Covenants, execution agreements and deeds. */
import {
  AgreementConcluded,
  AgreementEnded,
  AgreementExtended,
  AgreementPlanned,
} from '../../events/agreements.ts';
import type { Entry, EntryFor } from '../../events/index.ts';
import { tag } from '../../events/index.ts';
import { accept, command, propose, refuse } from './core.ts';

// --- state

interface Agreement {
  readonly concluded: EntryFor<'AgreementConcluded'>;
  readonly extensions: readonly EntryFor<'AgreementExtended'>[];
  readonly ended?: EntryFor<'AgreementEnded'>;
}
export type Agreements = ReadonlyMap<string, Agreement>;

export const agreementsOf = (events: readonly Entry[]): Agreements => {
  const agreements = new Map<string, Agreement>();
  for (const e of events) {
    if (e.type === 'AgreementConcluded') {
      agreements.set(e.data.agreementId, { concluded: e, extensions: [] });
    } else if (e.type === 'AgreementExtended') {
      const found = agreements.get(e.data.agreementId);
      if (found)
        agreements.set(e.data.agreementId, { ...found, extensions: [...found.extensions, e] });
    } else if (e.type === 'AgreementEnded') {
      const found = agreements.get(e.data.agreementId);
      if (found) agreements.set(e.data.agreementId, { ...found, ended: e });
    }
  }
  return agreements;
};

const seeingAgreement = (agreementId: string) => ({ tags: [tag('agreement', agreementId)] });

// --- commands

const concludeAgreement = command({
  name: 'conclude-agreement',
  path: 'agreements',
  summary: 'Legt een convenant, overeenkomst of akte vast',
  body: AgreementConcluded.schema,
  creates: 'agreementId',
  sees: (body) => [seeingAgreement(body.agreementId)],
  decide: (body, books, context) => {
    if (books.agreements.has(body.agreementId))
      return refuse('already-exists', `Overeenkomst ${body.agreementId} bestaat al.`);
    if (
      body.runsFrom !== undefined &&
      body.runsUntil !== undefined &&
      body.runsUntil.latest <= body.runsFrom.latest
    )
      return refuse('contradiction', 'Een overeenkomst kan niet eindigen voordat zij begint.');
    return accept(propose(context, 'AgreementConcluded', body));
  },
});

const planAgreement = command({
  name: 'plan-agreement',
  path: 'agreement-plans',
  summary: 'Legt vast dat een overeenkomst wordt gesloten, en wie haar gaan tekenen',
  body: AgreementPlanned.schema,
  creates: 'agreementId',
  sees: (body) => [seeingAgreement(body.agreementId)],
  decide: (body, books, context) =>
    books.events.length > 0
      ? refuse('already-exists', `Overeenkomst ${body.agreementId} bestaat al.`)
      : accept(propose(context, 'AgreementPlanned', body)),
});

const extendAgreement = command({
  name: 'extend-agreement',
  path: 'agreements/{agreementId}/_extend',
  summary: 'Verlengt een overeenkomst tot een nieuwe einddatum',
  body: AgreementExtended.schema,
  thing: (body) => tag('agreement', body.agreementId),
  sees: (body) => [seeingAgreement(body.agreementId)],
  decide: (body, books, context) => {
    const found = books.agreements.get(body.agreementId);
    if (found === undefined)
      return refuse('not-found', `Overeenkomst ${body.agreementId} bestaat niet.`);
    const until = found.extensions.at(-1)?.data.runsUntil ?? found.concluded.data.runsUntil;
    if (until === undefined)
      return refuse('contradiction', 'Deze overeenkomst geldt al voor onbepaalde tijd.');
    if (body.runsUntil.latest === until.latest)
      return refuse('nothing-to-do', `Deze overeenkomst loopt al tot ${until.latest}.`);
    if (body.runsUntil.latest < until.latest)
      return refuse('contradiction', 'Een verlenging kan een overeenkomst niet verkorten.');
    return accept(propose(context, 'AgreementExtended', body, { restsOn: [found.concluded.id] }));
  },
});

const endAgreement = command({
  name: 'end-agreement',
  path: 'agreements/{agreementId}/_end',
  summary: 'Beëindigt een overeenkomst',
  body: AgreementEnded.schema,
  thing: (body) => tag('agreement', body.agreementId),
  sees: (body) => [seeingAgreement(body.agreementId)],
  decide: (body, books, context) => {
    const found = books.agreements.get(body.agreementId);
    if (found === undefined)
      return refuse('not-found', `Overeenkomst ${body.agreementId} bestaat niet.`);
    if (found.ended) return refuse('nothing-to-do', 'Deze overeenkomst is al beëindigd.');
    return accept(propose(context, 'AgreementEnded', body, { restsOn: [found.concluded.id] }));
  },
});

export const agreementCommands = [planAgreement, concludeAgreement, extendAgreement, endAgreement];
