/** Subscriptions to the ledger's events, as the faces see them. */
import type { Caller } from './access/index.ts';
import type { Sequence } from './event-log.ts';

/** `awaiting`: its receiver has not consented yet. */
export const webhookStatuses = ['awaiting', 'active', 'paused', 'ended'] as const;
export type WebhookStatus = (typeof webhookStatuses)[number];

/** Why a subscription is paused or ended. */
export const webhookReasons = {
  'by-owner': 'door wie het abonnement heeft',
  'by-administrator': 'door een beheerder',
  unreachable: 'de ontvanger nam drie dagen niets aan',
  'many-parked': 'te veel gebeurtenissen werden geweigerd',
  gone: 'de ontvanger antwoordde 410: hij is er niet meer',
  'no-consent': 'de ontvanger stemde niet binnen een dag in',
  'rights-ended': 'het token geldt niet meer, of mag geen gebeurtenissen meer volgen',
} as const;
export type WebhookReason = keyof typeof webhookReasons;
export const webhookReasonNames = Object.keys(webhookReasons) as [
  WebhookReason,
  ...WebhookReason[],
];

/** What somebody wants to be sent, and where to. */
export interface WebhookRequest {
  /** Of the receiver: https, and no address of this machine or its network. */
  readonly address: string;
  /** The bearer token by which the receiver knows us. */
  readonly token: string;
  /** Types of events, as the ledger names them; absent: all. */
  readonly types?: readonly string[] | undefined;
  /** An event must be about all of these. */
  readonly tags?: readonly string[] | undefined;
  /** The sequence before the first; absent: what comes from now on. */
  readonly after?: Sequence | undefined;
  /** Requests a minute that are asked for; absent: whatever the receiver allows. */
  readonly rate?: number | undefined;
  /** What it is for; no names of people. */
  readonly note?: string | undefined;
}

export interface WebhookShown extends Omit<WebhookRequest, 'token' | 'after'> {
  readonly webhookId: string;
  /** Opaque, as on events. */
  readonly owner: string;
  readonly status: WebhookStatus;
  readonly reason?: WebhookReason | undefined;
  /** Since when it has this status. */
  readonly since: string;
  readonly createdAt: string;
  /** Up to which sequence everything was taken, parked, or not for this subscriber. */
  readonly position: Sequence;
  readonly parked: number;
  /** What went wrong at the last attempt; absent when that went well. */
  readonly failure?: string | undefined;
  /** Before which nothing is tried, where that lies ahead. */
  readonly notBefore?: string | undefined;
}

/** An event that its receiver refused. What is in it stays in the log. */
interface ParkedShown {
  readonly sequence: Sequence;
  readonly parkedAt: string;
  /** The answer that it was refused with. */
  readonly failure: string;
  /** It is to be sent again. */
  readonly due: boolean;
}

/** Who asks sees their own; who manages sees all. @throws ProblemError `not-found`, `forbidden` */
export interface Webhooks {
  /**
   * The same key and request give the same subscription, with its secret as long as it lives.
   * Durable when it returns.
   * @throws ProblemError `invalid`, `key-reused`, `too-many`
   */
  create(caller: Caller, request: WebhookRequest, key: string): CreatedWebhook;
  list(caller: Caller): readonly WebhookShown[];
  one(caller: Caller, webhookId: string): WebhookShown;
  pause(caller: Caller, webhookId: string): WebhookShown;
  /** Asks the receiver for consent again, and goes on where it was. */
  resume(caller: Caller, webhookId: string): WebhookShown;
  /** For good: address, token and secret are destroyed. Also by who manages. */
  end(caller: Caller, webhookId: string): WebhookShown;
  parked(caller: Caller, webhookId: string, after: Sequence, limit: number): readonly ParkedShown[];
  /** Sends one again, or all in their order; tells how many are to be sent. */
  replay(caller: Caller, webhookId: string, sequence?: Sequence): number;
  /** How delivering goes, for whoever looks after it: of all, and of nobody in particular. */
  standing(): WebhookStanding;
}

/** What came of requests to receivers: how they took an event, or an older one anew. */
export type WebhookVerdict = 'taken' | 'gone' | 'refused' | 'failing';

interface WebhookStanding {
  readonly subscriptions: Readonly<Record<WebhookStatus, number>>;
  readonly parked: number;
  /** Events that the active one which is furthest behind has still to be sent, or passed over. */
  readonly behind: number;
  /** Deliveries since the service began. */
  readonly deliveries: Readonly<Record<WebhookVerdict, number>>;
}

interface CreatedWebhook {
  readonly webhook: WebhookShown;
  /** Under which deliveries are signed; absent once it has ended. */
  readonly secret?: string | undefined;
  readonly repeated: boolean;
}
