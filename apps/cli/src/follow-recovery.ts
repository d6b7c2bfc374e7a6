import { setTimeout as sleep } from "node:timers/promises";
import type { Job, Jobs } from "@hooklane/client";
import type { Session } from "./session.js";

const LOOK_MS = 1_000;

/** Tells how far a webhook's recovery is until it has ended, or until Ctrl-C: it goes on without being watched. */
export async function followRecovery(
  jobs: Pick<Jobs, "get">,
  id: string,
  { terminal, signal }: Pick<Session, "terminal" | "signal">,
): Promise<void> {
  let said: string | undefined;
  while (!signal.aborted) {
    const job = await jobs.get(id);
    const line = describe(job);
    if (line !== said) terminal.say(line);
    said = line;
    if (job.status !== "running") return;
    await sleep(LOOK_MS, undefined, { signal }).catch(() => undefined);
  }
}

function describe(job: Job): string {
  if (job.kind !== "recover") return job.status;
  const { status, phase, waitingFor, sent, remaining } = job;
  if (status !== "running") return `${status}: ${sent} events put in line`;
  if (phase === "waiting") {
    return `waiting for the end of what was queued before (${waitingFor} deliveries at the last look)`;
  }
  return `${sent} events put in line, ${remaining.isAtLeast ? "more than " : ""}${remaining.count} to go`;
}
