import { setTimeout as sleep } from "node:timers/promises";
import { type Answer, refusal } from "./answer.js";

/** For so long it is tried, milliseconds: enough for scores of others, and less than clients wait. */
const LIMIT_MS = 8_000;

/** The pause before another try doubles up to this, milliseconds; a random part of it, or all would meet again. */
const PAUSE_MAX_MS = 200;

/**
 * A merge patch counts for the version it was merged with. A caller that did not name a version does not mean that one:
 * when somebody else was quicker, its patch is merged with what there is now.
 */
export async function retryMoved(
  expectedVersion: number | undefined,
  change: () => Promise<Answer>,
): Promise<Answer> {
  const end = performance.now() + LIMIT_MS;
  for (let pauseMaxMs = 10; ; pauseMaxMs = Math.min(2 * pauseMaxMs, PAUSE_MAX_MS)) {
    const answer = await change();
    if (answer.status !== 412 || expectedVersion !== undefined) return answer;
    if (performance.now() > end) return tooManyOthers();
    await sleep(Math.random() * pauseMaxMs);
  }
}

const tooManyOthers = (): Answer =>
  refusal("unavailable", "Others change it all the time, and nothing was changed; try again.", {
    headers: { "retry-after": "1" },
  });
