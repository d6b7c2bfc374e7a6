import prettier from "prettier";

/** The services whose metrics are described, in the order of an event's way. */
export const METRIC_SERVICES = [
  "event-ingestor",
  "router",
  "dispatcher",
  "health-monitor",
  "subscription-api",
];

/** Of every service, by prom-client, as far as anything of ours asks for them. */
const PROCESS_METRICS = [
  { name: "nodejs_eventloop_lag_p99_seconds", type: "gauge", labels: [] },
  { name: "nodejs_eventloop_lag_mean_seconds", type: "gauge", labels: [] },
  { name: "nodejs_eventloop_lag_max_seconds", type: "gauge", labels: [] },
  { name: "nodejs_gc_duration_seconds", type: "histogram", labels: ["kind"] },
  { name: "nodejs_heap_size_used_bytes", type: "gauge", labels: [] },
  { name: "process_resident_memory_bytes", type: "gauge", labels: [] },
  { name: "process_cpu_seconds_total", type: "counter", labels: [] },
  { name: "process_start_time_seconds", type: "gauge", labels: [] },
  { name: "process_open_fds", type: "gauge", labels: [] },
  { name: "process_max_fds", type: "gauge", labels: [] },
];

/**
 * What dashboards and alerts may ask for: `infra/metrics.json`.
 *
 * @param {(service: string) => readonly object[]} describe the metrics of a service
 */
export function toCatalogue(describe) {
  return {
    processes: PROCESS_METRICS,
    services: Object.fromEntries(METRIC_SERVICES.map((service) => [service, describe(service)])),
  };
}

/** docs/metrics.md with its tables made anew of the catalogue; what stands around them is kept. */
export async function renderDocument(text, catalogue) {
  const rendered = text.replaceAll(
    /(<!-- generated: metrics of (\S+) -->\n).*?(<!-- end -->)/gs,
    (_, begin, service, end) => `${begin}\n${toTable(catalogue.services[service])}\n\n${end}`,
  );
  return prettier.format(rendered, { parser: "markdown", printWidth: 110 });
}

function toTable(metrics) {
  const rows = metrics.map(({ name, type, labels, help }) => [
    `\`${name}\``,
    type,
    labels.map((label) => `\`${label}\``).join(", "),
    help.replaceAll("|", "\\|"),
  ]);
  return [["name", "type", "labels", "question it answers"], ["-", "-", "-", "-"], ...rows]
    .map((cells) => `| ${cells.join(" | ")} |`)
    .join("\n");
}
