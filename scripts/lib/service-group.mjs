import { importPackage, runDir } from "./paths.mjs";
import { UserError } from "./user-error.mjs";

/** An orderly stop of a service ends within 10 s (api.md §1); a little more, so that its own limit is what is seen. */
const STOP_LIMIT_MS = 11_000;

/** How long a service may take until it is ready, in milliseconds. */
const READY_LIMIT_MS = 90_000;

/** The services of a start, as processes. */
export class ServiceGroup {
  #running = [];
  #plans = [];

  constructor(terminal) {
    this.terminal = terminal;
  }

  /** Starts the planned services, all at once. */
  async start(plans) {
    const { startService } = await importPackage("local-stack");
    const width = Math.max(...plans.map(({ name }) => name.length), 16);
    for (const { name, entry, env } of plans) {
      const prefix = `${name.padEnd(width)} |`;
      const service = await startService({
        name,
        entry,
        env,
        runDir,
        onLine: (line) => this.terminal.print(`${prefix} ${line}`),
        progress: (line) => this.terminal.say(line),
      });
      this.#running.push(service);
    }
    this.#plans.push(...plans);
  }

  /** Waits until everything that was started is ready. */
  async waitReady(signal) {
    const { waitForReady } = await importPackage("local-stack");
    await Promise.all(
      this.#plans.map(async ({ name, readyUrl }) => {
        if (await waitForReady(readyUrl, READY_LIMIT_MS, signal)) return;
        throw new UserError(`${name} is not ready after ${READY_LIMIT_MS / 1000} s; ${readyUrl} says why`);
      }),
    );
  }

  /** Stops everything at once; each has the time for an orderly end. */
  async stop() {
    await Promise.all(this.#running.map((service) => service.stop(STOP_LIMIT_MS)));
  }
}
