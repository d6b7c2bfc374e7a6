import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import {
  countError,
  DEFAULT_ERROR_RULE,
  EMPTY_ERROR_WINDOW,
  type ErrorTrip,
  type ErrorWindow,
  type TripPolicy,
} from "./error-window.js";
import { asWebhookId } from "./ids.js";

const MINUTE = 60_000;
const worst: TripPolicy = { policy: "worst", workspaceWebhooks: [] };

/** A window that failures are fed into, one after the other. */
class Feed {
  window: ErrorWindow = EMPTY_ERROR_WINDOW;
  trips: ErrorTrip[] = [];
  #ids = 0;

  fail(
    webhook: string,
    now: number,
    { policy = worst, generation = 1, id = `error-${this.#ids++}` }: Partial<FailOptions> = {},
  ): ErrorTrip | undefined {
    const counted = countError(this.window, { id, webhookId: asWebhookId(webhook), generation }, policy, now);
    this.window = counted.window;
    if (counted.trip) this.trips.push(counted.trip);
    return counted.trip;
  }

  failTimes(count: number, webhook: string, now: number, options: Partial<FailOptions> = {}): void {
    for (let i = 0; i < count; i++) this.fail(webhook, now, options);
  }
}
interface FailOptions {
  policy: TripPolicy;
  generation: number;
  id: string;
}

const named = (trip: ErrorTrip | undefined) => trip?.webhooks.map((each) => each.webhookId);

describe("the shared rule", () => {
  test("30 errors in 30 minutes are borne, the 31st trips, whichever webhooks they are of", () => {
    const feed = new Feed();
    for (let i = 0; i < 30; i++) expect(feed.fail(`wh_${i % 3}`, i * 1000)).toBeUndefined();
    expect(feed.fail("wh_1", 30_000)).toBeDefined();
  });

  test("an error leaves the window after 30 minutes, to the millisecond", () => {
    const feed = new Feed();
    feed.failTimes(30, "wh_a", 0);
    expect(feed.fail("wh_a", 30 * MINUTE)).toBeUndefined();
    const other = new Feed();
    other.failTimes(30, "wh_a", 0);
    expect(other.fail("wh_a", 30 * MINUTE - 1)).toBeDefined();
  });

  test("the window slides: 31 errors never closer than a minute do not trip", () => {
    const feed = new Feed();
    for (let i = 0; i < 200; i++) expect(feed.fail("wh_a", i * MINUTE)).toBeUndefined();
  });

  test("an error counted twice is one error", () => {
    const feed = new Feed();
    for (let i = 0; i < 100; i++) feed.fail("wh_a", i, { id: "the-same" });
    expect(feed.window.errors).toHaveLength(1);
    expect(feed.trips).toHaveLength(0);
  });

  test("worst: the one with most errors is named, the latest of them on a tie", () => {
    const feed = new Feed();
    feed.failTimes(10, "wh_few", 0);
    feed.failTimes(20, "wh_most", 1);
    expect(named(feed.fail("wh_few", 2))).toEqual(["wh_most"]);

    const tied = new Feed();
    tied.failTimes(15, "wh_earlier", 0);
    tied.failTimes(15, "wh_later", 1);
    expect(named(tied.fail("wh_once", 2))).toEqual(["wh_later"]);

    const turned = new Feed();
    turned.failTimes(14, "wh_first_and_last", 0);
    turned.failTimes(15, "wh_between", 1);
    turned.fail("wh_first_and_last", 2);
    expect(named(turned.fail("wh_once", 3))).toEqual(["wh_first_and_last"]);
  });

  test("last: the webhook of the 31st error is named, however few its errors", () => {
    const feed = new Feed();
    feed.failTimes(30, "wh_most", 0);
    expect(named(feed.fail("wh_once", 1, { policy: { ...worst, policy: "last" } }))).toEqual(["wh_once"]);
  });

  test("contributors: every webhook with an error in the window is named, no other", () => {
    const feed = new Feed();
    feed.fail("wh_old", -31 * MINUTE);
    feed.failTimes(15, "wh_a", 0);
    feed.failTimes(15, "wh_b", 0);
    const policy: TripPolicy = {
      policy: "contributors",
      workspaceWebhooks: [{ webhookId: asWebhookId("wh_fine"), generation: 1 }],
    };
    expect(named(feed.fail("wh_a", 1, { policy }))).toEqual(["wh_a", "wh_b"]);
    expect(feed.window.errors).toHaveLength(0);
  });

  test("all: every webhook of the workspace is named, at its generation", () => {
    const feed = new Feed();
    feed.failTimes(30, "wh_a", 0, { generation: 3 });
    const policy: TripPolicy = {
      policy: "all",
      workspaceWebhooks: [
        { webhookId: asWebhookId("wh_a"), generation: 3 },
        { webhookId: asWebhookId("wh_fine"), generation: 7 },
      ],
    };
    expect(feed.fail("wh_a", 1, { policy, generation: 3 })?.webhooks).toEqual([
      { webhookId: "wh_a", generation: 3 },
      { webhookId: "wh_fine", generation: 7 },
    ]);
  });

  test("the errors of what was disabled leave the window, those of others stay", () => {
    const feed = new Feed();
    feed.failTimes(12, "wh_other", 0);
    feed.failTimes(19, "wh_worst", 1);
    expect(feed.trips).toHaveLength(1);
    expect(feed.window.errors.map((each) => each.webhookId)).toEqual(Array(12).fill("wh_other"));
  });

  test("what still fails of a tripped generation is not counted again; a new generation is", () => {
    const feed = new Feed();
    feed.failTimes(31, "wh_a", 0);
    feed.failTimes(50, "wh_a", 1);
    expect(feed.trips).toHaveLength(1);
    expect(feed.window.errors).toHaveLength(0);
    feed.failTimes(30, "wh_a", 2, { generation: 3 });
    expect(feed.trips).toHaveLength(1);
    expect(feed.fail("wh_a", 3, { generation: 3 })).toBeDefined();
  });

  test("errors from before an activation do not count after it", () => {
    const feed = new Feed();
    feed.failTimes(30, "wh_a", 0, { generation: 1 });
    feed.window = { ...feed.window, since: { wh_a: 3 } };
    feed.failTimes(5, "wh_a", 1, { generation: 2 });
    expect(feed.window.errors).toHaveLength(0);
    feed.failTimes(30, "wh_a", 2, { generation: 3 });
    expect(feed.trips).toHaveLength(0);
  });

  test("the trip tells the errors of each webhook, for the e-mail", () => {
    const feed = new Feed();
    feed.failTimes(10, "wh_b", 0);
    feed.failTimes(20, "wh_a", 1);
    expect(feed.fail("wh_a", 2)?.errorCounts).toEqual([
      { webhookId: "wh_b", errors: 10 },
      { webhookId: "wh_a", errors: 21 },
    ]);
  });

  test("a trip is forgotten by age alone, and not before it was applied", () => {
    const feed = new Feed();
    feed.failTimes(31, "wh_a", 0);
    feed.fail("wh_b", 31 * MINUTE);
    expect(feed.window.trips).toHaveLength(1);
    feed.window = { ...feed.window, trips: feed.window.trips.map((trip) => ({ ...trip, applied: true })) };
    feed.fail("wh_b", 31 * MINUTE);
    expect(feed.window.trips).toHaveLength(0);
  });

  test("it trips exactly when more than 30 counted errors are younger than 30 minutes", () => {
    const step = fc.record({
      webhook: fc.constantFrom("wh_a", "wh_b", "wh_c"),
      pauseMs: fc.oneof(fc.integer({ min: 0, max: 2 * MINUTE }), fc.constant(20 * MINUTE)),
      repeated: fc.boolean(),
      enabled: fc.integer({ min: 0, max: 30 }).map((chance) => chance === 0),
    });
    fc.assert(
      fc.property(
        fc.array(step, { minLength: 50, maxLength: 200 }),
        fc.constantFrom("worst" as const, "last" as const, "contributors" as const),
        (steps, policy) => {
          const feed = new Feed();
          // The reference: every error ever counted and not yet taken out, with nothing trimmed.
          let alive: { webhook: string; at: number }[] = [];
          const generations = new Map<string, number>();
          const tripped = new Map<string, number>();
          let now = 0;
          steps.forEach(({ webhook, pauseMs, repeated, enabled }, i) => {
            now += pauseMs;
            if (enabled) {
              generations.set(webhook, (generations.get(webhook) ?? 1) + 2);
              feed.window = {
                ...feed.window,
                since: { ...feed.window.since, [webhook]: generations.get(webhook)! },
              };
              alive = alive.filter((each) => each.webhook !== webhook);
            }
            const generation = generations.get(webhook) ?? 1;
            const options = { policy: { ...worst, policy }, generation, id: `step-${i}` };
            const trip = feed.fail(webhook, now, options);
            if (repeated) expect(feed.fail(webhook, now, options)).toBeUndefined();
            alive = alive.filter((each) => each.at > now - DEFAULT_ERROR_RULE.windowMs);
            if ((tripped.get(webhook) ?? 0) < generation) alive.push({ webhook, at: now });
            expect(trip !== undefined).toBe(alive.length > 30);
            for (const each of trip?.webhooks ?? []) tripped.set(each.webhookId, each.generation);
            const out = new Set<string>(named(trip));
            alive = alive.filter((each) => !out.has(each.webhook));
            expect(feed.window.errors).toHaveLength(alive.length);
          });
        },
      ),
      { numRuns: 200 },
    );
  });
});
