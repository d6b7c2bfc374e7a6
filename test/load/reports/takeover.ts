import type { S8Result } from "../scenarios/s8.js";
import { describeVerdict, toTable, verdictOf, whole } from "./text.js";

/** The longest a moved partition may stand still, milliseconds. */
const MOVED_PAUSE_MAX_MS: Readonly<Record<S8Result["ending"], number>> = {
  "kill -9": 20_000,
  SIGTERM: 3_000,
  "SIGTERM, a request hangs": 6_000,
};

export function reportS8(results: readonly S8Result[]): string {
  const row = (name: string, show: (result: S8Result) => string) => [name, ...results.map(show)];
  return [
    toTable([
      row("S8, two dispatchers, one ends", ({ ending }) => ending),
      row("process gone after, ms", ({ exitMs }) => whole(exitMs)),
      row("partitions moved / others", (result) => `${result.movedPartitions} / ${result.otherPartitions}`),
      row("moved: longest pause, ms", ({ movedPauseMs }) => whole(movedPauseMs.max)),
      row("moved: median of the pauses, ms", ({ movedPauseMs }) => whole(movedPauseMs.p50)),
      row("others: longest pause before, ms", ({ othersBeforeMs }) => whole(othersBeforeMs.max)),
      row("others: longest pause after, ms", ({ othersAfterMs }) => whole(othersAfterMs.max)),
      row("others: watched for, s", ({ othersWatchedMs }) => (othersWatchedMs / 1_000).toFixed(1)),
      row("moved: events in the last second", ({ movedLastSecond }) => whole(movedLastSecond)),
      row("duplicated", ({ verdict }) => whole(verdict.duplicated)),
    ]),
    ...results.flatMap(judgeEnding),
  ].join("\n");
}

function judgeEnding({ ending, verdict, movedPauseMs, movedLastSecond }: S8Result): readonly string[] {
  const pauseMax = MOVED_PAUSE_MAX_MS[ending];
  const duplicatesMax = ending === "kill -9" ? movedLastSecond : 0;
  return [
    `${ending}: ${describeVerdict(verdict)}`,
    `  lost 0, out of order 0: ${verdictOf(verdict.lost === 0 && verdict.outOfOrder === 0)}`,
    `  duplicates ≤ ${whole(duplicatesMax)}: ${verdictOf(verdict.duplicated <= duplicatesMax)}`,
    `  moved partitions go on within ${pauseMax / 1_000} s: ${verdictOf(movedPauseMs.max <= pauseMax)}`,
  ];
}
