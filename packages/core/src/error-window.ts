import type { DeliveryId, WebhookId } from "./ids.js";
import type { DisablePolicy } from "./vocabulary.js";

/** A failed attempt, as the shared rule counts it (lanes.md §7). */
export interface CountedError {
  /** `"<endpointId>:<logEpoch>:<offset>:<attempt>"`: counting it again changes nothing. */
  readonly id: string;
  readonly webhookId: WebhookId;
  readonly generation: number;
  /** What failed, for people; of a batch its first. */
  readonly deliveryId?: DeliveryId;
  /** Milliseconds since 1970, the database's clock. */
  readonly at: number;
}

/** A webhook at one of its generations. */
export interface WebhookGeneration {
  readonly webhookId: WebhookId;
  readonly generation: number;
}

/** The rule tripped: the webhooks its policy chose are to be disabled. */
export interface ErrorTrip {
  readonly webhooks: readonly WebhookGeneration[];
  /** Errors in the window when it tripped, by webhook, named or not (product.md D6). */
  readonly errorCounts: readonly { readonly webhookId: WebhookId; readonly errors: number }[];
  /** Milliseconds since 1970, the database's clock. */
  readonly at: number;
  /** The health-monitor has disabled them. */
  readonly applied: boolean;
}

/** What a workspace's errors are counted in. */
export interface ErrorWindow {
  /** Oldest first; never more than `errorsMax`. */
  readonly errors: readonly CountedError[];
  /** Errors of an earlier generation no longer count; set by the transaction that enables a webhook. */
  readonly since: Readonly<Record<string, number>>;
  /** Oldest first. */
  readonly trips: readonly ErrorTrip[];
}

/** product.md D5. Other limits are for tests. */
export interface ErrorRule {
  /** This many errors in the window are borne; the next one trips. */
  readonly errorsMax: number;
  readonly windowMs: number;
}

export const DEFAULT_ERROR_RULE: ErrorRule = { errorsMax: 30, windowMs: 30 * 60 * 1000 };

export const EMPTY_ERROR_WINDOW: ErrorWindow = { errors: [], since: {}, trips: [] };

/** Whom a trip disables. `all` needs the workspace's webhooks, as the window knows only those with errors. */
export interface TripPolicy {
  readonly policy: DisablePolicy;
  readonly workspaceWebhooks: readonly WebhookGeneration[];
}

/** The window after an error, and the trip if this error was one too many. */
export interface Counted {
  readonly window: ErrorWindow;
  readonly trip?: ErrorTrip;
}

/**
 * Counts one failed attempt (product.md D5, lanes.md §7). Ignored: an id already in the window, a generation not above
 * the webhook's last tripped one, a generation below `since`. Trips stay while younger than the window, and longer
 * until they are applied.
 *
 * @param now milliseconds since 1970; errors at or before `now - windowMs` have left the window
 */
export function countError(
  window: ErrorWindow,
  error: Omit<CountedError, "at">,
  policy: TripPolicy,
  now: number,
  rule: ErrorRule = DEFAULT_ERROR_RULE,
): Counted {
  const errors = window.errors.filter(
    (each) => each.at > now - rule.windowMs && each.generation >= sinceOf(window, each.webhookId),
  );
  const trips = window.trips.filter((trip) => trip.at > now - rule.windowMs || !trip.applied);
  const aged = { ...window, errors, trips };
  if (isIgnored(aged, error)) return { window: aged };

  const counted = [...errors, { ...error, at: now }].slice(-(rule.errorsMax + 1));
  if (counted.length <= rule.errorsMax) return { window: { ...aged, errors: counted } };

  const webhooks = chooseWebhooks(counted, policy);
  const trip: ErrorTrip = { webhooks, errorCounts: countByWebhook(counted), at: now, applied: false };
  const chosen = new Set(webhooks.map((each) => each.webhookId));
  return {
    window: {
      ...aged,
      errors: counted.filter((each) => !chosen.has(each.webhookId)),
      trips: [...trips, trip],
    },
    trip,
  };
}

function sinceOf(window: ErrorWindow, webhookId: WebhookId): number {
  return window.since[webhookId] ?? 0;
}

function isIgnored(window: ErrorWindow, error: Omit<CountedError, "at">): boolean {
  return (
    error.generation < sinceOf(window, error.webhookId) ||
    window.errors.some((each) => each.id === error.id) ||
    window.trips.some((trip) =>
      trip.webhooks.some((each) => each.webhookId === error.webhookId && each.generation >= error.generation),
    )
  );
}

/** One entry a webhook with errors, in the order of its first error. */
function countByWebhook(errors: readonly CountedError[]): { webhookId: WebhookId; errors: number }[] {
  const counts = new Map<WebhookId, number>();
  for (const error of errors) counts.set(error.webhookId, (counts.get(error.webhookId) ?? 0) + 1);
  return [...counts].map(([webhookId, count]) => ({ webhookId, errors: count }));
}

/** @param errors not empty; the last one tripped the rule */
function chooseWebhooks(errors: readonly CountedError[], { policy, workspaceWebhooks }: TripPolicy) {
  const failing = countByWebhook(errors).map(({ webhookId }) => withGeneration(errors, webhookId));
  switch (policy) {
    case "worst":
      return [worst(errors)];
    case "last":
      return failing.filter((each) => each.webhookId === errors.at(-1)?.webhookId);
    case "contributors":
      return failing;
    case "all": {
      const known = new Set(failing.map((each) => each.webhookId));
      return [...failing, ...workspaceWebhooks.filter((each) => !known.has(each.webhookId))];
    }
  }
}

function withGeneration(errors: readonly CountedError[], webhookId: WebhookId): WebhookGeneration {
  const own = errors.filter((each) => each.webhookId === webhookId);
  return { webhookId, generation: Math.max(...own.map((each) => each.generation)) };
}

/** Most errors in the window, the latest on a tie. */
function worst(errors: readonly CountedError[]): WebhookGeneration {
  const counts = countByWebhook(errors);
  const most = Math.max(...counts.map((each) => each.errors));
  const candidates = new Set(counts.filter((each) => each.errors === most).map(({ webhookId }) => webhookId));
  const latest = errors.findLast((each) => candidates.has(each.webhookId));
  // A window that trips holds an error, and its webhook is a candidate or has fewer.
  if (latest === undefined) throw new RangeError("a trip without errors");
  return withGeneration(errors, latest.webhookId);
}
