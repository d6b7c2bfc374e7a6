import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { asEndpointId, asWebhookId } from "./ids.js";
import { buildTypeIndex, type MatchableEvent, type MatchableWebhook, matchEvent } from "./matching.js";
import { EVENT_SOURCES, SOURCE_BOXES, WEBHOOK_STATUSES } from "./vocabulary.js";

const webhook = (id: string, change: Partial<MatchableWebhook> = {}): MatchableWebhook => ({
  id: asWebhookId(id),
  endpointId: asEndpointId("ep_1"),
  status: "active",
  version: 1,
  generation: 1,
  eventTypes: ["email.opened"],
  ...change,
});

const event = (change: Partial<MatchableEvent> = {}): MatchableEvent => ({
  type: "email.opened",
  source: "api",
  suppressed: false,
  sourceFilterApplies: true,
  ...change,
});

const reasonOf = (of: MatchableWebhook, given: MatchableEvent) =>
  matchEvent(buildTypeIndex([of]), given).unmatched[0]?.reason;

describe("matching", () => {
  test("an event goes to every active webhook that asked for its type, in the order of their ids", () => {
    const index = buildTypeIndex([
      webhook("wh_3"),
      webhook("wh_1"),
      webhook("wh_2", { eventTypes: ["other"] }),
    ]);
    const { matched, unmatched } = matchEvent(index, event());
    expect(matched.map(({ id }) => id)).toEqual(["wh_1", "wh_3"]);
    expect(unmatched).toEqual([]);
  });

  test("a type listed twice is one delivery", () => {
    const index = buildTypeIndex([webhook("wh_1", { eventTypes: ["email.opened", "email.opened"] })]);
    expect(matchEvent(index, event()).matched).toHaveLength(1);
  });

  test("names of Object.prototype are types like any other", () => {
    const index = buildTypeIndex([webhook("wh_1", { eventTypes: ["__proto__"] })]);
    expect(matchEvent(index, event({ type: "constructor" })).matched).toEqual([]);
    expect(matchEvent(index, event({ type: "__proto__" })).matched).toHaveLength(1);
  });

  test.each([
    ["active", undefined],
    ["recovering", undefined],
    ["inactive", "inactive"],
    ["auto_disabled", "auto_disabled"],
    ["plan_locked", "plan_locked"],
  ] as const)("status %s: %s", (status, reason) => {
    expect(reasonOf(webhook("wh_1", { status }), event())).toBe(reason);
  });

  test("the source filter holds back, and not for types that ignore it", () => {
    const filtered = webhook("wh_1", { sources: ["admin"] });
    expect(reasonOf(filtered, event({ source: "subscriber" }))).toBe("source");
    expect(reasonOf(filtered, event({ source: "import" }))).toBeUndefined();
    expect(reasonOf(filtered, event({ source: "subscriber", sourceFilterApplies: false }))).toBeUndefined();
  });

  test("a suppressed event reaches nobody and says so before anything else", () => {
    expect(reasonOf(webhook("wh_1", { status: "inactive" }), event({ suppressed: true }))).toBe("suppressed");
  });

  test("each webhook that asked for the type is decided exactly once, whatever the order of the input", () => {
    const anyWebhook = fc.record({
      id: fc.integer({ min: 0, max: 99 }).map((n) => asWebhookId(`wh_${n}`)),
      endpointId: fc.constant(asEndpointId("ep_1")),
      status: fc.constantFrom(...WEBHOOK_STATUSES),
      version: fc.constant(1),
      generation: fc.constant(1),
      eventTypes: fc.array(fc.constantFrom("a", "b", "c"), { maxLength: 4 }),
      sources: fc.option(fc.subarray([...SOURCE_BOXES], { minLength: 1 }), { nil: undefined }),
    });
    const anyEvent = fc.record({
      type: fc.constantFrom("a", "b", "d"),
      source: fc.constantFrom(...EVENT_SOURCES),
      suppressed: fc.boolean(),
      sourceFilterApplies: fc.boolean(),
    });
    const webhooks = fc.uniqueArray(anyWebhook, { selector: ({ id }) => id, maxLength: 20 });
    fc.assert(
      fc.property(webhooks, anyEvent, (all, given) => {
        const result = matchEvent(buildTypeIndex(all), given);
        const decided = [...result.matched, ...result.unmatched.map((entry) => entry.webhook)].map(
          ({ id }) => id,
        );
        const asked = all
          .filter(({ eventTypes }) => (eventTypes as readonly string[]).includes(given.type))
          .map(({ id }) => id);
        expect([...decided].sort()).toEqual([...asked].sort());
        expect(matchEvent(buildTypeIndex([...all].reverse()), given)).toEqual(result);
      }),
    );
  });
});
