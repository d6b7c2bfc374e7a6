import { describe, expect, test } from "@jest/globals";
import type { LaneSettings } from "./settings.js";
import type { StoredLane } from "./stored-lane.js";
import { at, EngineHarness, FRESH, OK, positions } from "./testing/engine-harness.js";

const KIB = 1024;
const MIB = 1024 * KIB;
const LIMITS: Partial<LaneSettings> = {
  pageRecordsMax: 200,
  pageBytesMax: MIB,
  pagesBytesMax: 64 * MIB,
};
const DRAINING: StoredLane = {
  state: "D",
  cursor: at(0) - 1,
  last: at(0) - 1,
  attempts: 0,
  firstAttemptAt: undefined,
  nextAt: undefined,
};

/** An engine whose lanes have so much in their backlogs, and a count of what was read of them. */
class Backlogs {
  readonly engine: EngineHarness;
  readonly #bytes: number;
  readonly #names: readonly string[];
  readonly #count: number;
  read = 0;

  constructor(
    names: readonly string[],
    count: number,
    bytes: number,
    settings: Partial<LaneSettings> = LIMITS,
  ) {
    this.engine = new EngineHarness(settings);
    this.#names = names;
    this.#count = count;
    this.#bytes = bytes;
    const body = new Uint8Array(bytes);
    for (const name of names) {
      this.engine.setWebhook(name, {});
      const records = Array.from({ length: count }, (_, i) => ({
        position: at(i),
        facts: this.engine.facts(i, name),
        body,
      }));
      this.engine.backlog.set(`ep_${name}`, records);
    }
  }

  /** A new owner finds them draining. */
  begin(): void {
    const lanes = Object.fromEntries(this.#names.map((name) => [`ep_${name}`, DRAINING]));
    this.engine.restart({ ...FRESH, committed: this.#count, lanes });
  }

  /** Answers what was asked for as the database does, within its limits. */
  answerReads(): number {
    const reads = this.engine.all("read");
    for (const { endpointId, ticket, after, recordsMax, bytesMax } of reads) {
      const line = (this.engine.backlog.get(endpointId) ?? []).filter(({ position }) => position > after);
      const count = Math.min(recordsMax, Math.max(1, Math.floor(bytesMax / this.#bytes)));
      const records = line.slice(0, count);
      this.read += records.length;
      const isComplete = records.length === line.length;
      this.engine.lanes.onPage(endpointId, ticket, { records, isComplete }, this.engine.now);
    }
    return reads.length;
  }
}

describe("what is read of the backlog", () => {
  test.each([
    ["one lane of large events, two pages", ["a"], 1_000, 200 * KIB, LIMITS, 2.5 * MIB],
    [
      "many lanes, twice the budget of all",
      Array.from({ length: 128 }, (_, i) => `l${i}`),
      400,
      4 * KIB,
      { ...LIMITS, pagesBytesMax: 4 * MIB },
      10 * MIB,
    ],
  ])("is bounded by bytes: %s", (_, names, count, bytes, settings, most) => {
    const backlogs = new Backlogs(names, count, bytes, settings);
    const { engine } = backlogs;
    backlogs.begin();
    let sent = 0;
    for (let round = 0; round < 80; round++) {
      backlogs.answerReads();
      expect((backlogs.read - sent) * bytes).toBeLessThanOrEqual(most);
      for (const send of engine.all("send")) {
        sent += send.records.length;
        engine.settle(send, OK);
      }
      engine.acknowledge();
    }
    expect(sent).toBeGreaterThan(50);
  });

  test("for a batch is no more than it can carry", () => {
    const backlogs = new Backlogs(["a"], 300, 200 * KIB);
    const { engine } = backlogs;
    engine.setWebhook("a", { batching: { maxEvents: 100, maxWaitSeconds: 5 } });
    backlogs.begin();
    for (let round = 0; round < 100 && engine.lanes.pending.inFlight === 0; round++) backlogs.answerReads();
    expect(positions(engine.one("send")).length).toBeGreaterThan(10);
    expect(backlogs.read * 200 * KIB).toBeLessThanOrEqual(5.5 * MIB);
  });

  test("of a webhook that is off waits while its results cannot be written", () => {
    const backlogs = new Backlogs(["a"], 400, 1, {});
    const { engine } = backlogs;
    engine.setWebhook("a", { version: 2, generation: 2, status: "inactive" });
    backlogs.begin();
    for (let round = 0; round < 200; round++) if (backlogs.answerReads() === 0) break;
    expect(engine.lanes.pending.unreported).toBeLessThanOrEqual(6);
    expect(backlogs.read).toBeLessThan(30);
    // And goes on to the end once they are.
    for (let round = 0; round < 400; round++) {
      engine.acknowledge();
      backlogs.answerReads();
    }
    expect(backlogs.read).toBe(400);
  });
});

test("a batch in CATCH-UP goes although what follows it in the backlog is in the queue", () => {
  const backlogs = new Backlogs(["a"], 3, 1, {});
  const { engine } = backlogs;
  engine.setWebhook("a", { batching: { maxEvents: 4, maxWaitSeconds: 1 } });
  // The former owner parked all three, its checkpoint knows of two.
  engine.restart({ ...FRESH, committed: 2, lanes: { ep_a: DRAINING } });
  engine.answerRead();
  engine.take("a");
  for (let i = 0; i < 25 && engine.lanes.pending.inFlight === 0; i++) {
    engine.pass(200);
    backlogs.answerReads();
  }
  expect(engine.moves()).toEqual([{ to: "catching_up", cause: "done" }]);
  expect(engine.sent()).toEqual([[0, 1]]);
});
