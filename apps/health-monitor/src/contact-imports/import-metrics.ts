import type { Metrics } from "@hooklane/service";

/** What imports of contacts count. */
export const createImportMetrics = (metrics: Metrics) => ({
  lines: metrics.counter({
    name: "contact_import_lines_total",
    help: "How many lines of imports does this process write? By what became of them",
    labels: ["outcome"],
  }),
  heldBack: metrics.counter({
    name: "contact_imports_held_back_total",
    help: "Does the router keep up with imports? Turns of an import that ended waiting for it",
  }),
  failures: metrics.counter({
    name: "contact_import_turns_failed_total",
    help: "Do imports get on? Turns that broke off; each is made again",
  }),
  ended: metrics.counter({
    name: "contact_imports_ended_total",
    help: "Do imports come to their end? By status",
    labels: ["status"],
  }),
  discarded: metrics.counter({
    name: "contact_uploads_discarded_total",
    help: "Do processes die while contacts are uploaded? Uploads cleared away in place of one",
  }),
});

export type ImportMetrics = ReturnType<typeof createImportMetrics>;
