import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findCacheDir, findPrometheus } from "@hooklane/local-stack";
import { eventually, freePort } from "@hooklane/testing";
import { z } from "zod";
import { PROMETHEUS_DIR } from "./prometheus-rules.js";

/** A series of an answer, with its newest value. */
export interface Sample {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** What Prometheus says of a rule. */
export interface RuleState {
  readonly name: string;
  readonly health: string;
  readonly lastError?: string | undefined;
}

/** What is scraped: by service, the addresses of its processes. */
export type Targets = Readonly<Record<string, readonly string[]>>;

const envelope = z.object({ status: z.string(), error: z.string().optional(), data: z.unknown() });
const vectorParser = z.object({
  result: z.array(
    z.object({ metric: z.record(z.string(), z.string()), value: z.tuple([z.number(), z.string()]) }),
  ),
});
const rulesParser = z.object({
  groups: z.array(
    z.object({
      rules: z.array(z.object({ name: z.string(), health: z.string(), lastError: z.string().optional() })),
    }),
  ),
});

/** A real Prometheus with our rules that scrapes every second. */
export class PrometheusProcess {
  readonly url: string;
  /** Beside it, for commands that use it. */
  readonly promtool: string;
  readonly #child: ChildProcess;
  readonly #dir: string;
  readonly #lines: string[];

  private constructor(url: string, promtool: string, child: ChildProcess, dir: string, lines: string[]) {
    this.url = url;
    this.promtool = promtool;
    this.#child = child;
    this.#dir = dir;
    this.#lines = lines;
  }

  /** @throws Error with its last lines when it does not come up */
  static async start(targets: Targets): Promise<PrometheusProcess> {
    const cacheDir = findCacheDir(process.env);
    const { server, promtool } = await findPrometheus({
      cacheDir,
      env: process.env,
      progress: () => undefined,
    });
    const dir = mkdtempSync(join(tmpdir(), "hooklane-prometheus-"));
    writeFileSync(join(dir, "prometheus.json"), JSON.stringify(toConfiguration(targets)));
    for (const file of RULE_FILES) {
      // Every group as often as it is scraped: nobody waits five minutes for a month's budget here.
      const text = readFileSync(join(PROMETHEUS_DIR, file), "utf8").replaceAll(/^ {4}interval: .*$/gm, "");
      writeFileSync(join(dir, file), text);
    }
    const port = await freePort();
    const lines: string[] = [];
    const args = [
      `--config.file=${join(dir, "prometheus.json")}`,
      `--storage.tsdb.path=${join(dir, "data")}`,
      `--web.listen-address=127.0.0.1:${port}`,
    ];
    const child = spawn(server, args, { stdio: ["ignore", "ignore", "pipe"] });
    child.stderr.setEncoding("utf8").on("data", (text: string) => lines.push(...text.split("\n")));
    const prometheus = new PrometheusProcess(`http://127.0.0.1:${port}`, promtool, child, dir, lines);
    try {
      await prometheus.#waitReady();
    } catch (error) {
      await prometheus.stop();
      throw error;
    }
    return prometheus;
  }

  /**
   * @throws Error when Prometheus does not take the expression
   */
  async query(expr: string): Promise<readonly Sample[]> {
    const data = await this.#get(`/api/v1/query?${new URLSearchParams({ query: expr }).toString()}`);
    return vectorParser
      .parse(data)
      .result.map(({ metric, value: [, value] }) => ({ labels: metric, value: Number(value) }));
  }

  async rules(): Promise<readonly RuleState[]> {
    return rulesParser.parse(await this.#get("/api/v1/rules")).groups.flatMap(({ rules }) => rules);
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) {
      const gone = once(this.#child, "exit");
      this.#child.kill("SIGTERM");
      await gone;
    }
    rmSync(this.#dir, { recursive: true, force: true });
  }

  async #waitReady(): Promise<void> {
    const ready = async () => (await fetch(`${this.url}/-/ready`)).ok;
    await eventually(ready, { what: "Prometheus to be ready" }).catch((error: unknown) => {
      throw new Error(this.#lines.slice(-20).join("\n"), { cause: error });
    });
  }

  async #get(path: string): Promise<unknown> {
    const answer = envelope.parse(await (await fetch(`${this.url}${path}`)).json());
    if (answer.status !== "success") throw new Error(answer.error ?? "Prometheus gave no answer");
    return answer.data;
  }
}

const RULE_FILES = ["recording.rules.yml", "alerts.rules.yml"];

/** As infra/prometheus/prometheus.yml, at a quicker pace. JSON is YAML. */
const toConfiguration = (targets: Targets) => ({
  global: { scrape_interval: "1s", evaluation_interval: "1s" },
  rule_files: RULE_FILES,
  scrape_configs: [
    {
      job_name: "hooklane",
      honor_labels: true,
      static_configs: Object.entries(targets).map(([service, urls]) => ({
        targets: urls.map((url) => new URL(url).host),
        labels: { service },
      })),
    },
  ],
});
