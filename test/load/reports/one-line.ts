import type { S5Result, S5Results } from "../scenarios/s5.js";
import type { S11Result } from "../scenarios/s11.js";
import { compareP99, reportSteps } from "./slow-endpoints.js";
import { describeVerdict, toTable, verdictOf, whole } from "./text.js";

/** One endpoint: of 1 / (round trip + the receiver's time), and a drain of the live line. */
const OF_LIMIT_MIN = 0.9;
const OF_LIVE_MIN = 0.8;

export function reportS5({ byAnswerMs, barest }: S5Results): string {
  return [
    toTable([
      ["S5, one endpoint", "deliveries/s", "bare socket/s", "ratio"],
      ...byAnswerMs.map(({ answerMs, deliveriesPerSecond, limitPerSecond }) => [
        `receiver takes ${answerMs} ms`,
        deliveriesPerSecond.toFixed(1),
        limitPerSecond.toFixed(1),
        (deliveriesPerSecond / limitPerSecond).toFixed(2),
      ]),
      ...(barest === undefined
        ? []
        : [["the barest Node loop, 0 ms", barest.deliveriesPerSecond.toFixed(1), "", ""]]),
    ]),
    ...compareWithBarest(byAnswerMs[0], barest),
    ...byAnswerMs.map(({ answerMs, deliveriesPerSecond, limitPerSecond, verdict }) => {
      const isMet = deliveriesPerSecond >= OF_LIMIT_MIN * limitPerSecond;
      return `${answerMs} ms: ${verdictOf(isMet)} ≥ ${OF_LIMIT_MIN * 100} %; ${describeVerdict(verdict)}`;
    }),
  ].join("\n");
}

/** An HTTP client in Node is far from a bare socket that waits for nothing: the loop says what it can reach. */
function compareWithBarest(atOnce: S5Result | undefined, barest: S5Results["barest"]): readonly string[] {
  if (atOnce === undefined || barest === undefined) return [];
  const ratio = atOnce.deliveriesPerSecond / barest.deliveriesPerSecond;
  return [`${atOnce.answerMs} ms: ${ratio.toFixed(2)} × the barest loop`];
}

export function reportS11(result: S11Result): string {
  const ratio = result.drainPerSecond / result.liveLinePerSecond;
  return [
    toTable([
      ["S11, one endpoint recovers", ""],
      ["queued behind it", whole(result.queued)],
      ["its live line before, deliveries/s", whole(result.liveLinePerSecond)],
      ["its drain, deliveries/s", whole(result.drainPerSecond)],
      ["first event after the recovery, ms", whole(result.resumedAfterMs)],
      ["the drain took, s", result.drainSeconds.toFixed(1)],
    ]),
    `drain / live line ${ratio.toFixed(2)}: ${verdictOf(ratio >= OF_LIVE_MIN)} ≥ ${OF_LIVE_MIN}`,
    reportSteps("the others at 200/s, ms", result.steps),
    ...compareP99(result.steps),
    `the endpoint: ${describeVerdict(result.heavy)}`,
    `the others: ${describeVerdict(result.others)}`,
  ].join("\n");
}
