import { beforeEach, describe, expect, test } from "@jest/globals";
import type { LeaseDecision, SaveDecision } from "./lease-decision.js";
import { LeaseKeeper } from "./lease-keeper.js";
import type { Instant } from "./lease.js";
import { OWNERSHIP_TIMES } from "./ownership-times.js";

/** The lanes of a partition: what is new since the last checkpoint is a number. */
class Lanes {
  isDirty = false;
  content = 0;
  pending = { inFlight: 0, counting: 0, unreported: 0 };

  change(): void {
    this.content++;
    this.isDirty = true;
  }
  checkpoint(): number {
    this.isDirty = false;
    return this.content;
  }
  markDirty(): void {
    this.isDirty = true;
  }
}

const EPOCH = 7;
let now: number;
let lanes: Lanes;
let keeper: LeaseKeeper<number>;
let decided: LeaseDecision<number>[];

const instant = (): Instant => ({ mono: now, wall: 1_000_000 + now });
const take = () => decided.push(...keeper.takeDecisions());
/** Goes through time in the keeper's own steps; stops where it decides something. */
function advance(ms: number): LeaseDecision<number> | undefined {
  const until = now + ms;
  const before = decided.length;
  while (keeper.dueAt <= until) {
    now = Math.max(now, keeper.dueAt);
    keeper.onTick(instant());
    take();
    if (decided.length > before) return decided[before];
  }
  now = until;
  return undefined;
}
function advanceTo<K extends LeaseDecision<number>["kind"]>(kind: K, limitMs = 20_000) {
  const until = now + limitMs;
  take();
  for (;;) {
    const found = decided.find((each) => each.kind === kind);
    if (found) {
      decided = decided.slice(decided.indexOf(found) + 1);
      return found as Extract<LeaseDecision<number>, { kind: K }>;
    }
    if (now >= until || advance(until - now) === undefined) throw new Error(`no ${kind} until ${now}`);
  }
}
function answer(tell: () => void): void {
  tell();
  take();
}
const stored = ({ ticket, ver }: SaveDecision<number>) =>
  answer(() => keeper.onSaved(ticket, { kind: "stored", ver: ver + 1 }, instant()));
const kinds = () => decided.map(({ kind }) => kind);

beforeEach(() => {
  now = 0;
  lanes = new Lanes();
  keeper = new LeaseKeeper({ epoch: EPOCH, since: instant() }, lanes, OWNERSHIP_TIMES);
  decided = [];
});

/** Behind the first checkpoint. */
function held(): void {
  stored(advanceTo("save"));
  decided = [];
}

describe("a checkpoint", () => {
  test("follows within 500 ms of something new, and within 2 s of the one before without", () => {
    const first = advanceTo("save");
    expect([now, first.epoch, first.ver, first.release]).toEqual([500, EPOCH, 0, false]);
    stored(first);
    decided = [];
    lanes.change();
    const second = advanceTo("save");
    expect([now, second.ver, second.content]).toEqual([1_000, 1, 1]);
    stored(second);
    decided = [];
    expect(advanceTo("save").ver).toBe(2);
    expect(now).toBe(3_000);
  });

  test("renews the lease from before it was sent, and says exactly what was stored", () => {
    held();
    lanes.change();
    const save = advanceTo("save");
    const sentAt = instant();
    lanes.change();
    now += 2_900;
    stored(save);
    expect(keeper.leaseFrom).toEqual(sentAt);
    expect(decided.slice(0, 2)).toEqual([
      { kind: "renewed", since: sentAt },
      { kind: "stored", content: 1 },
    ]);
  });

  test("is never sent while another is not answered", () => {
    const save = advanceTo("save");
    lanes.change();
    expect(advance(OWNERSHIP_TIMES.callLimitMs - 1)).toBeUndefined();
    keeper.release(instant());
    take();
    expect(kinds()).not.toContain("save");
    stored(save);
    expect(advanceTo("save").release).toBe(true);
  });

  test("whose outcome is unknown is followed by a read, not by a write, and renews nothing", () => {
    held();
    const leaseFrom = keeper.leaseFrom;
    lanes.change();
    const save = advanceTo("save");
    expect(advanceTo("read_state").ticket).toBeGreaterThan(save.ticket);
    expect(kinds()).toEqual([]);
    expect(now).toBeLessThanOrEqual(1_000 + 3_000 + 200);
    const read = { ticket: save.ticket + 1 };
    // It came through; which of ours it was is not said.
    answer(() =>
      keeper.onState(read.ticket, { kind: "found", epoch: EPOCH, ver: 2, released: false }, instant()),
    );
    expect(keeper.leaseFrom).toEqual(leaseFrom);
    const next = advanceTo("save", 0);
    expect([next.ver, next.content]).toEqual([2, 1]);
  });

  test("an error counts as unknown, and so does a read that fails", () => {
    held();
    const save = advanceTo("save");
    answer(() => keeper.onSaved(save.ticket, { kind: "unknown" }, instant()));
    const read = advanceTo("read_state");
    answer(() => keeper.onState(read.ticket, { kind: "unknown" }, instant()));
    expect(advanceTo("read_state").ticket).not.toBe(read.ticket);
    expect(lanes.isDirty).toBe(true);
  });

  test("an answer that comes late or twice changes nothing", () => {
    held();
    lanes.change();
    const save = advanceTo("save");
    const read = advanceTo("read_state");
    const leaseFrom = keeper.leaseFrom;
    stored(save);
    answer(() => keeper.onSaved(save.ticket, { kind: "fenced" }, instant()));
    expect(keeper.leaseFrom).toBe(leaseFrom);
    expect(kinds()).toEqual([]);
    const state = { kind: "found", epoch: EPOCH, ver: 1, released: false } as const;
    answer(() => keeper.onState(read.ticket, state, instant()));
    answer(() => keeper.onState(read.ticket, { ...state, epoch: 9 }, instant()));
    const again = advanceTo("save", 0);
    stored(save);
    expect(keeper.leaseFrom).toBe(leaseFrom);
    stored(again);
    stored(again);
    expect(decided.filter(({ kind }) => kind === "stored")).toHaveLength(1);
  });

  test("that an earlier one of ours has overtaken is repeated at the version that one left", () => {
    held();
    const save = advanceTo("save");
    answer(() => keeper.onSaved(save.ticket, { kind: "other_version", ver: 5, released: false }, instant()));
    expect(advanceTo("save", 0).ver).toBe(5);
  });

  test("two lost answers in a row leave time to send", () => {
    held();
    const from = now;
    for (let lost = 0; lost < 2; lost++) {
      advanceTo("save");
      const read = advanceTo("read_state");
      answer(() =>
        keeper.onState(read.ticket, { kind: "found", epoch: EPOCH, ver: 1, released: false }, instant()),
      );
    }
    stored(advanceTo("save", 0));
    expect(now - from).toBeLessThan(9_000);
  });
});

describe("a fenced partition", () => {
  test("is dropped at once, and ended only when none of its requests is in flight any more", () => {
    lanes.pending = { inFlight: 2, counting: 1, unreported: 3 };
    const save = advanceTo("save");
    answer(() => keeper.onSaved(save.ticket, { kind: "fenced" }, instant()));
    expect(decided).toEqual([{ kind: "discard", cause: "fenced" }]);
    expect(advance(1_000)).toBeUndefined();
    lanes.pending = { inFlight: 0, counting: 1, unreported: 3 };
    expect(advance(100)).toEqual({ kind: "ended", cause: "fenced" });
    expect(keeper.dueAt).toBe(Infinity);
  });

  test("is one whose read names another epoch, or finds nothing", () => {
    for (const state of [
      { kind: "found", epoch: EPOCH + 1, ver: 0, released: false },
      { kind: "absent" },
    ] as const) {
      keeper = new LeaseKeeper({ epoch: EPOCH, since: instant() }, lanes, OWNERSHIP_TIMES);
      decided = [];
      advanceTo("save");
      const read = advanceTo("read_state");
      answer(() => keeper.onState(read.ticket, state, instant()));
      expect(kinds()).toEqual(["discard", "ended"]);
    }
  });

  test("is awaited within a limit, as no request takes longer", () => {
    lanes.pending.inFlight = 1;
    keeper.drop(instant());
    take();
    expect(decided).toEqual([{ kind: "discard", cause: "log_changed" }]);
    expect(advance(OWNERSHIP_TIMES.dropMs)).toEqual({ kind: "ended", cause: "log_changed" });
  });

  test("stores nothing more, whatever is answered", () => {
    const save = advanceTo("save");
    keeper.drop(instant());
    take();
    decided = [];
    stored(save);
    keeper.release(instant());
    keeper.drop(instant());
    take();
    expect(advance(60_000)).toBeUndefined();
    expect(decided).toEqual([]);
  });
});

describe("a release", () => {
  test("ends what is in flight, then awaits the results, and only then stores the last checkpoint", () => {
    held();
    lanes.pending = { inFlight: 1, counting: 0, unreported: 0 };
    keeper.release(instant());
    take();
    expect(decided).toEqual([{ kind: "stop" }]);
    expect(advance(1_000)).toBeUndefined();
    lanes.pending = { inFlight: 0, counting: 1, unreported: 0 };
    expect(advance(500)).toBeUndefined();
    lanes.pending = { inFlight: 0, counting: 0, unreported: 1 };
    expect(advance(500)).toBeUndefined();
    lanes.pending = { inFlight: 0, counting: 0, unreported: 0 };
    const save = advanceTo("save", 100);
    expect(save.release).toBe(true);
    decided = [];
    stored(save);
    expect(kinds()).toEqual(["renewed", "stored", "discard", "ended"]);
    expect(decided.at(-1)).toEqual({ kind: "ended", cause: "released" });
  });

  test("cuts a request that hangs after 5 s, and gives nothing back before it is gone", () => {
    held();
    lanes.pending.inFlight = 1;
    const from = now;
    keeper.release(instant());
    advanceTo("abort");
    expect(now - from).toBe(5_000);
    // Cut, but not gone.
    expect(advance(3_000)).toBeUndefined();
    lanes.pending.inFlight = 0;
    expect(advanceTo("save", 100).release).toBe(true);
  });

  test("is bounded when nothing ever answers: others wait for the end of the lease", () => {
    held();
    lanes.pending = { inFlight: 1, counting: 1, unreported: 1 };
    const from = now;
    keeper.release(instant());
    expect(advanceTo("ended", 60_000).cause).toBe("abandoned");
    expect(now - from).toBeLessThanOrEqual(5_000 + 2_000 + 1_500 + 6_000);
    expect(kinds()).not.toContain("save");
  });

  test("a database that refuses at once is asked again, at a pace, and given up in time", () => {
    held();
    const from = now;
    keeper.release(instant());
    take();
    let calls = 0;
    while (!keeper.isEnded) {
      const open = decided.find(({ kind }) => kind === "save" || kind === "read_state");
      decided = [];
      if (open?.kind === "save") answer(() => keeper.onSaved(open.ticket, { kind: "unknown" }, instant()));
      else if (open?.kind === "read_state")
        answer(() => keeper.onState(open.ticket, { kind: "unknown" }, instant()));
      else advance(10_000);
      if (open) calls++;
    }
    expect(now - from).toBe(1_500);
    expect(calls).toBeGreaterThan(5);
    expect(calls).toBeLessThan(50);
  });

  test("whose answer was lost is known to have come through by what is read", () => {
    held();
    keeper.release(instant());
    const save = advanceTo("save");
    answer(() => keeper.onSaved(save.ticket, { kind: "unknown" }, instant()));
    const read = advanceTo("read_state");
    answer(() =>
      keeper.onState(read.ticket, { kind: "found", epoch: EPOCH, ver: 2, released: true }, instant()),
    );
    expect(decided.at(-1)).toEqual({ kind: "ended", cause: "released" });
  });

  test("after a write whose answer was lost names the version that write left behind", () => {
    held();
    lanes.change();
    advanceTo("save");
    keeper.release(instant());
    const read = advanceTo("read_state");
    answer(() =>
      keeper.onState(read.ticket, { kind: "found", epoch: EPOCH, ver: 2, released: false }, instant()),
    );
    const last = advanceTo("save", 0);
    expect([last.ver, last.release, last.content]).toEqual([2, true, 1]);
  });

  test("that finds somebody else there leaves at once", () => {
    held();
    keeper.release(instant());
    const save = advanceTo("save");
    answer(() => keeper.onSaved(save.ticket, { kind: "fenced" }, instant()));
    expect(decided.at(-1)).toEqual({ kind: "ended", cause: "fenced" });
  });
});
