import { setTimeout as sleep } from "node:timers/promises";
import { SERVICE_NAMES, type TestWorkspace } from "@hooklane/testing";
import type { BenchContext } from "../context.js";
import { monotonicMs } from "../measure/clock.js";
import { cpuPerUnit, readUsage, toPssMib } from "../measure/process-usage.js";
import { pidsOf, startBenchServices, sumOfSystem } from "../system.js";

/** Figures of M5: contacts imported from CSV. */
export interface M5Result {
  readonly contacts: number;
  readonly rounds: readonly ImportRound[];
}

interface ImportRound {
  /** What becomes of every contact. */
  readonly outcome: "added" | "updated";
  readonly megabytes: number;
  /** From the start of the upload to its answer. */
  readonly uploadSeconds: number;
  /** From there until the job is done: everything is written, and all events are in line. By the clock of this machine. */
  readonly writeSeconds: number;
  /** CPU of each process for one contact, microseconds. */
  readonly cpuUs: Readonly<Record<string, number>>;
  readonly systemCpuUs: number;
  /** Memory at the end, MiB. */
  readonly pssMib: Readonly<Record<string, number>>;
}

const WARM_UP_CONTACTS = 2_000;
/** Seldom, as each look is work for the API and the database. */
const LOOK_MS = 500;
const DEADLINE_MS = 600_000;

/** Every contact's events are routed and logged; no webhook asks for them, so that nothing is measured but the import. */
export async function runM5(context: BenchContext): Promise<M5Result> {
  const { say, options } = context;
  const contacts = options.events;
  say("M5: starting the services");
  const services = await startBenchServices(context);
  try {
    const workspace = await services.createWorkspace({ name: "Import" });
    const warmUp = await newAudience(workspace);
    await runImport(workspace, warmUp, toCsv(WARM_UP_CONTACTS, "warm"));
    const audience = await newAudience(workspace);
    const pids = () => pidsOf(context, services, SERVICE_NAMES);
    const rounds: ImportRound[] = [];
    for (const outcome of ["added", "updated"] as const) {
      say(`M5: ${contacts} contacts, ${outcome}`);
      const csv = toCsv(contacts, outcome);
      const before = readUsage(pids());
      const { uploadSeconds, writeSeconds, job } = await runImport(workspace, audience, csv);
      const after = readUsage(pids());
      if (job[outcome] !== contacts) throw new Error(`Not all were ${outcome}: ${JSON.stringify(job)}`);
      const cpuUs = cpuPerUnit(before, after, contacts);
      const megabytes = Buffer.byteLength(csv) / 1e6;
      const usage = { cpuUs, systemCpuUs: sumOfSystem(cpuUs), pssMib: toPssMib(after) };
      rounds.push({ outcome, megabytes, uploadSeconds, writeSeconds, ...usage });
    }
    return { contacts, rounds };
  } finally {
    await services.stop();
  }
}

async function newAudience(workspace: TestWorkspace): Promise<string> {
  const { id } = await workspace.api.ask<{ id: string }>("POST", "/v1/audiences", { name: "Readers" });
  await workspace.api.ask("POST", `/v1/audiences/${id}/tags`, { name: "imported" });
  return id;
}

interface ImportJob {
  readonly id: string;
  readonly createdAt: string;
  /** When its end was in line, by the database's clock. */
  readonly finishedAt?: string;
  readonly added: number;
  readonly updated: number;
}

async function runImport(workspace: TestWorkspace, audience: string, csv: string) {
  const startedMs = monotonicMs();
  const path = `/v1/audiences/${audience}/imports?tags=imported`;
  const begun = await workspace.api.ask<ImportJob>("POST", path, csv, { "content-type": "text/csv" });
  const uploadedMs = monotonicMs();
  for (;;) {
    const job = await workspace.api.ask<ImportJob>("GET", `/v1/jobs/${begun.id}`);
    if (job.finishedAt !== undefined) {
      const writeSeconds = (Date.parse(job.finishedAt) - Date.parse(job.createdAt)) / 1_000;
      return { uploadSeconds: (uploadedMs - startedMs) / 1_000, writeSeconds, job };
    }
    if (monotonicMs() - uploadedMs > DEADLINE_MS) throw new Error(`Not done: ${JSON.stringify(job)}`);
    await sleep(LOOK_MS);
  }
}

const CITIES = ["Paris", "Lyon", "Nice", "Lille", "Nantes"] as const;

/** A list as spreadsheets write it: some cells quoted, some empty. */
function toCsv(contacts: number, round: string): string {
  const rows = Array.from({ length: contacts }, (_, n) =>
    [
      `reader${n}@example.org`,
      `"Reader ""${n}"", Ms"`,
      CITIES[n % CITIES.length] ?? "",
      n % 3 === 0 ? "" : String(1950 + (n % 60)),
      round,
    ].join(","),
  );
  return `email,name,city,born,round\r\n${rows.join("\r\n")}\r\n`;
}
