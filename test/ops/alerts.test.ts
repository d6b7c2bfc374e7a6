import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { findCacheDir, findPrometheus } from "@hooklane/local-stack";
import { ALERT_CASES, type AlertCase, STEP_MINUTES } from "./support/alert-cases.js";
import { PROMETHEUS_DIR, readRules, type Rule } from "./support/prometheus-rules.js";

/** Where Prometheus has to be fetched first. */
const FETCH_LIMIT_MS = 180_000;
const CASE_LIMIT_MS = 60_000;

const run = promisify(execFile);
const alerts = readRules("alerts.rules.yml");
const rulesOf = (name: string) => alerts.filter(({ alert }) => alert === name);

let dir: string;
let promtool: string;
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), "hooklane-alerts-"));
  const cacheDir = findCacheDir(process.env);
  ({ promtool } = await findPrometheus({ cacheDir, env: process.env, progress: () => undefined }));
}, FETCH_LIMIT_MS);
afterAll(() => rmSync(dir, { recursive: true, force: true }));

test("Prometheus takes the rules and the configuration", async () => {
  await run(promtool, ["check", "rules", ...RULE_FILES]);
  await run(promtool, ["check", "config", "--syntax-only", `${PROMETHEUS_DIR}prometheus.yml`]);
});

test("each alert has cases where it fires and where it does not", () => {
  const names = new Set(alerts.map(({ alert }) => alert));
  expect(new Set(Object.keys(ALERT_CASES))).toEqual(names);
  for (const cases of Object.values(ALERT_CASES)) {
    expect(new Set(cases.map(({ fires }) => fires.length > 0))).toEqual(new Set([true, false]));
  }
});

describe("promtool finds that", () => {
  for (const [name, cases] of Object.entries(ALERT_CASES)) {
    test(
      `${name} fires when it should, and only then`,
      async () => {
        const file = join(dir, `${name}.json`);
        writeFileSync(file, JSON.stringify(toPromtoolTests(name, cases)));
        await expect(run(promtool, ["test", "rules", file]).catch(toReport)).resolves.toMatchObject({
          stdout: expect.stringContaining("SUCCESS") as unknown,
        });
      },
      CASE_LIMIT_MS,
    );
  }
});

const RULE_FILES = ["recording.rules.yml", "alerts.rules.yml"].map((file) => `${PROMETHEUS_DIR}${file}`);

/** What promtool reads; JSON is YAML. */
function toPromtoolTests(name: string, cases: readonly AlertCase[]) {
  const step = `${STEP_MINUTES[name] ?? 1}m`;
  const needsRecorded = rulesOf(name).some(({ expr }) => expr.includes("hooklane:"));
  return {
    rule_files: RULE_FILES.slice(needsRecorded ? 0 : 1),
    evaluation_interval: step,
    // As in a running Prometheus: what was recorded is there when an alert asks for it.
    ...(needsRecorded && {
      group_eval_order: ["hooklane.recorded.service-levels", "hooklane.service-levels"],
    }),
    tests: cases.map(({ because, series, at, fires }) => ({
      name: because,
      interval: step,
      input_series: Object.entries(series).map(([each, values]) => ({ series: each, values })),
      alert_rule_test: [
        { eval_time: at, alertname: name, exp_alerts: fires.map((labels) => toAlert(name, labels)) },
      ],
    })),
  };
}

/** The alert as Prometheus sends it, of the rule that says so. */
function toAlert(name: string, labels: Readonly<Record<string, string>>) {
  const rules = rulesOf(name);
  const rule = rules.find((each) => each.labels.service === labels.service) ?? rules[0]!;
  return { exp_labels: { ...rule.labels, ...labels }, exp_annotations: fillIn(rule, labels) };
}

const fillIn = ({ annotations }: Rule, labels: Readonly<Record<string, string>>) =>
  Object.fromEntries(
    Object.entries(annotations).map(([key, text]) => [
      key,
      text.replaceAll(/\{\{ \$labels\.(\w+) \}\}/g, (_, label: string) => labels[label] ?? ""),
    ]),
  );

/** What promtool found wrong, in place of that it failed. */
function toReport(error: unknown) {
  const { stdout = "", stderr = "" } = error as { stdout?: string; stderr?: string };
  return { stdout: `${stdout}${stderr}` };
}
