import { setTimeout as sleep } from "node:timers/promises";
import type { Job, Jobs } from "@hooklane/client";
import type { Session } from "./session.js";

const LOOK_MS = 500;

/** Tells how far an import is until it has ended, or until Ctrl-C: it goes on without being watched. @returns it then */
export async function followImport(
  jobs: Pick<Jobs, "get">,
  id: string,
  { terminal, signal }: Pick<Session, "terminal" | "signal">,
): Promise<Job> {
  let said: string | undefined;
  for (;;) {
    const job = await jobs.get(id);
    const line = describe(job);
    if (line !== said) terminal.say(line);
    said = line;
    if (job.kind !== "contact_import" || job.phase === "done" || signal.aborted) return job;
    await sleep(LOOK_MS, undefined, { signal }).catch(() => undefined);
  }
}

function describe(job: Job): string {
  if (job.kind !== "contact_import") return job.status;
  const { phase, done, total, rejected } = job;
  const so = `${done} of ${total} lines${rejected > 0 ? `, ${rejected} rejected` : ""}`;
  return phase === "ending" ? `${so}; ending` : so;
}
