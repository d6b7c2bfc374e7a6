import { expect, test } from "@jest/globals";
import type { PartitionCheckpoint } from "@hooklane/lanes";
import { toCheckpoint, toStoredCheckpoint } from "./checkpoint-content.js";

const checkpoint: PartitionCheckpoint = {
  committed: 7,
  done: Uint8Array.of(5),
  sources: { 0: [0, 6, 0] },
  lanes: {
    ep_1: { state: "R", cursor: 2, last: 4, attempts: 2, firstAttemptAt: 10_000, nextAt: 70_000 },
    ep_2: {
      state: "D",
      cursor: -1,
      last: -1,
      attempts: 0,
      firstAttemptAt: undefined,
      nextAt: undefined,
    },
  },
};

test("what is stored comes back as it was, also to a process whose clock began elsewhere", () => {
  const stored = toStoredCheckpoint(checkpoint, 1_000);
  expect(stored.lanes.ep_1).toMatchObject({ attempt: 2, nextAt: new Date(71_000) });
  expect(toCheckpoint(stored, 1_000)).toEqual(checkpoint);
  // The next owner's clock is 5 s behind this one's.
  expect(toCheckpoint(stored, 6_000).lanes.ep_1).toMatchObject({ firstAttemptAt: 5_000, nextAt: 65_000 });
});
