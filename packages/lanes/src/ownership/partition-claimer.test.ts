import { beforeEach, describe, expect, test } from "@jest/globals";
import type { OwnershipDecision, Round, Standing } from "./claim-decision.js";
import type { Instant } from "./lease.js";
import { OWNERSHIP_TIMES } from "./ownership-times.js";
import { fairShare, PartitionClaimer } from "./partition-claimer.js";

let now: number;
let claimer: PartitionClaimer<string>;
let decided: OwnershipDecision<string>[];

const instant = (): Instant => ({ mono: now, wall: now });
const take = () => decided.push(...claimer.takeDecisions());
function advance(ms: number): void {
  const until = now + ms;
  while (claimer.dueAt <= until) {
    now = Math.max(now, claimer.dueAt);
    claimer.onTick(instant());
    take();
  }
  now = until;
}
function tell(call: () => void): void {
  call();
  take();
}
function of<K extends OwnershipDecision<string>["kind"]>(kind: K) {
  return decided.filter((each) => each.kind === kind) as Extract<OwnershipDecision<string>, { kind: K }>[];
}
const standing = (partition: number, epoch = 3, more: Partial<Standing> = {}): Standing => ({
  partition,
  epoch,
  isClaimable: true,
  isTooNew: false,
  ...more,
});
const standings = (count: number, more: Partial<Standing> = {}) =>
  Array.from({ length: count }, (_, partition) => standing(partition, 3, more));

/** The next look is made and answered; what follows from it. */
function look(round: Partial<Round>): OwnershipDecision<string>[] {
  decided = [];
  for (let waited = 0; of("look").length === 0; waited += 100) {
    if (waited > 5_000) throw new Error("no look");
    advance(100);
    for (const { ticket } of of("beat")) tell(() => claimer.onBeat(ticket, true, instant()));
  }
  const [{ ticket }] = of("look") as readonly { ticket: number }[] as [{ ticket: number }];
  decided = [];
  tell(() => claimer.onRound(ticket, { alive: 1, standings: [], canRead: true, ...round }, instant()));
  return decided;
}
function hold(count: number, alive = 1): void {
  look({ standings: standings(count), alive });
  for (const { ticket, partition } of of("claim")) {
    tell(() => claimer.onClaim(ticket, { kind: "claimed", document: `d${partition}` }, instant()));
    tell(() => claimer.onOpened(partition, instant()));
  }
  decided = [];
}
const claimed = () => of("claim").map(({ partition }) => partition);

beforeEach(() => {
  now = 0;
  claimer = new PartitionClaimer(OWNERSHIP_TIMES);
  decided = [];
});

describe("claiming", () => {
  test("waits until others know of this process, then looks every 500 ms", () => {
    advance(1_000);
    expect(of("look")).toEqual([]);
    const [beat] = of("beat");
    tell(() => claimer.onBeat(beat!.ticket, true, instant()));
    advance(0);
    expect(of("look")).toHaveLength(1);
    for (let n = 1; n < 5; n++) {
      tell(() => claimer.onRound(of("look").at(-1)!.ticket, undefined, instant()));
      advance(500);
      expect(of("look")).toHaveLength(n + 1);
    }
  });

  test("names the epoch that was read, and dates the lease from before it is sent", () => {
    look({ standings: [standing(4, 11)] });
    expect(decided).toEqual([
      { kind: "claim", ticket: expect.any(Number), partition: 4, epoch: 11, since: instant() },
    ]);
    const sentAt = instant();
    now += 1_500;
    const [claim] = of("claim");
    tell(() => claimer.onClaim(claim!.ticket, { kind: "claimed", document: "d" }, instant()));
    expect(of("open")).toEqual([{ kind: "open", partition: 4, since: sentAt, document: "d" }]);
  });

  test("takes a fair share, and nothing that is another's", () => {
    const round = [...standings(3, { isClaimable: false }), standing(3), standing(4), standing(5)];
    look({ alive: 3, standings: round });
    expect(claimed()).toEqual([3, 4]);
  });

  test("never claims a partition twice at a time: not while claiming, opening, holding or leaving it", () => {
    look({ standings: standings(1) });
    const [claim] = of("claim");
    expect(look({ standings: standings(1) })).toEqual([]);
    tell(() => claimer.onClaim(claim!.ticket, { kind: "claimed", document: "d" }, instant()));
    expect(look({ standings: standings(1) })).toEqual([]);
    tell(() => claimer.onOpened(0, instant()));
    expect(look({ standings: standings(1) })).toEqual([]);
    // Fenced: its requests are still being cut.
    claimer.onLeaving(0);
    expect(look({ standings: standings(1) })).toEqual([]);
    tell(() => claimer.onEnded(0, instant()));
    look({ standings: [standing(0, 4)] });
    expect(of("claim")).toMatchObject([{ partition: 0, epoch: 4 }]);
  });

  test("an answer that comes after its limit is nothing: what the database says at the next look is claimed anew", () => {
    look({ standings: [standing(0, 3)] });
    const [late] = of("claim");
    advance(OWNERSHIP_TIMES.callLimitMs);
    look({ standings: [standing(0, 4)] });
    const [second] = of("claim");
    expect(second).toMatchObject({ partition: 0, epoch: 4 });
    decided = [];
    tell(() => claimer.onClaim(late!.ticket, { kind: "claimed", document: "late" }, instant()));
    expect(of("open")).toEqual([]);
    tell(() => claimer.onClaim(second!.ticket, { kind: "claimed", document: "d" }, instant()));
    tell(() => claimer.onClaim(second!.ticket, { kind: "claimed", document: "d" }, instant()));
    expect(of("open")).toMatchObject([{ document: "d" }]);
  });

  test("a claim somebody was quicker with, or that failed, leaves its place free", () => {
    for (const kind of ["missed", "unknown"] as const) {
      look({ standings: standings(1) });
      tell(() => claimer.onClaim(of("claim")[0]!.ticket, { kind }, instant()));
    }
    look({ standings: standings(1) });
    expect(claimed()).toEqual([0]);
  });

  test("takes nothing while records cannot be read: others could", () => {
    expect(look({ standings: standings(2), canRead: false })).toEqual([]);
    look({ standings: standings(2) });
    expect(claimed()).toEqual([0, 1]);
  });

  test("leaves documents of a newer version alone, and says so once", () => {
    const round = [standing(0, 3, { isTooNew: true }), standing(1)];
    expect(look({ standings: round })).toMatchObject([
      { kind: "too_new", partition: 0 },
      { kind: "claim", partition: 1 },
    ]);
    expect(look({ standings: round })).toEqual([]);
  });

  test("a look whose answer comes late is not used", () => {
    look({ standings: [] });
    decided = [];
    advance(600);
    const [{ ticket }] = of("look") as readonly { ticket: number }[] as [{ ticket: number }];
    advance(OWNERSHIP_TIMES.callLimitMs);
    expect(claimer.isReady).toBe(false);
    decided = [];
    tell(() => claimer.onRound(ticket, { alive: 1, standings: standings(1), canRead: true }, instant()));
    expect(of("claim")).toEqual([]);
  });
});

describe("a fair share", () => {
  test("is rounded up, so that every partition has an owner", () => {
    expect([fairShare(8, 1), fairShare(8, 3), fairShare(8, 9), fairShare(8, 0)]).toEqual([8, 3, 1, 8]);
  });

  test("above it one partition is released at a time, until the share is reached", () => {
    hold(4);
    const mine = standings(4, { isClaimable: true });
    expect(look({ alive: 2, standings: mine })).toMatchObject([{ kind: "release" }]);
    const [first] = of("release");
    expect(look({ alive: 2, standings: mine })).toEqual([]);
    tell(() => claimer.onEnded(first!.partition, instant()));
    expect(look({ alive: 2, standings: mine })).toMatchObject([{ kind: "release" }]);
    tell(() => claimer.onEnded(of("release")[0]!.partition, instant()));
    expect(look({ alive: 2, standings: mine })).toEqual([]);
  });

  test("grows at once when a member leaves", () => {
    hold(4, 2);
    look({ alive: 1, standings: standings(4) });
    expect(claimed()).toEqual([2, 3]);
  });

  test("a partition that is being left keeps its place until it has ended", () => {
    hold(4, 2);
    claimer.onLeaving(0);
    expect(look({ alive: 2, standings: standings(4) })).toEqual([]);
    tell(() => claimer.onEnded(0, instant()));
    look({ alive: 2, standings: standings(4) });
    expect(claimed()).toEqual([0]);
    // Told twice: it does not end the claim that came after.
    tell(() => claimer.onEnded(0, instant()));
    expect(look({ alive: 2, standings: standings(4) })).toEqual([]);
  });
});

describe("a stop", () => {
  test("tells the others first, then releases everything at once, and is over when all of it has ended", () => {
    hold(2);
    const [beat] = [...of("beat")];
    expect(beat).toBeUndefined();
    tell(() => claimer.stop(instant()));
    expect(decided.map(({ kind }) => kind)).toEqual(["go", "release", "release"]);
    tell(() => claimer.onBeat(of("go")[0]!.ticket, true, instant()));
    tell(() => claimer.onEnded(0, instant()));
    expect(claimer.isDone).toBe(false);
    tell(() => claimer.onEnded(1, instant()));
    expect(claimer.isDone).toBe(true);
    expect(claimer.dueAt).toBe(Infinity);
  });

  test("does not go before a beat that is on its way, which would bring it back to life", () => {
    advance(0);
    const [beat] = of("beat");
    tell(() => claimer.stop(instant()));
    expect(of("go")).toEqual([]);
    tell(() => claimer.onBeat(beat!.ticket, true, instant()));
    expect(of("go")).toHaveLength(1);
  });

  test("gives back what a claim on its way still brings, and releases what was being opened", () => {
    look({ standings: standings(2) });
    const [one, two] = of("claim");
    tell(() => claimer.onClaim(one!.ticket, { kind: "claimed", document: "one" }, instant()));
    tell(() => claimer.stop(instant()));
    tell(() => claimer.onClaim(two!.ticket, { kind: "claimed", document: "two" }, instant()));
    expect(of("give_back")).toMatchObject([{ partition: two!.partition, document: "two" }]);
    tell(() => claimer.onOpened(one!.partition, instant()));
    expect(of("release")).toMatchObject([{ partition: one!.partition }]);
  });

  test("is bounded when the database does not answer at all", () => {
    look({ standings: standings(1) });
    tell(() => claimer.stop(instant()));
    advance(2 * OWNERSHIP_TIMES.callLimitMs);
    expect(claimer.isDone).toBe(true);
  });
});
