import { readFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { parse } from "yaml";
import { findUnknown } from "../grafana/src/named-series.js";

const read = (file) => readFileSync(new URL(file, import.meta.url), "utf8");
const rulesOf = (file) => parse(read(file)).groups.flatMap(({ rules }) => rules);
const alerts = rulesOf("alerts.rules.yml");
const recorded = rulesOf("recording.rules.yml");
const document = read("../../docs/operations.md");

test("each alert has its section in docs/operations.md and names it, and each section is an alert's", () => {
  const names = [...new Set(alerts.map(({ alert }) => alert))];
  const sections = [...document.matchAll(/^### (Hooklane\w+)$/gm)].map(([, name]) => name);
  expect(sections.sort()).toEqual(names.sort());
  for (const { alert, annotations } of alerts)
    expect(annotations.runbook_url).toBe(`docs/operations.md#${alert.toLowerCase()}`);
});

test("each alert says what is wrong, and whether it wakes somebody", () => {
  for (const { labels, annotations } of alerts) {
    expect(labels.severity).toMatch(/^(page|ticket)$/);
    expect(annotations.summary).toMatch(/^.{20,}[^.]$/);
  }
});

test("each section shows what to look at", () => {
  for (const section of document.split(/^### (?=Hooklane)/m).slice(1))
    expect(section).toMatch(/```(promql|bash)\n/);
});

test("no rule and no query of a section asks for what does not exist", () => {
  for (const { alert, record, expr } of [...alerts, ...recorded])
    expect([alert ?? record, findUnknown(expr)]).toEqual([alert ?? record, []]);
  for (const [, block] of document.matchAll(/```promql\n(.*?)```/gs))
    expect([block, findUnknown(block)]).toEqual([block, []]);
});

test("what is measured in the text exists", () => {
  for (const [, name] of document.matchAll(/`((?:hooklane|nodejs|process)_\w+)`/g)) {
    const series = [name, `${name}_count`].map((each) => findUnknown(each));
    expect([name, series.some((unknown) => unknown.length === 0)]).toEqual([name, true]);
  }
});

test("each variable the text names is one of a service", () => {
  const configs = ["dispatcher", "event-ingestor", "health-monitor", "router", "subscription-api"]
    .map((service) => read(`../../apps/${service}/src/config.ts`))
    .concat(read("../../packages/service/src/config/fragments.ts"))
    .join();
  const variables = [...document.matchAll(/`([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)`/g)].map(([, name]) => name);
  expect(variables.length).toBeGreaterThan(5);
  for (const name of variables) expect([name, configs.includes(`${name}:`)]).toEqual([name, true]);
});
