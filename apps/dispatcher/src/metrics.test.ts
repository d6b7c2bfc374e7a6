import { readFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { createMetrics, type MetricOptions, type Metrics } from "@hooklane/service";
import { type GaugeSource, observe } from "./gauges.js";
import { createDispatcherMetrics } from "./metrics.js";

/** Name, type, labels and help of each, as the document has them. */
type Row = readonly [name: string, type: string, labels: string, help: string];

function readDocument(service: string): Row[] {
  const text = readFileSync(new URL("../../../docs/metrics.md", import.meta.url), "utf8");
  const section = text.split(/^## /m).find((each) => each.startsWith(`${service}\n`)) ?? "";
  return section.split("\n").flatMap((line): Row[] => {
    const [, name = "", type = "", labels = "", help = ""] = line.split("|").map((cell) => cell.trim());
    return name.startsWith("`hooklane_") ? [[bare(name), type, bare(labels), bare(help)]] : [];
  });
}

const bare = (cell: string) => cell.replaceAll(/[`\\]/g, "");

/** What is made with the given metrics. */
function rowsOf(make: (metrics: Metrics) => void): Row[] {
  const rows: Row[] = [];
  const note = (type: string, { name, labels = [], help }: MetricOptions<string>) =>
    rows.push([`hooklane_${name}`, type, labels.join(", "), help]);
  const real = createMetrics("test", { processMetrics: false });
  make({
    registry: real.registry,
    counter: (options) => {
      note("counter", options);
      return real.counter(options);
    },
    gauge: (options) => {
      note("gauge", options);
      return real.gauge(options);
    },
    histogram: (options) => {
      note("histogram", options);
      return real.histogram(options);
    },
  });
  return rows;
}

test("docs/metrics.md lists the dispatcher's metrics as they are", () => {
  const rows = rowsOf((metrics) => {
    createDispatcherMetrics(metrics);
    observe(metrics, { queueBudgetBytes: 0 } as GaugeSource);
  });
  expect(rows.length).toBeGreaterThan(40);
  expect(readDocument("dispatcher").sort()).toEqual(rows.sort());
});

test("each says its unit or that it counts, and none carries an id", () => {
  const rows = rowsOf(createDispatcherMetrics);
  for (const [name, type, labels] of rows) {
    expect(name).toMatch(type === "counter" ? /_total$/ : /_(seconds|bytes)$/);
    expect(labels).not.toMatch(/id\b/i);
  }
});
