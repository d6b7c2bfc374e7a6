const OWNERSHIP = "packages/lanes/src/ownership";
const SIMULATION = "packages/lanes/src/simulation";
const DATABASE = `${SIMULATION}/database.ts`;

/**
 * lanes.md §4: leases, checkpoints, and logs that were cut. What the database does by compare-and-set, and what the
 * consumer compares, is of packages/store and packages/kafka: here their models are changed.
 */
export const LEASE_MUTATIONS = [
  {
    name: "steal",
    lastDigits: [3],
    rule: "a claim waits for the lease to end",
    patches: [
      {
        file: DATABASE,
        from: "return released || owner === me || renewedAt + CLAIM_AFTER_MS < this.#world.databaseNow;",
        to: "return true;",
      },
    ],
  },
  {
    name: "claimAnyEpoch",
    lastDigits: [5],
    rule: "a claim names the epoch it has read",
    patches: [
      { file: DATABASE, from: "document.epoch !== epoch || !this.#isClaimable", to: "!this.#isClaimable" },
      {
        file: DATABASE,
        from: "const claimed = { ...document, epoch: epoch + 1,",
        to: "const claimed = { ...document, epoch: document.epoch + 1,",
      },
    ],
  },
  {
    name: "claimEarly",
    lastDigits: [3],
    rule: "a claim comes from 17 s, when the last request has ended",
    patches: [{ file: DATABASE, from: "CLAIM_AFTER_MS = 17_000", to: "CLAIM_AFTER_MS = 12_000" }],
  },
  {
    name: "noGuard",
    lastDigits: [3],
    rule: "no request starts that could outlive the lease",
    patches: [
      {
        file: `${OWNERSHIP}/lease.ts`,
        from: "return leaseLeftMs(since, now) >= requestTimeoutMs + LEASE_GUARD_MS;",
        to: "return true;",
      },
      {
        file: "packages/lanes/src/send-gate.ts",
        from: "return !this.#isStopped && now + requestTimeoutMs + leaseGuardMs <= this.#leaseUntil;",
        to: "return !this.#isStopped;",
      },
    ],
  },
  {
    name: "noRecheck",
    lastDigits: [3],
    rule: "the guard is asked again when the bytes are written",
    patches: [
      {
        file: "packages/lanes/src/request-ends.ts",
        from: "if (last === undefined || !this.#parts.gate.allows(now)) return false;",
        to: "if (last === undefined) return false;",
      },
      {
        file: `${SIMULATION}/owned-partition.ts`,
        from: "if (this.#isDiscarded || !mayStartRequest(this.#leaseFrom, clock, REQUEST_TIMEOUT_MS)) return false;",
        to: "if (this.#isDiscarded) return false;",
      },
    ],
  },
  {
    name: "monotonicOnly",
    lastDigits: [3],
    rule: "age is the larger of both clocks",
    patches: [
      {
        file: `${OWNERSHIP}/lease.ts`,
        from: "return Math.max(now.mono - since.mono, now.wall - since.wall);",
        to: "return now.mono - since.mono;",
      },
    ],
  },
  {
    name: "wallOnly",
    lastDigits: [3],
    rule: "age is the larger of both clocks, also when the wall clock is set back",
    patches: [
      {
        file: `${OWNERSHIP}/lease.ts`,
        from: "return Math.max(now.mono - since.mono, now.wall - since.wall);",
        to: "return now.wall - since.wall;",
      },
      {
        file: "packages/lanes/src/send-gate.ts",
        from: "return !this.#isStopped && now + requestTimeoutMs + leaseGuardMs <= this.#leaseUntil;",
        to: "return !this.#isStopped;",
      },
    ],
  },
  {
    name: "leaseFromReply",
    lastDigits: [3],
    rule: "the lease runs from before the accepted write was sent",
    patches: [
      {
        file: `${OWNERSHIP}/lease-writes.ts`,
        from: "this.#leaseFrom = call.since;",
        to: "this.#leaseFrom = now;",
      },
      {
        file: `${OWNERSHIP}/lease-writes.ts`,
        from: 'this.#decide({ kind: "renewed", since: call.since });',
        to: 'this.#decide({ kind: "renewed", since: now });',
      },
    ],
  },
  {
    name: "believeUnknown",
    lastDigits: [3],
    rule: "a write whose outcome is unknown renews nothing",
    patches: [
      {
        file: `${OWNERSHIP}/lease-writes.ts`,
        from: 'if (this.#call?.kind === "save") this.#subject.markDirty();',
        to: `if (this.#call?.kind === "save") {
          this.#subject.markDirty();
          this.#decide({ kind: "renewed", since: this.#call.since });
        }`,
      },
    ],
  },
  {
    name: "noFence",
    lastDigits: [3],
    rule: "a checkpoint names its epoch",
    patches: [{ file: DATABASE, from: 'if (document.epoch !== epoch) return { kind: "fenced" };', to: "" }],
  },
  {
    name: "noVersion",
    lastDigits: [3],
    rule: "a checkpoint names its version",
    patches: [
      {
        file: DATABASE,
        from: 'if (document.ver !== ver) return { kind: "other_version", ver: document.ver, released: document.released };',
        to: "",
      },
    ],
  },
  {
    name: "noAbort",
    rule: "who is fenced cuts and awaits its requests before it claims again",
    patches: [
      {
        file: `${OWNERSHIP}/lease-keeper.ts`,
        from: "if (this.#subject.pending.inFlight > 0 && now.mono < until) {",
        to: "if (now.mono < 0) {",
      },
      {
        file: `${SIMULATION}/owned-partition.ts`,
        from: "this.#isDiscarded = true; this.#exchanges.abort();",
        to: "this.#isDiscarded = true;",
      },
    ],
  },
  {
    name: "releaseAtOnce",
    lastDigits: [5],
    rule: "a release lets requests in flight end",
    patches: [{ file: `${OWNERSHIP}/lease-keeper.ts`, from: "if (!areDone && !isOver) return;", to: "" }],
  },
  {
    name: "releaseUnreported",
    lastDigits: [5],
    rule: "a release waits until its results are in attempts.v1",
    patches: [
      {
        file: `${OWNERSHIP}/lease-keeper.ts`,
        from: "if ((inFlight > 0 || unreported > 0) && !isOver) return;",
        to: "if (inFlight > 0 && !isOver) return;",
      },
    ],
  },
  {
    name: "noFingerprint",
    lastDigits: [0, 4, 8],
    rule: "the record taken in last is compared at a claim",
    patches: [
      {
        file: `${OWNERSHIP}/resume-point.ts`,
        from: "const isOther = identity !== undefined && seen !== null && identity !== seen[1];",
        to: "const isOther = false;",
      },
    ],
  },
  {
    name: "noIdentityInSession",
    lastDigits: [0, 4, 8],
    rule: "the record before the next is compared while reading",
    patches: [
      {
        file: `${SIMULATION}/fetcher.ts`,
        from: "return this.#seen?.[0] === from - 1 && before !== this.#seen[1];",
        to: "return false;",
      },
    ],
  },
  {
    name: "silentReset",
    lastDigits: [0, 4, 8],
    rule: "an offset out of range ends the lease, it is not reset",
    patches: [
      {
        file: `${SIMULATION}/fetcher.ts`,
        from: "if (end < from || end <= (this.#seen?.[0] ?? -1)) return true;",
        to: "",
      },
      {
        file: `${SIMULATION}/fetcher.ts`,
        from: "return this.#seen?.[0] === from - 1 && before !== this.#seen[1];",
        to: "return false;",
      },
    ],
  },
  {
    name: "resetSources",
    lastDigits: [0, 4, 8],
    rule: "a cut log does not reset the source marks",
    patches: [
      {
        file: `${OWNERSHIP}/resume-point.ts`,
        from: "committed: first, done: NOTHING, seen: null }",
        to: "committed: first, done: NOTHING, seen: null, sources: {} }",
      },
    ],
  },
  {
    name: "noLogEpoch",
    lastDigits: [0, 4, 8],
    rule: "a cut log raises the log epoch",
    patches: [
      {
        file: `${OWNERSHIP}/resume-point.ts`,
        from: "const logEpoch = stored.logEpoch + 1;",
        to: "const logEpoch = stored.logEpoch;",
      },
    ],
  },
  {
    name: "keepDone",
    lastDigits: [0, 4, 8],
    rule: "a cut log clears what was done above the watermark",
    patches: [
      {
        file: `${OWNERSHIP}/resume-point.ts`,
        from: "committed: first, done: NOTHING, seen: null }",
        to: "committed: first, seen: null }",
      },
    ],
  },
];
