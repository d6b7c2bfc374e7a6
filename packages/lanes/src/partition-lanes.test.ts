import { beforeEach, describe, expect, test } from "@jest/globals";
import {
  asDeliveryId,
  asEndpointId,
  asEventId,
  asWebhookId,
  asWorkspaceId,
  type AttemptOutcome,
} from "@hooklane/core";
import type { CountDecision, Decision, Report, ReportDecision, SendDecision } from "./decision.js";
import type { WebhookFacts } from "./judge.js";
import type { DeliveryFacts } from "./lane-record.js";
import { PartitionLanes } from "./partition-lanes.js";
import type { PartitionCheckpoint } from "./partition-progress.js";
import type { LaneSettings } from "./settings.js";
import { TrippedWebhooks } from "./tripped-webhooks.js";

const SETTINGS: LaneSettings = {
  retry: { waitsSeconds: [30, 60, 90] },
  requestTimeoutMs: 5_000,
  leaseGuardMs: 1_000,
  queuedRecordsMax: 10,
  queuedBytesMax: 1_000_000,
  openOffsetsMax: 1_000,
  unreportedMax: 5,
  deferFirstMs: 1_000,
  deferMaxMs: 4_000,
  refusedPauseMs: 100,
  refreshPauseMs: 1_000,
};
const FRESH: PartitionCheckpoint = { committed: 0, done: new Uint8Array(0), sources: {} };
const OK: AttemptOutcome = { kind: "succeeded", statusCode: 200 };
const FAILED: AttemptOutcome = { kind: "failed", error: "status", statusCode: 500 };
const OWN: AttemptOutcome = { kind: "own_fault", fault: "sockets_exhausted" };
const BODY = new Uint8Array(100);

const webhooks = new Map<string, WebhookFacts>();
let tripped: TrippedWebhooks;
let lanes: PartitionLanes;
let now: number;
let nextOffset: number;

beforeEach(() => {
  webhooks.clear();
  for (const name of ["a", "b"]) webhooks.set(`wh_${name}`, { version: 1, generation: 1, status: "active" });
  start(FRESH);
});

function start(from: PartitionCheckpoint): void {
  now = 1_000_000;
  nextOffset = from.committed;
  tripped = new TrippedWebhooks();
  lanes = new PartitionLanes(
    { partition: 0, logEpoch: 3 },
    from,
    SETTINGS,
    { configuration: { webhook: (id) => webhooks.get(id) }, tripped },
    now + 3_600_000,
  );
}

function facts(offset: number, webhook: string, more: Partial<DeliveryFacts> = {}): DeliveryFacts {
  return {
    workspaceId: asWorkspaceId("ws_1"),
    webhookId: asWebhookId(`wh_${webhook}`),
    generation: 1,
    version: 1,
    endpointId: asEndpointId(`ep_${webhook}`),
    deliveryId: asDeliveryId(`dl_${offset}`),
    eventId: asEventId(`evt_${offset}`),
    type: "t",
    trigger: "automatic",
    acceptedAt: 0,
    source: [0, 0, offset, 0],
    ...more,
  };
}
const line = asEndpointId("ep_line");
const take = (webhook: string, more: Partial<DeliveryFacts> = {}) => {
  const offset = nextOffset++;
  return lanes.onRecord(offset, facts(offset, webhook, more), BODY, now);
};
const decide = () => lanes.takeDecisions();
const only = <K extends Decision["kind"]>(decisions: readonly Decision[], kind: K) =>
  decisions.filter((each): each is Extract<Decision, { kind: K }> => each.kind === kind);
const sends = (decisions = decide()) => only(decisions, "send");
const offsets = (send: SendDecision | undefined) => send?.records.map(({ offset }) => offset);
const settle = (send: SendDecision, outcome: AttemptOutcome, startedAt = now) =>
  lanes.onSettled(send.endpointId, send.ticket, { outcome, startedAt, durationMs: 1 }, now);
const counted = (count: CountDecision) => lanes.onCounted(count.endpointId, count.ticket, now);
const acknowledge = (decisions: readonly Decision[]) => {
  for (const { report } of only(decisions, "report")) lanes.onReported(report, now);
};
/** Fails the request, counts the error, and gives what was decided. */
const fail = (send: SendDecision): readonly Decision[] => {
  settle(send, FAILED);
  const [count] = only(decide(), "count");
  counted(count!);
  return decide();
};

describe("a lane", () => {
  test("has one request in flight; the next starts when it is settled", () => {
    take("a");
    take("a");
    const [first, ...others] = sends();
    expect(offsets(first)).toEqual([0]);
    expect(others).toEqual([]);
    settle(first!, OK);
    expect(offsets(sends()[0])).toEqual([1]);
  });

  test("waits 30, 60 and 90 s from the start of the attempt before, then gives up and goes on", () => {
    take("a");
    take("a");
    let [send] = sends();
    for (const [index, wait] of [30_000, 60_000, 90_000].entries()) {
      const startedAt = now;
      now += 4_000;
      settle(send!, FAILED, startedAt);
      counted(only(decide(), "count")[0]!);
      const [report] = only(decide(), "report");
      expect(report?.report).toMatchObject({
        attempt: index + 1,
        next: { kind: "retrying", dueAt: startedAt + wait },
      });
      expect(lanes.dueAt).toBe(startedAt + wait);
      now = startedAt + wait - 1;
      lanes.onTimer(now);
      expect(sends()).toEqual([]);
      now++;
      lanes.onTimer(now);
      [send] = sends();
      expect(send).toMatchObject({ attempt: index + 2 });
      expect(offsets(send)).toEqual([0]);
    }
    const decisions = fail(send!);
    expect(only(decisions, "report")[0]?.report).toMatchObject({
      next: { kind: "dead_letter", reason: "retries_exhausted" },
    });
    expect(offsets(sends(decisions)[0])).toEqual([1]);
  });

  test("that is retried does not hold another of its partition", () => {
    take("a");
    fail(sends()[0]!);
    take("b");
    expect(sends()).toMatchObject([{ endpointId: "ep_b" }]);
  });

  test("stands still until its error was counted", () => {
    take("a");
    settle(sends()[0]!, FAILED);
    const [count] = only(decide(), "count");
    expect(count).toMatchObject({
      workspaceId: "ws_1",
      error: { id: "ep_a:3:0:1", webhookId: "wh_a", generation: 1 },
    });
    now += 3_600_000;
    lanes.onTimer(now);
    lanes.onLease(now + 3_600_000, now);
    take("a");
    expect(decide()).toEqual([]);
  });

  test("of a webhook its own error tripped is skipped, with all that is queued", () => {
    for (let i = 0; i < 3; i++) take("a");
    settle(sends()[0]!, FAILED);
    const [count] = only(decide(), "count");
    tripped.mark(asWebhookId("wh_a"), 1);
    counted(count!);
    const decisions = decide();
    expect(sends(decisions)).toEqual([]);
    expect(only(decisions, "report").map(({ report }) => report)).toMatchObject([
      { kind: "attempt", attempt: 1, next: { kind: "skipped", reason: "auto_disabled" } },
      {
        kind: "settled",
        status: "skipped",
        reason: "auto_disabled",
        records: [{ offset: 1 }, { offset: 2 }],
      },
    ]);
  });

  test("is deferred by a fault of our own, longer each time, without using up the attempt", () => {
    take("a");
    let [send] = sends();
    for (const pause of [1_000, 2_000, 4_000, 4_000]) {
      settle(send!, OWN);
      const decisions = decide();
      expect(only(decisions, "deferred")).toMatchObject([{ until: now + pause }]);
      expect(only(decisions, "count")).toEqual([]);
      expect(only(decisions, "report")).toEqual([]);
      now += pause;
      lanes.onTimer(now);
      [send] = sends();
      expect(send?.attempt).toBe(1);
    }
  });

  test("gives up at 410, and bans the webhook's generation before anything else leaves", () => {
    take("a", { endpointId: line });
    take("a", { endpointId: line });
    take("b", { endpointId: line });
    settle(sends()[0]!, { kind: "failed", error: "status", statusCode: 410 });
    const first = decide();
    expect(only(first, "gone")).toMatchObject([{ webhookId: "wh_a", generation: 1 }]);
    counted(only(first, "count")[0]!);
    const decisions = decide();
    expect(only(decisions, "report").map(({ report }) => report)).toMatchObject([
      { next: { kind: "dead_letter", reason: "gone" } },
      { kind: "settled", status: "skipped" },
    ]);
    expect(offsets(sends(decisions)[0])).toEqual([2]);
  });

  test("ignores an answer to a request it no longer waits for", () => {
    take("a");
    take("a");
    const [first] = sends();
    settle(first!, OK);
    const [second] = sends();
    settle(first!, OK);
    expect(decide()).toEqual([]);
    expect(lanes.mayStart(first!.endpointId, first!.ticket, now)).toBe(false);
    expect(lanes.mayStart(second!.endpointId, second!.ticket, now)).toBe(true);
  });

  test("that is refused at the last moment asks again, and does not spin", () => {
    take("a");
    const [send] = sends();
    lanes.onRefused(send!.endpointId, send!.ticket, now);
    const [again] = sends();
    expect(again).toMatchObject({ attempt: 1 });
    lanes.onRefused(again!.endpointId, again!.ticket, now);
    expect(sends()).toEqual([]);
    expect(lanes.dueAt).toBe(now + 100);
  });
});

describe("batches", () => {
  const batching = { maxEvents: 3, maxWaitSeconds: 5 };
  beforeEach(() => {
    for (const name of ["a", "b"]) webhooks.set(`wh_${name}`, { ...webhooks.get(`wh_${name}`)!, batching });
  });

  test("go when full, or when the oldest has waited long enough in the lane", () => {
    for (let i = 0; i < 4; i++) take("a");
    const [full] = sends();
    expect(offsets(full)).toEqual([0, 1, 2]);
    settle(full!, OK);
    decide();
    expect(lanes.dueAt).toBe(now + 5_000);
    now += 5_000;
    lanes.onTimer(now);
    const [lone] = sends();
    expect(offsets(lone)).toEqual([3]);
    expect(lone?.batched).toBe(true);
  });

  test("are frozen over their retries, whatever comes behind them", () => {
    for (let i = 0; i < 3; i++) take("a");
    fail(sends()[0]!);
    for (let i = 0; i < 3; i++) take("a");
    now += 30_000;
    lanes.onTimer(now);
    expect(offsets(sends()[0])).toEqual([0, 1, 2]);
  });

  test("end where another webhook's event stands, and do not wait then", () => {
    take("a", { endpointId: line });
    take("a", { endpointId: line });
    take("b", { endpointId: line });
    expect(offsets(sends()[0])).toEqual([0, 1]);
  });

  test("hold when their last event is newer than our copy", () => {
    take("a");
    take("a", { version: 2 });
    take("a", { version: 2 });
    const decisions = decide();
    expect(sends(decisions)).toEqual([]);
    expect(only(decisions, "refresh")).toHaveLength(1);
  });
});

describe("what is sent at all", () => {
  test("a delivery newer than our copy holds its lane, asks once, and again only after a pause", () => {
    take("a", { version: 2 });
    take("a", { version: 2 });
    expect(only(decide(), "refresh")).toMatchObject([{ endpointId: "ep_a", webhookId: "wh_a" }]);
    lanes.onRefreshed(asEndpointId("ep_a"), now);
    expect(decide()).toEqual([]);
    now += 1_000;
    lanes.onTimer(now);
    expect(only(decide(), "refresh")).toHaveLength(1);
    webhooks.set("wh_a", { version: 2, generation: 1, status: "active" });
    lanes.onRefreshed(asEndpointId("ep_a"), now);
    expect(offsets(sends()[0])).toEqual([0]);
  });

  test("an unknown webhook's is held, never skipped", () => {
    take("nobody");
    const decisions = decide();
    expect(only(decisions, "refresh")).toHaveLength(1);
    expect(only(decisions, "report")).toEqual([]);
  });

  test.each([
    [{ status: "inactive" }, "skipped", "inactive"],
    [{ status: "auto_disabled" }, "skipped", "auto_disabled"],
    [{ status: "plan_locked" }, "skipped", "plan_locked"],
    [{ generation: 2 }, "skipped", "older_generation"],
    [{ deletedAt: new Date(0) }, "cancelled", "webhook_deleted"],
  ] as const)("%j is settled at once as %s, %s", (state, status, reason) => {
    webhooks.set("wh_a", { version: 1, generation: 1, status: "active", ...state });
    take("a");
    expect(decide()).toMatchObject([{ kind: "report", report: { kind: "settled", status, reason } }]);
  });

  test("a recovering webhook of equal generation is sent to", () => {
    webhooks.set("wh_a", { version: 1, generation: 1, status: "recovering" });
    take("a");
    expect(sends()).toHaveLength(1);
  });

  test("a webhook switched off while it is retried is skipped at once", () => {
    take("a");
    fail(sends()[0]!);
    webhooks.set("wh_a", { version: 2, generation: 2, status: "inactive" });
    lanes.onWebhookChanged(asEndpointId("ep_a"), now);
    expect(decide()).toMatchObject([{ kind: "report", report: { kind: "settled", status: "skipped" } }]);
  });

  test("status and breaker are asked again when the bytes are written", () => {
    take("a");
    const [send] = sends();
    expect(lanes.mayStart(send!.endpointId, send!.ticket, now)).toBe(true);
    tripped.mark(asWebhookId("wh_a"), 1);
    expect(lanes.mayStart(send!.endpointId, send!.ticket, now)).toBe(false);
    lanes.onRefused(send!.endpointId, send!.ticket, now);
    expect(only(decide(), "report")).toMatchObject([{ report: { kind: "settled", status: "skipped" } }]);
  });
});

describe("the lease", () => {
  test("no request starts that could outlive it, and they go on when it is renewed", () => {
    lanes.onLease(now + 5_999, now);
    take("a");
    expect(sends()).toEqual([]);
    lanes.onLease(now + 6_000, now);
    const [send] = sends();
    expect(offsets(send)).toEqual([0]);
    now++;
    expect(lanes.mayStart(send!.endpointId, send!.ticket, now)).toBe(false);
  });

  test("after a stop nothing starts, and what runs may end", () => {
    take("a");
    take("a");
    const [send] = sends();
    lanes.stop();
    settle(send!, OK);
    const decisions = decide();
    expect(sends(decisions)).toEqual([]);
    expect(lanes.pending).toEqual({ inFlight: 0, counting: 0, unreported: 1 });
    acknowledge(decisions);
    expect(lanes.checkpoint().committed).toBe(1);
    expect(lanes.pending.unreported).toBe(0);
  });
});

describe("what a checkpoint holds", () => {
  test("an outcome enters it only when its result is acknowledged", () => {
    take("a");
    settle(sends()[0]!, OK);
    const decisions = decide();
    expect(lanes.checkpoint().committed).toBe(0);
    acknowledge(decisions);
    expect(lanes.isDirty).toBe(true);
    expect(lanes.checkpoint()).toMatchObject({ committed: 1, sources: { 0: [0, 0, 0] } });
    expect(lanes.isDirty).toBe(false);
  });

  test("a failed attempt resolves nothing", () => {
    take("a");
    acknowledge(fail(sends()[0]!));
    expect(lanes.checkpoint().committed).toBe(0);
  });

  test("what is done above the watermark is remembered, and not sent again by the next owner", () => {
    take("a");
    fail(sends()[0]!);
    for (let i = 0; i < 3; i++) {
      take("b");
      settle(sends()[0]!, OK);
      acknowledge(decide());
    }
    const checkpoint = lanes.checkpoint();
    expect(checkpoint.committed).toBe(0);
    // Marks as of committed, not as of next: what lies between is read again.
    expect(checkpoint.sources).toEqual({});
    start(checkpoint);
    expect(["a", "b", "b", "b", "b"].map((webhook) => take(webhook))).toEqual([
      "taken",
      "resolved",
      "resolved",
      "resolved",
      "taken",
    ]);
    expect(sends().map(offsets)).toEqual([[0], [4]]);
  });

  test("results that Kafka does not take stop new requests, until it does", () => {
    const reports: Report[] = [];
    for (let i = 0; i < 8; i++) take("a");
    for (;;) {
      const decisions = decide();
      reports.push(...only(decisions, "report").map(({ report }: ReportDecision) => report));
      const [send] = sends(decisions);
      if (send === undefined) break;
      settle(send, OK);
    }
    expect(reports).toHaveLength(5);
    for (const report of reports) lanes.onReported(report, now);
    expect(offsets(sends()[0])).toEqual([5]);
  });
});

describe("intake", () => {
  test("a fan-out that was produced twice is dropped, and the mark rises with what is not", () => {
    expect(take("a", { source: [2, 0, 7, 0] })).toBe("taken");
    expect(take("b", { source: [2, 0, 7, 1] })).toBe("taken");
    expect(take("a", { source: [2, 0, 7, 0] })).toBe("resolved");
    expect(take("a", { source: [2, 0, 6, 9] })).toBe("resolved");
    expect(take("b", { source: [1, 0, 7, 1] })).toBe("taken");
    expect(take("b", { source: [2, 1, 0, 0] })).toBe("taken");
  });

  test("the mark advances also over what an earlier owner had done", () => {
    start({ committed: 0, done: Uint8Array.of(0b1), sources: {} });
    expect(take("a", { source: [0, 0, 5, 0] })).toBe("resolved");
    expect(take("a", { source: [0, 0, 5, 0] })).toBe("resolved");
    expect(sends()).toEqual([]);
  });

  test("what is read twice is dropped, what is ahead is a gap", () => {
    take("a");
    expect(lanes.onRecord(0, facts(0, "a"), BODY, now)).toBe("stale");
    expect(lanes.onRecord(2, facts(2, "a"), BODY, now)).toBe("gap");
    expect(lanes.next).toBe(1);
  });

  test("a record nobody can read holds the watermark until it is kept elsewhere", () => {
    expect(lanes.onUnreadable(0)).toBe("taken");
    nextOffset = 1;
    take("a");
    settle(sends()[0]!, OK);
    acknowledge(decide());
    expect(lanes.committed).toBe(0);
    lanes.onUnreadableKept(0);
    expect(lanes.committed).toBe(2);
  });

  test("what is settled stays in memory until Kafka has its result, and pauses the partition meanwhile", () => {
    webhooks.set("wh_a", { version: 1, generation: 1, status: "inactive" });
    for (let i = 0; i < 10; i++) take("a");
    const decisions = decide();
    expect(lanes.queued.records).toBe(10);
    expect(only(decisions, "pause")).toHaveLength(1);
    acknowledge(decisions);
    expect(only(decide(), "resume")).toHaveLength(1);
    expect(lanes.queued).toEqual({ records: 0, bytes: 0 });
  });

  test("a partition that was read too far ahead of an unreadable record goes on once that is kept", () => {
    lanes.onUnreadable(0);
    nextOffset = 1;
    const paused: Decision[] = [];
    for (let i = 0; i < SETTINGS.openOffsetsMax; i++) {
      take("a");
      const decisions = decide();
      for (const send of sends(decisions)) settle(send, OK);
      acknowledge(decide());
      paused.push(...only([...decisions, ...decide()], "pause"));
    }
    expect(paused).toHaveLength(1);
    lanes.onUnreadableKept(0);
    expect(only(decide(), "resume")).toHaveLength(1);
  });

  test("too much in memory pauses the partition, and it goes on well below the limit", () => {
    for (let i = 0; i < 9; i++) take("a");
    const before = decide();
    expect(only(before, "pause")).toEqual([]);
    take("a");
    expect(only(decide(), "pause")).toHaveLength(1);
    const resumed: number[] = [];
    let [send] = sends(before);
    for (let done = 1; done <= 6; done++) {
      settle(send!, OK);
      const decisions = decide();
      acknowledge(decisions);
      if (only(decide(), "resume").length > 0) resumed.push(done);
      [send] = sends(decisions);
    }
    expect(resumed).toEqual([5]);
  });
});
