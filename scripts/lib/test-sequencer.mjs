import { relative, sep } from "node:path";
import Sequencer from "@jest/test-sequencer";
import { root } from "./paths.mjs";

/**
 * Files that take from twenty seconds to a minute, short as some are. One of them that starts last leaves all cores but
 * one idle: jest knows that once it has run them, and goes by their size on a fresh clone.
 */
export const LONG = [
  "packages/lanes/src/simulation/fixed-seeds.test.ts",
  "packages/lanes/src/simulation/fresh-seeds.test.ts",
  "apps/dispatcher/src/durable.integration.test.ts",
  "apps/dispatcher/src/owning.integration.test.ts",
  "apps/health-monitor/src/touchpoints/touchpoint-runner.integration.test.ts",
  "apps/router/src/recovery/recovery-marks.integration.test.ts",
  "apps/subscription-api/src/journeys/journeys.integration.test.ts",
  "apps/subscription-api/src/openapi/statuses.integration.test.ts",
  "packages/local-stack/src/stack.integration.test.ts",
];

/** As jest does, but files it has never run begin first when they are known to be long, as all of `e2e` are. */
export default class LongFirst extends Sequencer {
  sort(tests) {
    const sorted = super.sort(tests);
    return [...sorted.filter(isLong), ...sorted.filter((test) => !isLong(test))];
  }
}

function isLong({ path, duration, context }) {
  if (duration !== undefined) return false;
  return (
    context.config.displayName?.name === "e2e" || LONG.includes(relative(root, path).replaceAll(sep, "/"))
  );
}
