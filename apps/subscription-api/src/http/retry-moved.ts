import type { Answer } from "./answer.js";

const ATTEMPTS = 5;

/**
 * A merge patch counts for the version it was merged with. A caller that did not name a version does not mean that one:
 * when somebody else was quicker, its patch is merged with what there is now.
 */
export async function retryMoved(
  expectedVersion: number | undefined,
  change: () => Promise<Answer>,
): Promise<Answer> {
  for (let attempt = 1; ; attempt++) {
    const answer = await change();
    if (answer.status !== 412 || expectedVersion !== undefined || attempt === ATTEMPTS) return answer;
  }
}
