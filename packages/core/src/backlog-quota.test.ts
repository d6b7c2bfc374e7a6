import { expect, test } from "@jest/globals";
import { isOverQuota } from "./backlog-quota.js";

const quota = { secondsMax: 100, bytesMax: 1_000 };

test.each([
  [{ oldestAgeSeconds: 100, bytes: 1_000 }, false],
  [{ oldestAgeSeconds: 101, bytes: 0 }, true],
  [{ oldestAgeSeconds: 0, bytes: 1_001 }, true],
])("%j is over quota: %s", (size, expected) => {
  expect(isOverQuota(size, quota)).toBe(expected);
});
