import { audienceIdOf } from "./audience.js";
import type { NativeEvent } from "./event.js";
import type { CompiledFilter } from "./filter/compile-filter.js";
import type { EndpointId, JourneyId, WebhookId } from "./ids.js";
import { passesSourceFilter } from "./source.js";
import type { EventSource, SourceBox, UnmatchedReason, WebhookKind, WebhookStatus } from "./vocabulary.js";

/** What matching reads of a webhook. */
export interface MatchableWebhook {
  readonly id: WebhookId;
  /** Absent: it asks for what it gets. */
  readonly kind?: WebhookKind | undefined;
  /** Of a journey's point: arrivals that name another journey are not for it (W4). */
  readonly journeyId?: JourneyId | undefined;
  readonly endpointId: EndpointId;
  readonly status: WebhookStatus;
  readonly version: number;
  readonly generation: number;
  readonly eventTypes: readonly string[];
  /** Those of them the workspace's plan leaves out (W9); absent is none. */
  readonly lockedEventTypes?: readonly string[] | undefined;
  /** Ticked boxes of the source filter (W3); absent is no filter. */
  readonly sources?: readonly SourceBox[] | undefined;
  /** The audience an event has to be about (W3); absent is any, or none. */
  readonly audienceId?: string | undefined;
  /** What an event's content has to meet (W7); absent is nothing. */
  readonly filter?: CompiledFilter | undefined;
  /** Since when it is owed what it does not get; absent: it was never switched on. */
  readonly owedSince?: number | undefined;
}

/** What matching reads of an event and its type. */
export interface MatchableEvent {
  readonly type: string;
  readonly source: EventSource;
  /** Set off at one webhook, and nobody else's (W4, W5). Absent: it is for whoever asks for its type. */
  readonly aimedAt?: WebhookId | undefined;
  /** W2: logged, not delivered. */
  readonly suppressed: boolean;
  /** False where the type ignores source filters (W3: `audience.campaign_sending`). */
  readonly sourceFilterApplies: boolean;
  /**
   * The event itself; undefined where its bytes are no event, which then is about no audience and meets no filter.
   * Called once at most, and only when a webhook that got so far looks at it.
   */
  readonly readContent: () => NativeEvent | undefined;
}

/** Why a webhook that asked for the event's type does not get it. `event_type` is never among them: see {@link matchEvent}. */
export interface Unmatched<W extends MatchableWebhook = MatchableWebhook> {
  readonly webhook: W;
  readonly reason: Exclude<UnmatchedReason, "event_type">;
  /** Only its status kept the webhook from getting the event: it is owed to it, should it recover (D7). Nothing is to one that was never switched on. */
  readonly isOwed: boolean;
}

/** Who gets an event, in the order in which their deliveries enter the line, and who does not. */
export interface MatchResult<W extends MatchableWebhook = MatchableWebhook> {
  readonly matched: readonly W[];
  readonly unmatched: readonly Unmatched<W>[];
}

/** The webhooks of one workspace by event type, each list in the order of the webhooks' ids. */
export type TypeIndex<W extends MatchableWebhook = MatchableWebhook> = ReadonlyMap<string, readonly W[]>;

/** Builds the type index of one workspace. The order does not depend on the order of the input. */
export function buildTypeIndex<W extends MatchableWebhook>(webhooks: Iterable<W>): TypeIndex<W> {
  const index = new Map<string, W[]>();
  const inOrder = [...webhooks].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
  for (const webhook of inOrder) {
    for (const type of new Set(webhook.eventTypes)) {
      const listed = index.get(type);
      if (listed) listed.push(webhook);
      else index.set(type, [webhook]);
    }
  }
  return index;
}

/**
 * Decides who gets an event (architecture.md §3, router). Reasons are given for the webhooks that asked for its type
 * only; that the others did not is derived when a decision is read. The first reason in the order suppressed, plan,
 * source, audience, filter, status is the one told, so that a status is told of what would have been sent but for it.
 */
export function matchEvent<W extends MatchableWebhook>(
  index: TypeIndex<W>,
  event: MatchableEvent,
): MatchResult<W> {
  const matched: W[] = [];
  const unmatched: Unmatched<W>[] = [];
  const content = new EventContent(event.readContent);
  for (const webhook of candidatesOf(index, event, content)) {
    const reason = whyNot(webhook, event) ?? whyNotItsContent(webhook, content);
    const status = reason ?? whyNotItsStatus(webhook);
    if (status === undefined) matched.push(webhook);
    else {
      const isOwed = reason === undefined && webhook.owedSince !== undefined;
      unmatched.push({ webhook, reason: status, isOwed });
    }
  }
  return { matched, unmatched };
}

function candidatesOf<W extends MatchableWebhook>(
  index: TypeIndex<W>,
  { type, aimedAt }: Pick<MatchableEvent, "type" | "aimedAt">,
  content: EventContent,
): readonly W[] {
  const ofType = index.get(type) ?? [];
  if (aimedAt === undefined) return ofType;
  return ofType.filter((webhook) => webhook.id === aimedAt && isOfItsJourney(webhook, content));
}

/** An upstream application that takes one journey's point for another's has made a mistake: nothing is sent by it. */
const isOfItsJourney = ({ journeyId }: MatchableWebhook, content: EventContent): boolean =>
  journeyId === undefined || content.event?.data.journey_id === journeyId;

function whyNot(webhook: MatchableWebhook, event: MatchableEvent): Unmatched["reason"] | undefined {
  if (event.suppressed) return "suppressed";
  if (webhook.lockedEventTypes?.includes(event.type)) return "plan_locked";
  if (event.sourceFilterApplies && !passesSourceFilter(webhook.sources, event.source)) return "source";
  return undefined;
}

/** What comes while a webhook recovers is sent by its recovery, behind what came before. */
function whyNotItsStatus({ status, kind }: MatchableWebhook): Unmatched["reason"] | undefined {
  if (status === "active") return undefined;
  // A journey switches its points on and off with itself.
  return status === "inactive" && kind === "journey_point" ? "journey_not_active" : status;
}

/** An event's content, read at the first look. */
class EventContent {
  readonly #read: () => NativeEvent | undefined;
  #found: { readonly event: NativeEvent | undefined } | undefined;

  constructor(read: () => NativeEvent | undefined) {
    this.#read = read;
  }

  get event(): NativeEvent | undefined {
    this.#found ??= { event: this.#read() };
    return this.#found.event;
  }
}

function whyNotItsContent(
  { audienceId, filter }: MatchableWebhook,
  content: EventContent,
): Unmatched["reason"] | undefined {
  if (audienceId !== undefined && (!content.event || audienceIdOf(content.event) !== audienceId)) {
    return "audience";
  }
  if (filter && (!content.event || !filter.matches(content.event))) return "filter";
  return undefined;
}
