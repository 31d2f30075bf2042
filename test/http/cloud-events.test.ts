/** What goes out is a CloudEvent by the SDK, and by the NL GOV profile 1.1. */
import { CloudEvent, HTTP } from 'cloudevents';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { maxEntryBytes } from '../../events/entry.ts';
import { canonicalText, checkText, type Entry, entryTypes } from '../../events/index.ts';
import { openMemoryLog } from '../../src/log/memory.ts';
import { readSample, sampleNames } from '../golden/files.ts';
import { caughtUpAt, eventsIn, readStream } from '../support/event-stream.ts';
import { testLedger } from '../support/ledger.ts';
import { guarded, type Guarded } from './access-support.ts';

type Event = Readonly<Record<string, unknown>>;

const planted = Buffer.from('PLANTED-VERZEGELD').toString('base64');

/** What names another event names one that is there: who may not see that one, does not see this. */
const rejoined = (entry: Entry): Entry => {
  const others = sampleNames().map((name) => checkText(readSample(name)));
  const other = others.find(({ type }) => type === 'MemberJoined')!.id;
  const finding = others.find((one) => one.type === 'FindingRecorded')!.data;
  switch (entry.type) {
    case 'FactReversed':
      return { ...entry, data: { ...entry.data, event: other } };
    case 'FindingRecorded':
      return { ...entry, data: { ...entry.data, foundIn: other } };
    case 'FindingResolved':
      return { ...entry, data: { ...entry.data, findingId: finding.findingId } };
    default:
      return entry;
  }
};

/** A ledger begins with one of these, and ends with the other. */
const placeOf = ({ type }: Entry): number =>
  type === 'LedgerOpened' ? 0 : type === 'LedgerMoved' ? 2 : 1;

/** One of every type and version that was ever stored; what is sealed in them can be told again. */
const entries = sampleNames()
  .map((name) => rejoined(checkText(readSample(name))))
  .sort((a, b) => placeOf(a) - placeOf(b))
  .map(({ sealed, ...entry }): Entry => {
    const now = { ...entry, recordedAt: '2026-01-01T00:00:00.000Z' };
    if (sealed === undefined) return now;
    return { ...now, sealed: sealed.map((field) => ({ ...field, sealed: planted })) };
  });

let t: Guarded;
let stream: readonly Event[] = [];
let address = '';
beforeAll(async () => {
  const log = openMemoryLog();
  for (const entry of entries) await log.append([entry]);
  t = await guarded(await testLedger(log));
  address = await t.app.listen({ host: '127.0.0.1', port: 0 });
  // Both see what the other does not; between them it is all.
  stream = [...(await streamOf('auditor')), ...(await streamOf('ibn'))];
});
afterAll(async () => {
  expect(t.reported).toEqual([]);
  await t.close();
});

const streamOf = async (role: 'auditor' | 'ibn'): Promise<readonly Event[]> => {
  const reader = await readStream(`${address}/v1/event-stream`, t.as(role));
  const sent = await reader.until(caughtUpAt(entries.length - 1));
  reader.close();
  return eventsIn(sent).map(({ data }) => JSON.parse(data) as Event);
};

const expectAccepted = (event: Event): void => {
  const made = new CloudEvent<unknown>(event);
  expect(made.validate()).toBe(true);
  // JSON leaves out what is undefined.
  expect(JSON.parse(JSON.stringify(made))).toEqual(event);
};

describe('the CloudEvents SDK', () => {
  it('accepts every event of the stream, of every type', () => {
    for (const event of stream) expectAccepted(event);
    expect(new Set(stream.map(({ sequence }) => Number(sequence))).size).toBe(entries.length);
    expect(new Set(stream.map(({ type }) => type)).size).toBe(entryTypes.length);
  });

  test.each(entries.map((entry) => [entry.type, entry.id]))(
    'accepts a stored %s, read by itself',
    async (_type, id) => {
      const options = {
        url: `/v1/events/${id}`,
        headers: { accept: 'application/cloudevents+json' },
      };
      const roles = ['auditor', 'ibn'] as const;
      const replies = await Promise.all(roles.map((role) => t.ask(role, options)));
      const reply = replies.find(({ statusCode }) => statusCode === 200)!;
      const headers = { 'content-type': String(reply.headers['content-type']) };
      const read = HTTP.toEvent({ headers, body: reply.body });
      if (!(read instanceof CloudEvent)) throw new Error('not one CloudEvent');
      expect(read.validate()).toBe(true);
      expect(read.id).toBe(id);
      expectAccepted(reply.json());
    },
  );

  it('refuses what is not', () => {
    const [event] = stream;
    expect(() => expectAccepted({ ...event, time: 'gisteren' })).toThrow();
    expect(() => expectAccepted({ ...event, source: undefined })).toThrow();
  });
});

describe('by the NL GOV profile', () => {
  it('attributes have short names of small letters and digits', () => {
    for (const event of stream)
      for (const name of Object.keys(event)) expect(name).toMatch(/^[a-z0-9]{1,20}$/);
  });

  it('the source is a system of an organisation, the type a name under no organisation', () => {
    for (const { specversion, source, type, datacontenttype } of stream) {
      expect(specversion).toBe('1.0');
      expect(datacontenttype).toBe('application/json');
      expect(source).toMatch(/^urn:nld:oin:00000099\d{12}:systeem:[a-z0-9-]+$/);
      expect(type).toMatch(/^nl\.participatiewet\.[a-z0-9]+(-[a-z0-9]+)*$/);
      // What it is about may be in it, such as a budget of IBN; who sends it may not.
      expect(type).not.toMatch(/partner|noordoost|gemeente|gm\d/);
    }
  });

  it('time is when it was logged, sequence a whole number that goes on by one', () => {
    for (const { time } of stream) expect(time).toBe('2026-01-01T00:00:00.000Z');
    const sequences = new Set(stream.map(({ sequence }) => sequence));
    for (let n = 0; n < entries.length; n += 1) expect(sequences).toContain(String(n));
  });

  it('an event is at most 64 KB, also of the largest entry that can be stored', () => {
    const more = 65_536 - maxEntryBytes;
    for (const event of stream) {
      const stored = Buffer.byteLength(canonicalText(entries[Number(event['sequence'])]!));
      expect(Buffer.byteLength(JSON.stringify(event)) - stored).toBeLessThan(more);
    }
  });

  it('nothing that is sealed goes out, nor who acted, nor the command', () => {
    const text = JSON.stringify(stream);
    expect(entries.some((entry) => JSON.stringify(entry).includes(planted))).toBe(true);
    expect(text).not.toContain(planted);
    for (const { actor, command } of entries) {
      expect(text).not.toContain(command.tag);
      expect(text).not.toContain(command.input);
      expect(text).not.toContain(`"id":"${actor.id}"`);
    }
  });
});
