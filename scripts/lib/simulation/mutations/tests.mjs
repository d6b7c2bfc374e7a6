const LANES = "packages/lanes/src";

/** product.md O2, D5: a test event takes its place in line, and changes nothing. */
export const TEST_MUTATIONS = [
  {
    name: "testCounted",
    rule: "a test that fails is no error of the shared rule",
    patches: [
      {
        file: `${LANES}/request-ends.ts`,
        from: "this.#conclude(lane, lane.hand, end, now); return;",
        to: "this.#parts.decide(this.#parts.requests.beginCount(lane, lane.hand, end)); return;",
      },
    ],
  },
  {
    name: "testRetried",
    rule: "a test is attempted once",
    patches: [
      {
        file: `${LANES}/after-failure.ts`,
        from: "const step = first?.isTest ?",
        to: "const step = first === undefined ?",
      },
    ],
  },
  {
    name: "testInBatch",
    rule: "a batch ends before a test",
    patches: [{ file: "packages/core/src/batch.ts", from: "if (next.isAlone) break;", to: "" }],
  },
  {
    name: "testWithOthers",
    rule: "a test's request has nothing else in it",
    patches: [
      {
        file: "packages/core/src/batch.ts",
        from: "if (head === undefined || head.isAlone) return SEND_ONE;",
        to: "if (head === undefined) return SEND_ONE;",
      },
    ],
  },
  {
    name: "testDisables",
    heldBy: "packages/lanes/src/test-events.test.ts",
    rule: "410 to a test disables nothing",
    patches: [
      {
        file: `${LANES}/request-ends.ts`,
        from: "this.#conclude(lane, lane.hand, end, now); return;",
        to: "this.#ban(lane.hand, end); this.#conclude(lane, lane.hand, end, now); return;",
      },
    ],
  },
];
