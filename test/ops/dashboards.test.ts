import { execFile } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import {
  eventually,
  SERVICE_NAMES,
  type Services,
  type ServiceProcess,
  startReceiver,
  startServices,
  startSmtpCatcher,
} from "@hooklane/testing";
import { BusyInstallation } from "./support/busy-installation.js";
import { fillIn, readPanelQueries } from "./support/dashboard-queries.js";
import { PrometheusProcess, type Sample } from "./support/prometheus.js";
import { readRules } from "./support/prometheus-rules.js";
import { readRunbooks } from "./support/runbooks.js";
import { renderSamples } from "./support/samples.js";

const run = promisify(execFile);

const START_LIMIT_MS = 240_000;
const DATA_LIMIT_MS = 150_000;

let services: Services;
let second: ServiceProcess;
let prometheus: PrometheusProcess;
/** What was started, to be stopped the other way round. */
const stops: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  const smtp = await startSmtpCatcher();
  stops.push(() => smtp.close());
  const receiver = await startReceiver();
  stops.push(() => receiver.close());
  services = await startServices({
    env: { DISPATCHER_RETRY_WAITS_S: "0.3,0.3,0.3", SMTP_URL: `smtp://127.0.0.1:${smtp.port}` },
  });
  stops.push(() => services.stop());
  second = await services.another("dispatcher");
  prometheus = await PrometheusProcess.start(
    Object.fromEntries(
      SERVICE_NAMES.map((name) => [
        name,
        [services.service(name).url, ...(name === "dispatcher" ? [second.url] : [])],
      ]),
    ),
  );
  stops.push(() => prometheus.stop());
  const busy = await BusyInstallation.start(services, receiver);
  stops.push(() => busy.stop());
  // Takes over half of the partitions, and the rest when the first one is stopped below: handovers to look at.
  second.spawn();
  await second.waitReady();
  const seen = () => prometheus.query('hooklane_partition_handover_gap_seconds_count{after="release"} > 0');
  await eventually(async () => (await seen()).length > 0, { what: "a handover to be seen" });
}, START_LIMIT_MS);

afterAll(async () => {
  if (process.env.HOOKLANE_WRITE_SAMPLES === "1") writeSamples();
  const failures: unknown[] = [];
  for (const stop of stops.reverse()) await stop().catch((error: unknown) => failures.push(error));
  expect(failures).toEqual([]);
}, START_LIMIT_MS);

/** What the dashboards show of it, for people who have no Grafana at hand. */
function writeSamples(): void {
  const file = new URL("../../docs/dashboards.md", import.meta.url);
  writeFileSync(
    file,
    renderSamples(readPanelQueries(), (expr) => answers.get(fillIn(expr)) ?? []),
  );
}

/** What the runbooks call the services. */
const addresses = () => ({
  PROMETHEUS: prometheus.url,
  API: services.service("subscription-api").url,
  INGESTOR: services.service("event-ingestor").url,
  ROUTER: services.service("router").url,
  DISPATCHER: second.url,
  MONITOR: services.service("health-monitor").url,
});

/** What is asked, and what came; nothing while it is not there yet. */
const answers = new Map<string, readonly Sample[]>();

/** Asks again and again, until each has given a figure. @returns those that never did */
async function askUntilAnswered(expressions: readonly string[]): Promise<readonly string[]> {
  const missing = () => expressions.filter((expr) => !answers.has(expr));
  const ask = async () => {
    for (const expr of missing()) {
      const samples = await prometheus.query(expr);
      if (samples.some(({ value }) => !Number.isNaN(value))) answers.set(expr, samples);
    }
    return missing().length === 0;
  };
  await eventually(ask, { deadlineMs: DATA_LIMIT_MS, intervalMs: 1_000 }).catch((error: unknown) => {
    // An expression that Prometheus does not take is no matter of waiting.
    if (missing().length === 0) throw error;
  });
  return missing();
}

test("the services answer with the metrics they are said to have, and no others", async () => {
  const { services: documented } = JSON.parse(
    readFileSync(new URL("../../infra/metrics.json", import.meta.url), "utf8"),
  ) as { services: Record<string, readonly { name: string; type: string }[]> };
  for (const name of SERVICE_NAMES) {
    const text = await (await fetch(`${services.service(name).url}/metrics`)).text();
    const answered = [...text.matchAll(/^# TYPE (hooklane_\w+) (\w+)$/gm)].map(([, metric, type]) => [
      metric,
      type,
    ]);
    const expected = documented[name]!.map(({ name: metric, type }) => [metric, type]);
    expect([name, answered.sort()]).toEqual([name, expected.sort()]);
  }
});

describe("on a real Prometheus that scrapes the services at work", () => {
  test(
    "every query of every dashboard returns data",
    async () => {
      const handover = services.service("dispatcher").stop();
      expect(await askUntilAnswered(readPanelQueries().map(({ expr }) => fillIn(expr)))).toEqual([]);
      expect(await handover).toBe(0);
    },
    DATA_LIMIT_MS + 30_000,
  );

  test(
    "every recording rule returns data, and every alert is evaluated",
    async () => {
      const recorded = readRules("recording.rules.yml").flatMap(({ record }) => record ?? []);
      expect(await askUntilAnswered(recorded)).toEqual([]);
      const states = await eventually(async () => {
        const rules = await prometheus.rules();
        return rules.every(({ health }) => health !== "unknown") && rules;
      });
      expect(states.filter(({ health }) => health !== "ok")).toEqual([]);
      expect(states).toHaveLength(recorded.length + readRules("alerts.rules.yml").length);
    },
    DATA_LIMIT_MS + 30_000,
  );

  test(
    "every query and command of the runbooks works",
    async () => {
      const { queries, commands } = readRunbooks();
      expect(Math.min(queries.length, commands.length)).toBeGreaterThan(0);
      for (const query of queries) await expect(prometheus.query(query)).resolves.toBeDefined();
      // What a runbook looks at is there in an installation that works, too; what is worked out of it may be nothing.
      expect(
        await askUntilAnswered(
          queries.filter((query) => /^\w+(?: by \([^)]*\))? ?\(hooklane_\w+\)$/.test(query)),
        ),
      ).toEqual([]);
      const env = { ...process.env, ...addresses() };
      for (const command of commands) await run("bash", ["-euo", "pipefail", "-c", command], { env });
    },
    DATA_LIMIT_MS,
  );
});
