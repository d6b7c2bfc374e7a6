import type { Attempt, Delivery, Event, Journey, Webhook } from "@hooklane/client";
import type { Column } from "./table.js";

export const WEBHOOK_COLUMNS: readonly Column<Webhook>[] = [
  { head: "ID", of: ({ id }) => id },
  { head: "NAME", of: ({ name }) => name },
  { head: "STATUS", of: ({ status }) => status },
  { head: "EVENT TYPES", of: ({ eventTypes }) => shorten(eventTypes) },
  { head: "URL", of: ({ url }) => url },
];

export const JOURNEY_COLUMNS: readonly Column<Journey>[] = [
  { head: "ID", of: ({ id }) => id },
  { head: "NAME", of: ({ name }) => name },
  { head: "STATUS", of: ({ status }) => status },
  { head: "POINTS", of: ({ pointCount }) => pointCount },
  { head: "CREATED", of: ({ createdAt }) => createdAt },
];

export const EVENT_COLUMNS: readonly Column<Event>[] = [
  { head: "ID", of: ({ id }) => id },
  { head: "TYPE", of: ({ type }) => type },
  { head: "SOURCE", of: ({ source }) => source },
  { head: "STATUS", of: ({ status }) => status },
  { head: "ACCEPTED", of: ({ acceptedAt }) => acceptedAt },
];

export const DELIVERY_COLUMNS: readonly Column<Delivery>[] = [
  { head: "ACCEPTED", of: ({ acceptedAt }) => acceptedAt },
  { head: "ID", of: ({ id }) => id },
  { head: "EVENT TYPE", of: ({ eventType }) => eventType },
  { head: "WEBHOOK", of: ({ webhookId }) => webhookId },
  { head: "STATUS", of: ({ status, reason }) => (reason === undefined ? status : `${status} (${reason})`) },
  { head: "ATTEMPTS", of: ({ attempts }) => attempts.length },
  { head: "LAST", of: ({ attempts }) => toOutcome(attempts.at(-1)) },
];

export const ATTEMPT_COLUMNS: readonly Column<Attempt>[] = [
  { head: "ATTEMPT", of: ({ number }) => number },
  { head: "TRIGGER", of: ({ trigger }) => trigger },
  { head: "STARTED", of: ({ startedAt }) => startedAt },
  { head: "MS", of: ({ durationMs }) => Math.round(durationMs) },
  { head: "OUTCOME", of: toOutcome },
  { head: "DETAIL", of: ({ errorDetail }) => errorDetail },
];

/** The status code, or why there is none. */
function toOutcome(attempt: Attempt | undefined): string | undefined {
  if (!attempt) return undefined;
  const { statusCode, error } = attempt;
  return statusCode === undefined ? error : String(statusCode);
}

const SHOWN_MAX = 3;

const shorten = (names: readonly string[]): string =>
  names.length <= SHOWN_MAX
    ? names.join(", ")
    : `${names.slice(0, SHOWN_MAX).join(", ")} and ${names.length - SHOWN_MAX} more`;
