import { readFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { describeMetrics } from "@hooklane/service";
import { declareMetrics as declareOfDispatcher } from "../apps/dispatcher/src/declare-metrics.js";
import { declareMetrics as declareOfIngestor } from "../apps/event-ingestor/src/declare-metrics.js";
import { declareMetrics as declareOfMonitor } from "../apps/health-monitor/src/declare-metrics.js";
import { declareMetrics as declareOfRouter } from "../apps/router/src/declare-metrics.js";
import { declareMetrics as declareOfApi } from "../apps/subscription-api/src/declare-metrics.js";
import { renderDocument, toCatalogue } from "../scripts/lib/metrics-document.mjs";

const DECLARE = {
  "event-ingestor": declareOfIngestor,
  router: declareOfRouter,
  dispatcher: declareOfDispatcher,
  "health-monitor": declareOfMonitor,
  "subscription-api": declareOfApi,
};
const catalogue = toCatalogue((service) => describeMetrics(DECLARE[service]));
const all = Object.values(catalogue.services).flat();
const read = (file) => readFileSync(new URL(file, import.meta.url), "utf8");

test("docs/metrics.md and infra/metrics.json are what the services define: npm run generate:metrics", async () => {
  expect(JSON.parse(read("metrics.json"))).toEqual(catalogue);
  const document = read("../docs/metrics.md");
  expect(await renderDocument(document, catalogue)).toBe(document);
  for (const { name } of all) expect(document.split(`\`${name}\` `).length).toBeGreaterThan(1);
});

test("each metric is named after what it measures, with its unit last", () => {
  for (const { name, type } of all) {
    expect(name).toMatch(/^hooklane_[a-z][a-z0-9_]*[a-z0-9]$/);
    // A gauge without a unit counts things and is named after them.
    if (type === "counter") expect(name).toMatch(/_total$/);
    else expect(name).not.toMatch(/_(total|count|sum|bucket|info)$/);
    if (type === "histogram") expect(name).toMatch(/_(seconds|bytes)$/);
    // Base units only.
    expect(name).not.toMatch(/_(ms|milliseconds|minutes|hours|kb|mb|kilobytes|megabytes|percent)(_|$)/);
  }
});

test("a name has one meaning in all services, and is defined once in each", () => {
  const meanings = new Map();
  for (const metric of all) {
    if (!meanings.has(metric.name)) meanings.set(metric.name, metric);
    expect(metric).toEqual(meanings.get(metric.name));
  }
  for (const metrics of Object.values(catalogue.services))
    expect(new Set(metrics.map(({ name }) => name)).size).toBe(metrics.length);
});

test("no label carries an id", () => {
  const labels = new Set(all.flatMap(({ labels: own }) => own));
  for (const label of labels) {
    expect(label).toMatch(/^[a-z]+$/);
    expect(label).not.toMatch(/^(id|workspace|webhook|endpoint|delivery|event_?id|key|url|host|contact)$/);
  }
});

test("each help text begins with a question", () => {
  for (const { help } of all) expect(help).toMatch(/^[A-Z][^?]+\?( |$)/);
});
