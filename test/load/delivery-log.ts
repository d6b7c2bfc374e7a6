import { eventually, type Services } from "@hooklane/testing";

const DEADLINE_MS = 120_000;

/** The delivery log is written behind; its cost belongs to a run. Resolves with whether it got so long in time. */
export async function awaitLog(database: Services["database"], count: number): Promise<boolean> {
  const deliveries = database.collection("deliveries");
  const isComplete = async () => (await deliveries.estimatedDocumentCount()) >= count;
  return eventually(isComplete, { deadlineMs: DEADLINE_MS, intervalMs: 100 }).catch(() => false);
}
