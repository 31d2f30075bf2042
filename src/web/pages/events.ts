/** Gebeurtenissen: the log itself, one event in full, the timeline, and search over everything. */
import { sequenceIn } from '../moment.ts';
import type { Asked } from '../asked.ts';
import { idsIn, wholeOf } from '../fields.ts';
import { href, html, type Part } from '../html.ts';
import { countText, instantText, roughText } from '../notation.ts';
import { badge, bullets, facts, link, nothing, paragraph, section, keptTimes } from '../parts.ts';
import type { Page } from '../routes.ts';
import { readable, eventLink, type EventSummary, eventTable } from '../shown.ts';
import { kindOfField, named, type Named } from '../things.ts';
import { anyWord, source, word } from '../words.ts';
import { ProblemError } from '../../ledger/errors.ts';

/** Events on one page. */
const atOnce = 50;

export const eventList: Page = {
  path: '/gebeurtenissen',
  show: async (asked) => {
    const { query, asOf, ledger, link: to } = asked;
    const from = Math.max(0, sequenceIn(query['vanaf']) ?? 0);
    const to_ = Math.min(asOf.knownAt, from + atOnce - 1);
    const events = to_ < from ? [] : await ledger.eventsBetween(from, to_);
    return {
      title: 'Alle gebeurtenissen',
      lead: 'Het grootboek zelf: elke gebeurtenis in de volgorde waarin zij is vastgelegd. Er wordt niets gewijzigd of gewist.',
      body: html`${
          events.length === 0
            ? nothing('Hier zijn geen gebeurtenissen.')
            : eventTable(asked, `Gebeurtenissen ${from} tot en met ${to_}`, events)
        }
        <p class="pages">
          ${from > 0 && link(to('/gebeurtenissen', { vanaf: Math.max(0, from - atOnce) }), 'Vorige')}
          ${to_ < asOf.knownAt && link(to('/gebeurtenissen', { vanaf: to_ + 1 }), 'Volgende')}
        </p>`,
    };
  },
};

export const eventPage: Page = {
  path: '/gebeurtenissen/:eventId',
  show: async (asked) => {
    const { params, ledger, link: to, asOf } = asked;
    const found = await ledger.lookAt(params['eventId']!, asOf.knownAt);
    if (found === undefined)
      throw new ProblemError({
        code: 'not-found',
        detail: 'Deze gebeurtenis was op dit moment niet bekend.',
      });
    const names = await namesIn(asked, found.entry.data);
    const { summary: s, entry, restsOn, restedOnBy, reversedBy } = found;
    return {
      title: readable(asked, s.summary),
      mark: badge(`gebeurtenis ${s.sequence}`, 'info'),
      crumbs: [
        [
          'Alle gebeurtenissen',
          to('/gebeurtenissen', { vanaf: Math.floor(s.sequence / atOnce) * atOnce }),
        ],
      ],
      body: html`${facts([
          ['Soort, voor systemen', html`<code>${s.type}</code>`],
          ['Geldt vanaf', roughText(s.validFrom)],
          ['Vastgelegd', instantText(s.recordedAt)],
          [
            'Door',
            anyWord(entry.actor.office) +
              (entry.actor.municipality === undefined
                ? ''
                : ` van ${asked.municipality(entry.actor.municipality)}`),
          ],
          ['Teruggenomen door', reversedBy && eventLink(asked, reversedBy)],
        ])}
        ${section(
          'Bron',
          s.evidence.length === 0
            ? nothing('Bij deze gebeurtenis is geen bron vastgelegd.')
            : bullets(
                s.evidence.map(
                  ({ source: name, place, basis, reasoning, learnedOn }) =>
                    html`${source(name)}${place !== undefined && `, ${place}`}
                    ${badge(word('basis', basis), basis === 'stated' ? 'positive' : 'info')}
                    ${reasoning !== undefined && html`<div>${reasoning}</div>`}
                    ${
                      learnedOn !== undefined &&
                      html`<div class="steps__when">
                        bekend: ${roughText(learnedOn)} ·
                        ${link(href('/', { peildatum: learnedOn.latest, 'bekend-op': s.sequence }), 'wat toen bekend was volgens de bronnen')}
                      </div>`
                    }`,
                ),
              ),
        )}
        ${section('Wat is vastgelegd', wholeOf(asked, entry.data, names))}
        ${entry.sealed > 0 && paragraph('Een deel is verzegeld: het gaat over een persoon.')}
        ${neighbours(asked, 'Rust op', restsOn)} ${neighbours(asked, 'Hierop rust', restedOnBy)}
        <p class="pages">
          ${link(href('/', { peildatum: s.validFrom.latest, 'bekend-op': s.sequence }), 'De stand na deze gebeurtenis')}
          ${s.sequence > 0 && link(to('/terugspelen', { na: s.sequence - 1 }), 'Wat veranderde hierdoor?')}
          ${link(to(`/controleren/gebeurtenis/${s.eventId}`), 'Het bewijs dat dit is vastgelegd')}
          ${asked.csrf !== undefined && reversedBy === undefined && link(href('/vastleggen/reverse-fact', { event: s.eventId }), 'Neem dit terug')}
          ${link(href(`/v1/events/${s.eventId}`), 'Voor systemen: als CloudEvent')}
        </p>`,
    };
  },
};

/** Names of the things and events that an event names by their ids. */
const namesIn = async (asked: Asked, data: unknown): Promise<ReadonlyMap<string, Named>> => {
  const found = new Map<string, Named>();
  for (const [field, id] of idsIn(data)) {
    if (found.has(id) || asked.decision(id) !== undefined) continue;
    const kind = kindOfField(field);
    const name = kind === undefined ? await eventNamed(asked, id) : await named(asked, kind, id);
    if (name !== undefined) found.set(id, name);
  }
  return found;
};

const eventNamed = async (asked: Asked, id: string): Promise<Named | undefined> => {
  const found = id.includes('-') ? await asked.ledger.lookAt(id, asked.asOf.knownAt) : undefined;
  if (found === undefined) return undefined;
  const { sequence, summary } = found.summary;
  return {
    name: `${sequence}. ${readable(asked, summary)}`,
    to: asked.link(`/gebeurtenissen/${id}`),
  };
};

/** Neighbours that stand open; the others are folded in. */
const openNeighbours = 8;

const neighbours = (asked: Asked, title: string, events: readonly EventSummary[]): Part => {
  const lines = events.map((e) => eventLink(asked, e));
  const rest = lines.slice(openNeighbours);
  return (
    lines.length > 0 &&
    section(
      title,
      bullets(lines.slice(0, openNeighbours)),
      rest.length > 0 &&
        html`<details>
          <summary>Nog ${rest.length}</summary>
          ${bullets(rest)}
        </details>`,
    )
  );
};

export const timelinePage: Page = {
  path: '/tijdlijn',
  show: async (asked) => {
    const { query, asOf, ledger, moment, link: to } = asked;
    const year = sequenceIn(query['jaar']) ?? Number(asOf.validAt.slice(0, 4));
    const after = query['na'];
    const found = await ledger.timeline(
      {
        ...moment,
        from: `${year}-01-01`,
        until: `${year + 1}-01-01`,
        ...(after === undefined ? {} : { after }),
      },
      atOnce,
    );
    const next = 'next' in found ? found.next : undefined;
    return {
      title: `Tijdlijn ${year}`,
      lead: `Wat er in ${year} gebeurde, op de datum waarop het geldt.`,
      body: html`${
          found.items.length === 0
            ? nothing(`Van ${year} is op dit moment niets bekend.`)
            : eventTable(asked, `Gebeurtenissen van ${year}`, found.items)
        }
        <p class="pages">
          ${link(to('/tijdlijn', { jaar: year - 1 }), `${year - 1}`)}
          ${next !== undefined && link(to('/tijdlijn', { jaar: year, na: next }), `Meer van ${year}`)}
          ${link(to('/tijdlijn', { jaar: year + 1 }), `${year + 1}`)}
        </p>`,
    };
  },
};

// --- searching

export const searchPage: Page = {
  path: '/zoeken',
  show: async (asked) => {
    const { query, ledger, asOf, link: to } = asked;
    const words = (query['q'] ?? '').trim();
    const before = sequenceIn(query['voor']);
    const found =
      words === ''
        ? undefined
        : await ledger.search(words, asOf.knownAt, { before, limit: atOnce });
    return {
      title: 'Zoeken',
      lead: 'Zoek in alles wat is vastgelegd: besluiten, bedragen, diensten, bronnen.',
      body: html`<form class="filter" method="get" action="${href('/zoeken')}" role="search">
          ${keptTimes(asked.times)}
          <div>
            <label for="q">Zoekwoorden</label
            ><input id="q" name="q" type="search" value="${words}" />
          </div>
          <button class="nl-button nl-button--primary" type="submit">Zoek</button>
        </form>
        ${
          found !== undefined &&
          html`${paragraph(lookedThrough(words, before ?? asOf.knownAt + 1, found))}
          ${found.items.length > 0 && eventTable(asked, `Gevonden voor “${words}”, de nieuwste eerst`, found.items)}`
        }
        ${
          found?.next !== undefined &&
          html`<p class="pages">
            ${link(to('/zoeken', { q: words, voor: found.next }), `Zoek verder in de ${countText(found.next)} oudere`)}
          </p>`
        }`,
    };
  },
};

/** How far was looked, so that nobody takes a part for all. */
const lookedThrough = (
  words: string,
  until: number,
  { items, next }: { readonly items: readonly unknown[]; readonly next?: number },
): string => {
  const all = next === undefined && items.length > 0;
  const found =
    items.length === 0 ? `Niets gevonden voor “${words}”` : `${countText(items.length)} gevonden`;
  const last = countText(Math.max(0, until - 1));
  return all
    ? `${found}. Gezocht is in alles tot en met gebeurtenis ${last}.`
    : next === undefined
      ? `${found}, in alles tot en met gebeurtenis ${last}.`
      : `${found} in gebeurtenis ${countText(next)} tot en met ${last}. In de ${countText(next)} oudere is nog niet gezocht.`;
};
