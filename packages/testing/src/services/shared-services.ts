import { appendFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { RunningServices, type ServicesPlace } from "./running-services.js";
import { SERVICE_NAMES, type ServiceName } from "./service-catalogue.js";
import { startServices } from "./start-services.js";

/** Waits before the three retries, milliseconds: short, and each another one, so that a test can tell them apart. */
export const SHARED_RETRY_WAITS_MS = [500, 1_000, 1_500] as const;

/** Tells test files, whose processes are children of this one, where the services are. */
const VARIABLE = "HOOKLANE_TEST_SERVICES";

interface SharedPlace extends ServicesPlace {
  readonly urls: Readonly<Record<ServiceName, string>>;
  /** What all of them print. */
  readonly logFile: string;
}

/**
 * Starts services that all test files of a run of jest use, several at a time: each with workspaces and receivers of its
 * own.
 *
 * @returns stops them; it throws when one did not stop in order, or had ended before
 */
export async function startSharedServices(): Promise<() => Promise<void>> {
  // `TEST_STACK=external`: they run already, and somebody else stops them.
  if (process.env[VARIABLE] !== undefined) return () => Promise.resolve();
  const dir = mkdtempSync(join(tmpdir(), "hooklane-services-"));
  const logFile = join(dir, "log");
  const services = await startServices({
    env: {
      DISPATCHER_RETRY_WAITS_S: SHARED_RETRY_WAITS_MS.map((ms) => ms / 1_000).join(","),
      SCHEMA_REGISTRY_URL: process.env.SCHEMA_REGISTRY_URL ?? "",
    },
    onLine: (line) => appendFileSync(logFile, `${line}\n`),
  });
  const { stack, prefix, operatorKey } = services;
  const urls = Object.fromEntries(SERVICE_NAMES.map((name) => [name, services.service(name).url]));
  process.env[VARIABLE] = JSON.stringify({ stack, prefix, operatorKey, urls, logFile });
  return async () => {
    const ended = SERVICE_NAMES.map((name) => services.service(name)).filter(({ isRunning }) => !isRunning);
    try {
      await services.stop();
    } finally {
      rmSync(dir, { recursive: true });
    }
    if (ended.length > 0)
      throw new Error(ended.map((one) => `It ended by itself:\n${one.tail(40)}`).join("\n"));
  };
}

/** @throws Error outside of a run of jest that has started them */
export function joinSharedServices(): RunningServices {
  const { [VARIABLE]: place } = process.env;
  if (place === undefined) throw new Error("No shared services: their files run as jest's project `shared`");
  return new SharedServices(JSON.parse(place) as SharedPlace);
}

/** Services as a test file has them that shares them: it leaves them as they are. */
class SharedServices extends RunningServices {
  readonly #logFile: string;

  constructor(place: SharedPlace) {
    super(place, new Map(SERVICE_NAMES.map((name) => [name, { url: place.urls[name] }])));
    this.#logFile = place.logFile;
  }

  override tail(count: number): string {
    const lines = readFileSync(this.#logFile, "utf8").split("\n");
    const linesOf = (name: string) => lines.filter((line) => line.startsWith(`${name} | `));
    return SERVICE_NAMES.flatMap((name) => linesOf(name).slice(-count)).join("\n");
  }

  override async stop(): Promise<void> {
    await this.closeClients();
    await this.database.close();
  }
}
