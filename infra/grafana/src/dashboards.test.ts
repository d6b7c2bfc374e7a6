import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { renderDashboards } from "./all-dashboards.js";
import { findUnknown, selectorsOf } from "./named-series.js";

const infra = new URL("../../", import.meta.url);
const read = (file: string) => readFileSync(new URL(file, infra), "utf8");

interface Panel {
  readonly title: string;
  readonly type: string;
  readonly description?: string;
  readonly targets?: readonly {
    readonly expr: string;
    readonly legendFormat: string;
    readonly refId: string;
  }[];
}

const dashboards = renderDashboards();
const panelsOf = (content: string) =>
  (JSON.parse(content) as { panels: readonly Panel[] }).panels.filter(({ type }) => type !== "row");

test("the committed dashboards are what the code makes: npm run generate -w infra/grafana", () => {
  expect(readdirSync(new URL("grafana/dashboards/", infra)).sort()).toEqual(
    dashboards.map(({ file }) => file).sort(),
  );
  for (const { file, content } of dashboards) expect(read(`grafana/dashboards/${file}`)).toBe(content);
});

test("each panel says which question it answers, and each line what it is", () => {
  for (const { content } of dashboards) {
    const panels = panelsOf(content);
    expect(new Set(panels.map(({ title }) => title)).size).toBe(panels.length);
    for (const { description, targets = [] } of panels) {
      expect(description).toMatch(/\?/);
      expect(targets.length).toBeGreaterThan(0);
      for (const { legendFormat } of targets) expect(legendFormat).not.toBe("");
    }
  }
});

test("no query asks for a metric, or a label of it, that does not exist", () => {
  for (const { content } of dashboards) {
    for (const { title, targets = [] } of panelsOf(content)) {
      for (const { expr } of targets) expect([title, findUnknown(expr)]).toEqual([title, []]);
    }
  }
});

test("what does not exist is found", () => {
  const expr =
    'sum by (le) (rate(hooklane_attempt_seconds_bucket{pool="y",le=~"hooklane_no"}[5m])) / hooklane_no or up';
  expect(selectorsOf(expr).map(({ name }) => name)).toEqual([
    "hooklane_attempt_seconds_bucket",
    "hooklane_no",
    "up",
  ]);
  expect(findUnknown(expr)).toEqual(["hooklane_attempt_seconds_bucket{pool}", "hooklane_no"]);
});
