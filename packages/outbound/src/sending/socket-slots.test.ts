import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { SEND_POOLS, type SendPool } from "./socket-limits.js";
import { type SlotTaker, SocketSlots } from "./socket-slots.js";

const LIMITS = { total: 7, pools: { live: 3, drain: 2, retry: 2 }, perOrigin: 2 };

/** Takes part, and remembers the order in which turns came. */
class Request implements SlotTaker {
  state: "new" | "waiting" | "has_slot" | "done" = "new";

  constructor(
    private readonly slots: SocketSlots,
    readonly pool: SendPool,
    readonly origin: string,
    private readonly turns: Request[],
    private readonly onTurn: (request: Request) => void = () => undefined,
  ) {}

  start(): this {
    this.state = "waiting";
    if (this.slots.take(this)) this.onSlot();
    return this;
  }

  onSlot(): void {
    expect(this.state).toBe("waiting");
    this.state = "has_slot";
    this.turns.push(this);
    this.onTurn(this);
  }

  end(): void {
    const before = this.state;
    this.state = "done";
    if (before === "has_slot") this.slots.release(this);
    else if (before === "waiting") this.slots.leave(this);
  }
}

describe("slots for sockets", () => {
  const open = (limits = LIMITS) => {
    const slots = new SocketSlots(limits);
    const turns: Request[] = [];
    const request = (pool: SendPool, origin: string) => new Request(slots, pool, origin, turns).start();
    return { slots, turns, request };
  };

  test("a full pool stops no other pool", () => {
    const { slots, request } = open();
    for (let i = 0; i < 10; i++) request("retry", `r${i}`);
    for (let i = 0; i < 10; i++) request("drain", `d${i}`);
    const live = [1, 2, 3].map((i) => request("live", `l${i}`));
    expect(live.map(({ state }) => state)).toEqual(["has_slot", "has_slot", "has_slot"]);
    expect(slots.census()).toEqual({
      live: { inUse: 3, waiting: 0 },
      drain: { inUse: 2, waiting: 8 },
      retry: { inUse: 2, waiting: 8 },
    });
  });

  test("an origin that hangs does not take the pool, nor hold up those that came later", () => {
    const { request } = open();
    const hanging = Array.from({ length: 1_000 }, () => request("live", "hangs"));
    expect(hanging.filter(({ state }) => state === "has_slot")).toHaveLength(2);
    expect(request("live", "fine").state).toBe("has_slot");
  });

  test("an origin's cap holds over all pools", () => {
    const { request } = open();
    request("live", "o");
    request("retry", "o");
    const third = request("drain", "o");
    expect(third.state).toBe("waiting");
    expect(request("drain", "p").state).toBe("has_slot");
  });

  test("first come, first served", () => {
    const { turns, request } = open();
    const requests = ["a", "b", "c", "d", "e", "f", "g"].map((origin) => request("live", origin));
    for (const each of requests) each.end();
    expect(turns).toEqual(requests);
  });

  test("what is aborted while it waits gets no turn and leaves nothing", () => {
    const { slots, turns, request } = open();
    const first = [request("live", "o"), request("live", "o")];
    const blockedByOrigin = [request("live", "o"), request("retry", "o")];
    const filling = request("live", "p");
    const blockedByPool = [request("live", "q"), request("live", "q"), request("live", "q")];
    for (const each of [...blockedByOrigin, ...blockedByPool]) each.end();
    expect(slots.census().live).toEqual({ inUse: 3, waiting: 0 });
    for (const each of [...first, filling]) each.end();
    expect(turns).toEqual([...first, filling]);
    expect(slots.isAtRest).toBe(true);
  });

  test("thousands that end as soon as their turn comes need no stack", () => {
    const slots = new SocketSlots({ total: 3, pools: { live: 1, drain: 1, retry: 1 }, perOrigin: 1 });
    const turns: Request[] = [];
    const first = new Request(slots, "live", "o", turns).start();
    for (let i = 0; i < 20_000; i++) new Request(slots, "live", "o", turns, (each) => each.end()).start();
    first.end();
    expect(turns).toHaveLength(20_001);
    expect(slots.isAtRest).toBe(true);
  });

  test("one whose turn has come is aborted by another before it is told", () => {
    const slots = new SocketSlots({ total: 3, pools: { live: 1, drain: 1, retry: 1 }, perOrigin: 2 });
    const turns: Request[] = [];
    const holders = [
      new Request(slots, "live", "o", turns).start(),
      new Request(slots, "retry", "o", turns).start(),
    ];
    const victims: Request[] = [];
    const onTurn = () => victims.splice(0).forEach((each) => each.end());
    // Both are granted by one release: one by the origin, one by the pool.
    const byPool = new Request(slots, "live", "p", turns, onTurn).start();
    const byOrigin = new Request(slots, "drain", "o", turns, onTurn).start();
    victims.push(byOrigin);
    holders[0]!.end();
    expect(byPool.state).toBe("has_slot");
    expect(turns).not.toContain(byOrigin);
    holders[1]!.end();
    byPool.end();
    expect(slots.isAtRest).toBe(true);
  });

  type Step =
    | { readonly do: "start"; readonly pool: SendPool; readonly origin: string }
    | { readonly do: "end"; readonly which: number };
  const step: fc.Arbitrary<Step> = fc.oneof(
    fc.record({
      do: fc.constant("start" as const),
      pool: fc.constantFrom(...SEND_POOLS),
      origin: fc.constantFrom("a", "b", "c", "d"),
    }),
    fc.record({ do: fc.constant("end" as const), which: fc.nat() }),
  );

  test("whatever comes and goes: no limit is passed, nobody waits for nothing, nothing is left", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        const { slots, turns, request } = open();
        const open_: Request[] = [];
        for (const each of steps) {
          if (each.do === "start") open_.push(request(each.pool, each.origin));
          else if (open_.length > 0) open_.splice(each.which % open_.length, 1)[0]!.end();
          const holding = open_.filter(({ state }) => state === "has_slot");
          const waiting = open_.filter(({ state }) => state === "waiting");
          const ofPool = (pool: SendPool) => holding.filter((r) => r.pool === pool).length;
          const ofOrigin = (origin: string) => holding.filter((r) => r.origin === origin).length;
          expect(slots.inUse).toBeGreaterThanOrEqual(holding.length);
          for (const pool of SEND_POOLS) {
            expect(ofPool(pool)).toBeLessThanOrEqual(LIMITS.pools[pool]);
            expect(slots.census()[pool].waiting).toBe(waiting.filter((r) => r.pool === pool).length);
          }
          for (const origin of ["a", "b", "c", "d"])
            expect(ofOrigin(origin)).toBeLessThanOrEqual(LIMITS.perOrigin);
          // With its origin's places all free, only a full pool makes a request wait.
          for (const r of waiting)
            if (open_.every((other) => other === r || other.origin !== r.origin))
              expect(ofPool(r.pool)).toBe(LIMITS.pools[r.pool]);
        }
        // Of one pool and origin, turns come in the order of the requests.
        const order = new Map(open_.map((r, index) => [r, index]));
        for (const pool of SEND_POOLS)
          for (const origin of ["a", "b", "c", "d"]) {
            const got = turns.filter((r) => r.pool === pool && r.origin === origin && order.has(r));
            expect(got.map((r) => order.get(r)!)).toEqual(
              got.map((r) => order.get(r)!).sort((x, y) => x - y),
            );
          }
        for (const r of open_) r.end();
        expect(slots.isAtRest).toBe(true);
      }),
    );
  });
});
