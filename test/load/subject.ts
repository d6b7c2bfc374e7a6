import type { BenchContext } from "./context.js";
import type { PublishLine } from "./publish-line.js";
import { startSystem, type System, type SystemSettings } from "./system.js";
import { openTarget } from "./targets/target.js";

/** The webhook sender that is measured over HTTP: our own system, or another one. */
export interface Subject {
  /** By endpoint number. */
  readonly lines: readonly PublishLine[];
  /** Set when it is our own, started by this run. */
  readonly system: System | undefined;
  /** Every process that is measured, by name. */
  pids(): Record<string, number | undefined>;
  close(): Promise<void>;
}

/** Starts our own system, or makes ready the one `--target` names; `settings` are for our own only. */
export async function openSubject(context: BenchContext, settings: SystemSettings = {}): Promise<Subject> {
  const { target, pids } = context.options;
  if (target !== undefined) {
    const lines = await openTarget(target, context);
    return {
      lines,
      system: undefined,
      pids: () => ({ ...pids, receiver: context.destinations.pid }),
      close: () => Promise.resolve(),
    };
  }
  context.say(`${context.options.scenario}: starting the services`);
  const system = await startSystem(context, settings);
  const url = `${system.services.service("event-ingestor").url}/v1/events`;
  return {
    lines: system.apiKeys.map((key) => ({
      url,
      headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
      beforeEvent: "",
      afterEvent: "",
    })),
    system,
    pids: () => system.pids(),
    close: () => system.close(),
  };
}
