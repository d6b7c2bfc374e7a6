import type { Metrics } from "@hooklane/service";

/** What is counted of contacts' changes and of what tells of them. */
export function createContactMetrics(metrics: Metrics) {
  return {
    waiting: metrics.gauge({
      name: "contact_events_waiting",
      help: "How many events of contacts' changes are not in line yet?",
    }),
    overdue: metrics.gauge({
      name: "contact_events_overdue_seconds",
      help: "Are webhooks told of contacts in time? How long the oldest event that is not in line has been waiting",
    }),
    swept: metrics.counter({
      name: "contact_events_swept_total",
      help: "Do processes die between a contact's change and its events? Events put in line in place of one",
    }),
    tagged: metrics.counter({
      name: "tag_removals_total",
      help: "How much work are deleted tags? Contacts they were taken from",
    }),
    removed: metrics.counter({
      name: "audience_contacts_removed_total",
      help: "How much work are deleted audiences? Contacts taken away with them",
    }),
  };
}

export type ContactMetrics = ReturnType<typeof createContactMetrics>;
