import { asContactId } from "@hooklane/core";
import { beforeEach, describe, expect, test } from "@jest/globals";
import { RecoveryWorld } from "../testing/recovery-world.js";

let world: RecoveryWorld;

beforeEach(() => {
  world = new RecoveryWorld();
});

/** Longer than any lease. */
const LONG_MS = 60_000;

const upTo = (last: number, from = 1) => Array.from({ length: last - from + 1 }, (_, n) => `e${from + n}`);

type Monitor = ReturnType<RecoveryWorld["monitor"]>;

/** Sweeps of one second each, by all of them in turn, until it has ended. */
async function sweepUntilDone(of: RecoveryWorld, ...monitors: readonly Monitor[]): Promise<number> {
  for (let sweeps = 1; sweeps < 80; sweeps++) {
    for (const { sweep } of monitors) await sweep();
    if (of.recovery.status !== "running") return sweeps;
    of.clock += 1_000;
  }
  throw new Error("The recovery has no end");
}

describe("a recovery", () => {
  test("begins once the router has seen its begin, which is repeated only when it takes long", async () => {
    world.isRouting = false;
    const { sweep } = world.monitor("one");
    for (let second = 0; second <= 9; second++) {
      await sweep();
      expect([second, world.inLine().length]).toEqual([second, second < 5 ? 1 : 2]);
      world.clock += 1_000;
    }
    expect(new Set(world.inLine())).toEqual(new Set(["recovery_begin"]));
    world.route();
    await sweep();
    expect(world.recovery).toMatchObject({ isCollected: true, begunAt: { offset: 1_000 } });
  });

  test("waits while a delivery of before may be under way, tells for how many, and puts nothing in line", async () => {
    world.owe(5);
    world.open = 2;
    const { sweep } = world.monitor("one");
    await sweep();
    await sweep();
    await sweep();
    expect(world.recovery).toMatchObject({ waitingFor: 2, isCollected: false });
    expect(world.inLine()).toEqual(["recovery_begin"]);
    world.open = 0;
    await sweep();
    expect(world.recovery).toMatchObject({ waitingFor: 0, isCollected: true });
    await sweep();
    expect(world.inLine()).toEqual(["recovery_begin", "e1", "e2", "e3"]);
  });

  test("sends the last part once more when the router does not come to it: the log may have lost it", async () => {
    world.owe(8);
    const { sweep } = world.monitor("one");
    await sweep();
    await sweep();
    world.isRouting = false;
    await sweep();
    world.route();
    await sweep();
    expect(world.inLine().slice(1)).toEqual(upTo(6));
    world.line.splice(4);
    for (let second = 0; second < 70; second++) {
      world.clock += 1_000;
      await sweep();
    }
    expect(world.inLine().slice(4)).toEqual(["e4", "e5", "e6"]);
    world.isRouting = true;
    world.route();
    await sweepUntilDone(world, { sweep });
    expect(world.delivered).toEqual(upTo(8));
  });

  test("sends in order, so many a sweep, each time when the router has come to what it sent, and ends with the rest", async () => {
    world.owe(8);
    const { sweep } = world.monitor("one");
    await sweep();
    await sweep();
    world.isRouting = false;
    await sweep();
    await sweep();
    await sweep();
    expect(world.inLine()).toEqual(["recovery_begin", "e1", "e2", "e3"]);
    expect(world.recovery).toMatchObject({ sentThrough: { offset: 3 }, sent: 3, unrouted: "rs:job_1:dl_3" });
    world.route();
    await sweep();
    expect(world.inLine()).toHaveLength(7);
    world.route();
    await sweep();
    expect(world.inLine().slice(4)).toEqual(["e4", "e5", "e6", "end 1"]);
    expect(world.line.at(-1)?.meta).toMatchObject({ sentThrough: { epoch: 0, offset: 6 }, owedSince: 1 });
    world.isRouting = true;
    world.route();
    await sweepUntilDone(world, { sweep });
    expect(world.delivered).toEqual(upTo(8));
    expect(world.recovery).toMatchObject({ status: "completed" });
  });

  test("says of what it sends whom it is about", async () => {
    world.owe(3);
    world.owed[1] = { ...world.owed[1]!, contactId: asContactId("ct_1") };
    const { sweep } = world.monitor("one");
    for (let sweeps = 0; sweeps < 3; sweeps++) await sweep();
    const about = world.line.flatMap(({ meta }) => (meta.kind === "resend" ? [meta.contactId] : []));
    expect(about).toEqual([undefined, "ct_1", undefined]);
  });

  test("reads no further than is routed: what may still be stored before it is not stepped over", async () => {
    world.owe(3);
    const { sweep } = world.monitor("one");
    await sweep();
    await sweep();
    // Behind the begin, at 1_000, stand more; one of them is not in the log yet.
    world.owed.push(...[1_500, 1_502].map((offset) => ({ ...world.owed[0]!, place: { epoch: 0, offset } })));
    await sweep();
    expect(world.recovery.sentThrough).toEqual({ epoch: 0, offset: 3 });
    await sweep();
    expect(world.inLine().at(-1)).toBe("end 1");
  });

  test("its end is repeated only when it takes long, and is the same then", async () => {
    world.owe(1);
    const { sweep } = world.monitor("one");
    await sweep();
    await sweep();
    world.isRouting = false;
    for (let second = 0; second <= 9; second++) {
      await sweep();
      world.clock += 1_000;
    }
    expect(world.inLine()).toEqual(["recovery_begin", "end 1", "end 1"]);
    world.isRouting = true;
    world.route();
    await sweepUntilDone(world, { sweep });
    expect(world.delivered).toEqual(["e1"]);
  });

  test("that was told too much is left goes on, and ends once more", async () => {
    world.enteringMax = 2;
    world.owe(2);
    const { sweep } = world.monitor("one");
    await sweep();
    await sweep();
    world.isRouting = false;
    await sweep();
    expect(world.inLine()).toEqual(["recovery_begin", "end 1"]);
    // These came before the end, and after the begin.
    world.owe(5);
    world.isRouting = true;
    world.route();
    expect(world.recovery).toMatchObject({ lastEnd: "too_much", routedThrough: { offset: 1_001 } });
    await sweepUntilDone(world, { sweep });
    expect(world.inLine().slice(1)).toEqual(["end 1", ...upTo(6), "end 2"]);
    expect(world.delivered).toEqual(upTo(7));
    expect(world.recovery).toMatchObject({ status: "completed", ends: 2 });
  });

  test("passes over what was delivered since, however much, without waiting a sweep for each part of it", async () => {
    world.owe(1);
    world.owe(45, ["skipped", "delivered"]);
    world.owe(2);
    expect(await sweepUntilDone(world, world.monitor("one"))).toBeLessThanOrEqual(6);
    expect(world.delivered).toEqual(["e1", "e47", "e48"]);
  });

  test("passes over what has left the log", async () => {
    world.owe(7);
    for (const id of ["e1", "e2", "e3", "e5"]) world.expired.add(id);
    await sweepUntilDone(world, world.monitor("one"));
    expect(world.delivered).toEqual(["e4", "e6", "e7"]);
  });
});

describe("a recovery ends", () => {
  test.each([
    ["switched off", { status: "inactive", generation: 4 }],
    ["moved, and recovers again", { status: "recovering", generation: 4 }],
    ["deleted", undefined],
  ] as const)("cancelled when its webhook is %s; nothing more is put in line", async (_, webhook) => {
    world.owe(9);
    const { sweep } = world.monitor("one");
    await sweep();
    await sweep();
    await sweep();
    const before = world.inLine();
    world.webhook = webhook;
    await sweep();
    await sweep();
    expect(world.recovery).toMatchObject({ status: "cancelled" });
    expect(world.inLine()).toEqual(before);
  });

  test("completed once the webhook is active in the same generation, with nothing owed at once", async () => {
    expect(await sweepUntilDone(world, world.monitor("one"))).toBeLessThanOrEqual(4);
    expect(world.inLine()).toEqual(["recovery_begin", "end 1"]);
    expect(world.recovery).toMatchObject({ status: "completed", lastEnd: "enter" });
    expect(world.webhook).toEqual({ status: "active", generation: 3 });
  });
});

describe("a health-monitor", () => {
  const isInOrderOnce = (of: RecoveryWorld, killedAt: number) =>
    expect([killedAt, of.delivered, of.recovery.status]).toEqual([killedAt, upTo(8), "completed"]);

  /** How many calls an undisturbed one makes. */
  async function countCalls(): Promise<number> {
    let calls = 0;
    const calm = new RecoveryWorld();
    calm.owe(8);
    const counted = calm.monitor("one", () => {
      calls++;
    });
    await sweepUntilDone(calm, counted);
    return calls;
  }

  test("killed at any call leaves it to the next, which sends every event once, in order", async () => {
    const calls = await countCalls();
    expect(calls).toBeGreaterThan(40);
    for (let killedAt = 0; killedAt < calls; killedAt++) {
      const one = new RecoveryWorld();
      one.owe(8);
      let call = 0;
      const mortal = one.monitor("one", () => {
        if (call++ >= killedAt) throw new Error("killed");
      });
      await expect(sweepUntilDone(one, mortal)).rejects.toThrow("killed");
      one.route();
      one.clock += LONG_MS;
      await sweepUntilDone(one, one.monitor("two"));
      isInOrderOnce(one, killedAt);
      // What the router has is not even produced again.
      const resends = one.line.filter(({ meta }) => meta.kind === "resend");
      expect([killedAt, resends.length <= 6]).toEqual([killedAt, true]);
    }
  });

  test("killed before the router came to what it sent: what is sent again is dropped, the order stays", async () => {
    const calls = await countCalls();
    for (let killedAt = 0; killedAt < calls; killedAt++) {
      const one = new RecoveryWorld();
      one.owe(8);
      let call = 0;
      const mortal = one.monitor("one", () => {
        if (call++ >= killedAt) throw new Error("killed");
        one.isRouting = call < killedAt - 3;
      });
      await expect(sweepUntilDone(one, mortal)).rejects.toThrow("killed");
      one.clock += LONG_MS;
      const next = one.monitor("two");
      await next.sweep();
      await next.sweep();
      one.isRouting = true;
      one.route();
      await sweepUntilDone(one, next);
      isInOrderOnce(one, killedAt);
    }
  });

  test("that stands still at any call and loses its lease does no harm when it goes on", async () => {
    const calls = await countCalls();
    for (let stopsAt = 0; stopsAt < calls; stopsAt++) {
      for (const sweepsOfOther of [1, 2, 3, 9]) {
        const one = new RecoveryWorld();
        one.owe(8);
        let call = 0;
        const other = one.monitor("two");
        const slow = one.monitor("one", async () => {
          if (call++ !== stopsAt) return;
          one.clock += LONG_MS;
          for (let sweep = 0; sweep < sweepsOfOther; sweep++) await other.sweep();
        });
        await sweepUntilDone(one, slow, other);
        isInOrderOnce(one, stopsAt);
      }
    }
  });
});
