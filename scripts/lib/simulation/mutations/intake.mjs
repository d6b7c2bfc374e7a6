const LANES = "packages/lanes/src";

/** lanes.md §4 and §5: intake, source marks, and what a checkpoint may say. */
export const INTAKE_MUTATIONS = [
  {
    name: "noStaleCheck",
    rule: "a stale batch is rejected",
    patches: [
      {
        file: `${LANES}/partition-progress.ts`,
        from: 'return offset < this.#ledger.next ? "stale" : "gap";',
        to: 'return "next";',
      },
    ],
  },
  {
    name: "noSourceMark",
    rule: "what is not above its source mark is a repeat of the fan-out",
    patches: [
      {
        file: `${LANES}/source-marks.ts`,
        from: "const isRepeat = source !== undefined && mark !== undefined && !isAbove(source, mark);",
        to: "const isRepeat = false;",
      },
    ],
  },
  {
    name: "noSourceEpoch",
    rule: "a source mark has the epoch of its events partition",
    patches: [{ file: `${LANES}/source-marks.ts`, from: "if (a[1] !== b[1]) return a[1] > b[1];", to: "" }],
  },
  {
    name: "marksOfNext",
    rule: "source marks are stored as of committed, not as of next",
    patches: [
      {
        file: `${LANES}/source-marks.ts`,
        from: "[...this.#committed.values()].map",
        to: "[...this.#current.values()].map",
      },
    ],
  },
  {
    name: "markAfterDone",
    rule: "the mark advances also over what is found in done",
    patches: [
      {
        file: `${LANES}/partition-progress.ts`,
        from: "const isNew = this.#sources.takeIn(source);",
        to: "const isNew = resolvedBefore ? this.#sources.takeIn(undefined) : this.#sources.takeIn(source);",
      },
    ],
  },
  {
    name: "noVersionHold",
    rule: "a delivery newer than our copy holds its lane",
    patches: [
      {
        file: `${LANES}/judge.ts`,
        from: "if (webhook === undefined || webhook.version < facts.version) return HOLD;",
        to: "if (webhook === undefined) return HOLD;",
      },
    ],
  },
  {
    name: "skipForIgnorance",
    rule: "a delivery newer than our copy is never skipped",
    patches: [
      {
        file: `${LANES}/judge.ts`,
        from: "if (webhook === undefined || webhook.version < facts.version) return HOLD;",
        to: "if (webhook === undefined || webhook.version < facts.version) return SKIP_INACTIVE;",
      },
    ],
  },
  {
    name: "noGenerationCheck",
    rule: "an older generation is skipped",
    patches: [
      {
        file: `${LANES}/judge.ts`,
        from: "return webhook.generation > facts.generation ? SKIP_OLDER : SEND;",
        to: "return SEND;",
      },
    ],
  },
  {
    name: "parkUnseen",
    heldBy: "packages/lanes/src/takeover.test.ts",
    rule: "nothing is parked of a log that no stored checkpoint can tell from another",
    patches: [
      {
        file: `${LANES}/park-buffer.ts`,
        from: "if (!this.#isOpen || this.#written !== undefined ||",
        to: "if (this.#written !== undefined ||",
      },
    ],
  },
  {
    name: "resolveBeforeAck",
    rule: "a parked offset is resolved only after the backlog's acknowledgement",
    patches: [
      {
        file: `${LANES}/durable-lanes.ts`,
        from: "this.#parks.add(lane, record, now);",
        to: "this.#parks.add(lane, record, now); this.#parts.progress.resolve(this.#toOffset(record.position));",
      },
    ],
  },
  {
    name: "outcomeBeforeLog",
    rule: "an outcome enters a checkpoint only after its record in attempts.v1",
    patches: [
      {
        file: `${LANES}/lane-results.ts`,
        from: "if (isFinal(report)) lane.outcomes.add(first.position);",
        to: `if (isFinal(report)) {
          lane.outcomes.add(first.position);
          for (const record of report.records)
            if (!record.isFromBacklog)
              this.#parts.progress.resolve(record.position - toPosition(this.#parts.logEpoch, 0));
        }`,
      },
    ],
  },
  {
    name: "cursorBeforeLog",
    rule: "a stored cursor does not pass outcomes that are not in attempts.v1",
    patches: [
      {
        file: `${LANES}/stored-lane.ts`,
        from: "const stored = unrecorded === undefined ? cursor : Math.min(cursor, unrecorded - 1);",
        to: "const stored = cursor;",
      },
    ],
  },
  {
    name: "parkBelowCursor",
    heldBy: "packages/lanes/src/takeover.test.ts",
    rule: "what a lane's cursor has passed is resolved at intake",
    patches: [
      {
        file: `${LANES}/partition-lanes.ts`,
        from: "if (lane.durable !== undefined && record.position <= lane.durable.cursor) {",
        to: "if (lane.durable !== undefined && record.position < 0) {",
      },
    ],
  },
];
