import { randomUUID } from "node:crypto";

/** An event as `POST /v1/events` and `hooklane.inbound.v1` take it (api.md §2, §3). */
export interface EventInput {
  readonly id?: string;
  readonly type: string;
  readonly timestamp?: string;
  readonly source?: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly deliverAt?: string;
}

/** The event type of {@link anEvent}: in the catalogue, preset `email_marketing`. */
export const DEFAULT_EVENT_TYPE = "email.link_clicked";

/**
 * A valid event of the catalogue with an id of its own. `data` is merged into the example's, whose schema admits more
 * fields: a test can number its events there.
 */
export function anEvent(
  overrides: Partial<EventInput> & { readonly data?: Readonly<Record<string, unknown>> } = {},
): EventInput & { readonly id: string } {
  return {
    id: `evt_${randomUUID()}`,
    type: DEFAULT_EVENT_TYPE,
    timestamp: "2026-01-15T10:00:00Z",
    source: "subscriber",
    ...overrides,
    data: {
      contact: {
        id: "c_81",
        email: "lea@example.org",
        name: "Léa Roux",
        list: { id: "l_7", name: "Printemps" },
      },
      message: { id: "m_30", kind: "newsletter", name: "avril", subject: "Nos ateliers d'avril" },
      link: { id: "k_2", url: "https://example.org/ateliers", name: "Inscription" },
      ...overrides.data,
    },
  };
}

/** `count` valid events in order, numbered from 1 in `data.seq`. */
export function numberedEvents(
  count: number,
  overrides: Partial<EventInput> = {},
): readonly (EventInput & { readonly id: string })[] {
  return Array.from({ length: count }, (_, index) =>
    anEvent({ ...overrides, data: { ...overrides.data, seq: index + 1 } }),
  );
}
