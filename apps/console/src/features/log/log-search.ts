import type { Delivery, Event } from "@hooklane/client";

export const DELIVERY_STATUSES = [
  "pending",
  "retrying",
  "delivered",
  "dead_letter",
  "skipped",
  "cancelled",
] as const satisfies readonly Delivery["status"][];

export const EVENT_STATUSES = [
  "accepted",
  "suppressed",
  "scheduled",
  "cancelled",
] as const satisfies readonly Event["status"][];

const VIEWS = ["events", "dead_letters"] as const;

/** What the log shows. */
export interface LogSearch {
  /** Absent: deliveries. */
  readonly view?: (typeof VIEWS)[number] | undefined;
  readonly webhookId?: string | undefined;
  readonly eventType?: string | undefined;
  readonly status?: Delivery["status"] | undefined;
  readonly eventStatus?: Event["status"] | undefined;
  /** Local date and time, as the browser's field writes it. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** What an address asks for; what cannot be understood is left out. */
export function readLogSearch(raw: Readonly<Record<string, unknown>>): LogSearch {
  const text = (value: unknown) => (typeof value === "string" && value !== "" ? value : undefined);
  return {
    view: VIEWS.find((view) => view === raw.view),
    webhookId: text(raw.webhookId),
    eventType: text(raw.eventType),
    status: DELIVERY_STATUSES.find((status) => status === raw.status),
    eventStatus: EVENT_STATUSES.find((status) => status === raw.eventStatus),
    from: text(raw.from),
    to: text(raw.to),
  };
}

/** The API's name for a local time; none for what is no time. */
export function toInstant(local: string | undefined): string | undefined {
  if (local === undefined) return undefined;
  const time = new Date(local);
  return Number.isNaN(time.getTime()) ? undefined : time.toISOString();
}
