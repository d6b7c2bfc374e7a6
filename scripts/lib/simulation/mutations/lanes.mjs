const LANES = "packages/lanes/src";
const DURABLE = `${LANES}/durable-lanes.ts`;

/** lanes.md §6: the states of a lane. */
export const LANE_MUTATIONS = [
  {
    name: "noBound",
    rule: "rule 1: nothing behind an un-acknowledged park is sent",
    patches: [
      {
        file: DURABLE,
        from: "return Math.min(parks.lowest ?? Infinity, queue.at(0)?.position ?? Infinity, this.next) - 1;",
        to: "return Infinity;",
      },
    ],
  },
  {
    name: "boundPastQueue",
    rule: "rule 1: in CATCH-UP nothing at or behind the queue's head is sent from the backlog",
    patches: [
      {
        file: DURABLE,
        from: "return Math.min(parks.lowest ?? Infinity, queue.at(0)?.position ?? Infinity, this.next) - 1;",
        to: "return Math.min(parks.lowest ?? Infinity, this.next) - 1;",
      },
    ],
  },
  {
    name: "boundPastNext",
    rule: "rule 1: nothing at or behind what is to be taken in next is sent from the backlog",
    patches: [
      {
        file: DURABLE,
        from: "return Math.min(parks.lowest ?? Infinity, queue.at(0)?.position ?? Infinity, this.next) - 1;",
        to: "return Math.min(parks.lowest ?? Infinity, queue.at(0)?.position ?? Infinity) - 1;",
      },
    ],
  },
  {
    name: "liveByPage",
    // Beside it, as nothing else can stand in the backlog that is not in the queue.
    rule: "rule 2: all of the backlog above the cursor is in the queue",
    patches: [
      {
        file: DURABLE,
        from: "const isAllInQueue = records.every(({ position }) => lane.queue.has(position));",
        to: "const isAllInQueue = true;",
      },
      {
        file: DURABLE,
        from: "isComplete && left <= settings.pageRecordsMax && !progress.isResolvedAhead;",
        to: "isComplete && left <= settings.pageRecordsMax;",
      },
    ],
  },
  {
    name: "liveUnacknowledged",
    rule: "rule 2: none of the lane's parks is un-acknowledged",
    patches: [
      {
        file: DURABLE,
        from: "durable.parks.size === 0 && isRecordedUpTo(lane, durable.cursor) && !isNewsSince;",
        to: "isRecordedUpTo(lane, durable.cursor) && !isNewsSince;",
      },
    ],
  },
  {
    name: "liveAcknowledged",
    heldBy: "packages/lanes/src/catch-up.test.ts",
    rule: "rule 2: no park was acknowledged since the read began",
    patches: [
      {
        file: DURABLE,
        from: "const isNewsSince = durable.acknowledgedParks !== read.acknowledgedParks;",
        to: "const isNewsSince = false;",
      },
    ],
  },
  {
    name: "liveUnrecorded",
    heldBy: "packages/lanes/src/catch-up.test.ts",
    rule: "a lane is live only when its outcomes are in attempts.v1",
    patches: [
      {
        file: `${LANES}/drain-move.ts`,
        from: "return (outcomes.lowest ?? Infinity) > cursor;",
        to: "return outcomes !== undefined && cursor !== undefined;",
      },
    ],
  },
  {
    name: "catchUpAnytime",
    // Beside it, as being parked for its age is what gets the lane out of it otherwise, after 10 s.
    rule: "CATCH-UP not while something ahead of what was read is done",
    patches: [
      {
        file: DURABLE,
        from: "isComplete && left <= settings.pageRecordsMax && !progress.isResolvedAhead;",
        to: "isComplete && left <= settings.pageRecordsMax;",
      },
      {
        file: `${LANES}/overflow.ts`,
        from: "if (lane.durable?.isCatchingUp === false ||",
        to: "if (lane.durable !== undefined ||",
      },
    ],
  },
  {
    name: "catchUpNeverOld",
    lastDigits: [1],
    rule: "a lane in CATCH-UP that holds the partition back is parked",
    patches: [
      {
        file: `${LANES}/overflow.ts`,
        from: "if (lane.durable?.isCatchingUp === false ||",
        to: "if (lane.durable !== undefined ||",
      },
    ],
  },
  {
    name: "neverOld",
    lastDigits: [1],
    rule: "a live lane that holds the partition back is parked",
    patches: [
      {
        file: `${LANES}/overflow.ts`,
        from: "return now - oldest.enqueuedAt > settings.overflowAfterMs + fillMs;",
        to: "return false;",
      },
    ],
  },
  {
    name: "cursorAtFailure",
    rule: "rule 3: at a failure the cursor stands before the request",
    patches: [
      { file: DURABLE, from: "durable.cursor = first.position - 1;", to: "durable.cursor = first.position;" },
    ],
  },
  {
    name: "cursorAtOverflow",
    rule: "rule 3: at an overflow the cursor stands before the request in flight",
    patches: [
      {
        file: DURABLE,
        from: "this.#leaveLive(lane, head.position - 1);",
        to: "this.#leaveLive(lane, head.position);",
      },
    ],
  },
  {
    name: "keptRequestStays",
    heldBy: "packages/lanes/src/overflow.test.ts",
    rule: "a request kept at an overflow and then refused is parked",
    patches: [
      { file: `${LANES}/drain-move.ts`, from: "return isFromLog ? PARK :", to: "return isFromLog ? REST :" },
    ],
  },
  {
    name: "queueStays",
    rule: "at a failure the whole queue is parked",
    patches: [
      {
        file: DURABLE,
        from: "this.#parkQueue(lane, durable, now); durable.forgetPage();",
        to: "durable.forgetPage();",
      },
    ],
  },
  {
    name: "retryUnrecorded",
    heldBy: "packages/lanes/src/retrying.test.ts",
    rule: "a lane is R only when everything before is in attempts.v1",
    patches: [
      {
        file: `${LANES}/lane-results.ts`,
        from: "return (outcomes.lowest ?? Infinity) > first.position;",
        to: "return outcomes !== undefined;",
      },
    ],
  },
  {
    name: "collectAhead",
    rule: "rule 4: the backlog is deleted only up to a stored cursor",
    patches: [
      {
        file: `${LANES}/backlog-collection.ts`,
        from: "const cursor = stored.lanes[endpointId]?.cursor; if",
        to: "const cursor = durable.readTo; if",
      },
    ],
  },
  {
    name: "collectAtLive",
    heldBy: "packages/lanes/src/backlog-collection.test.ts",
    rule: "rule 4: a live lane's backlog is deleted once a watermark has passed it",
    patches: [
      {
        file: `${LANES}/backlog-collection.ts`,
        from: "} else if (committed > highest) {",
        to: "} else {",
      },
      {
        file: `${LANES}/backlog-collection.ts`,
        from: "if (stored.lanes[endpointId] !== undefined) {",
        to: "if (false) {",
      },
    ],
  },
  {
    name: "mixedBatch",
    rule: "rule 5: a batch is of one webhook and generation",
    patches: [
      {
        file: "packages/core/src/batch.ts",
        from: "if (next.webhookId !== head.webhookId || next.generation !== head.generation) break;",
        to: "",
      },
    ],
  },
  {
    name: "retryAll",
    rule: "a retry takes of what is in the backlog only its webhook and generation",
    patches: [
      {
        file: DURABLE,
        from: "facts.webhookId === webhookId && facts.generation === generation && facts.contactId === contactId,",
        to: "webhookId !== undefined && generation !== undefined && facts.contactId === contactId,",
      },
    ],
  },
  {
    name: "retryUnparked",
    rule: "a retry waits until nothing of it is un-acknowledged",
    patches: [
      {
        file: `${LANES}/retry-move.ts`,
        from: "if ((durable.parks.lowest ?? Infinity) <= last) return REST;",
        to: "",
      },
    ],
  },
  {
    name: "retryNotTakenIn",
    rule: "a retry waits until all of it is taken in",
    patches: [
      {
        file: `${LANES}/retry-move.ts`,
        from: 'if (next <= last) return { kind: "wait", until: now + NOT_YET_TAKEN_IN_MS };',
        to: "",
      },
    ],
  },
  {
    name: "retryForgetsLast",
    rule: "a retry is of the deliveries up to its last position",
    patches: [
      {
        file: `${LANES}/retry-move.ts`,
        from: '? { kind: "read", upTo: last } :',
        to: '? { kind: "read", upTo: next - 1 } :',
      },
    ],
  },
  {
    name: "noStatusInRetry",
    rule: "rule 6: status is checked in R",
    patches: [
      {
        file: `${LANES}/retry-move.ts`,
        from: "const move = moveOfHand(lane, hand.records, knowledge, now);",
        to: 'const move: LaneMove = now < notBefore ? { kind: "wait", until: notBefore } : { kind: "repeat" };',
      },
    ],
  },
  {
    name: "noStatusRecheck",
    rule: "rule 6: status is asked again when the bytes are written",
    patches: [
      {
        file: `${LANES}/request-ends.ts`,
        from: 'return judge(last.facts, configuration, tripped).kind === "send";',
        to: "return judge(last.facts, configuration, tripped) !== undefined;",
      },
    ],
  },
  {
    name: "shortWait",
    rule: "attempts wait 30, 60 and 90 s from the start of the one before",
    patches: [
      {
        file: `${LANES}/after-failure.ts`,
        from: "dueAt: step.dueAt.getTime(),",
        to: "dueAt: step.dueAt.getTime() - 10_000,",
      },
    ],
  },
  {
    name: "attemptsForgotten",
    heldBy: "packages/lanes/src/takeover.test.ts",
    rule: "a checkpoint stores the attempts of a request that is retried",
    patches: [
      {
        file: `${LANES}/stored-lane.ts`,
        from: "durable.frozen = { last, attempts, firstAttemptAt",
        to: "durable.frozen = { last, attempts: Math.min(attempts, 1), firstAttemptAt",
      },
    ],
  },
  {
    name: "ownFaultCounts",
    rule: "a fault of our own side uses up no attempt",
    patches: [
      {
        file: `${LANES}/request-ends.ts`,
        from: "lane.notBefore = now + Math.min(deferMaxMs,",
        to: "lane.hand = { ...lane.hand, attempt: lane.hand.attempt + 1 }; lane.notBefore = now + Math.min(deferMaxMs,",
      },
    ],
  },
];
