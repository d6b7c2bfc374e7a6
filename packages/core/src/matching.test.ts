import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import type { NativeEvent } from "./event.js";
import type { CompiledFilter } from "./filter/compile-filter.js";
import { asEndpointId, asEventId, asJourneyId, asWebhookId } from "./ids.js";
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
  readContent: () => undefined,
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

  test("an event set off at one webhook reaches that one, and of the others nothing is told", () => {
    const [first, second] = [webhook("wh_1"), webhook("wh_2")];
    const index = buildTypeIndex([first, second, webhook("wh_3", { eventTypes: ["other"] })]);
    const aimedAt = (id: string) => matchEvent(index, event({ aimedAt: asWebhookId(id) }));
    expect(aimedAt("wh_2")).toEqual({ matched: [second], unmatched: [] });
    // One that is for other events, or not there, is nobody's.
    for (const id of ["wh_3", "wh_4"]) expect(aimedAt(id)).toEqual({ matched: [], unmatched: [] });
  });

  test("an arrival that takes a point for another journey's is nobody's (W4)", () => {
    const point = webhook("wh_1", { kind: "journey_point", journeyId: asJourneyId("jn_1") });
    const arriveIn = (journey_id: unknown) =>
      matchEvent(
        buildTypeIndex([point]),
        event({ aimedAt: point.id, readContent: () => ({ data: { journey_id } }) as unknown as NativeEvent }),
      );
    expect(arriveIn("jn_1")).toEqual({ matched: [point], unmatched: [] });
    for (const other of ["jn_2", undefined, 1])
      expect(arriveIn(other)).toEqual({ matched: [], unmatched: [] });
  });

  test("a journey's point that is off tells of its journey; disabled, it tells of itself (W4)", () => {
    const reason = (status: MatchableWebhook["status"]) =>
      reasonOf(webhook("wh_1", { kind: "journey_point", status }), event());
    expect(reason("inactive")).toBe("journey_not_active");
    expect(reason("auto_disabled")).toBe("auto_disabled");
  });

  test("a type listed twice is one delivery", () => {
    const index = buildTypeIndex([webhook("wh_1", { eventTypes: ["email.opened", "email.opened"] })]);
    expect(matchEvent(index, event()).matched).toHaveLength(1);
  });

  test("10,000 webhooks that did not ask for the type are not even looked at", () => {
    let isIndexed = false;
    const others = Array.from({ length: 10_000 }, (_, index) => {
      const id = asWebhookId(`wh_other_${index}`);
      const unseen = () => {
        throw new Error(`${id} was looked at`);
      };
      return new Proxy(webhook(id, { eventTypes: ["other"] }), {
        get: (target, name) => (isIndexed ? unseen() : (Reflect.get(target, name) as unknown)),
      });
    });
    const index = buildTypeIndex([...others, webhook("wh_1")]);
    isIndexed = true;
    expect(matchEvent(index, event()).matched).toHaveLength(1);
  });

  test("names of Object.prototype are types like any other", () => {
    const index = buildTypeIndex([webhook("wh_1", { eventTypes: ["__proto__"] })]);
    expect(matchEvent(index, event({ type: "constructor" })).matched).toEqual([]);
    expect(matchEvent(index, event({ type: "__proto__" })).matched).toHaveLength(1);
  });

  test.each([
    ["active", undefined],
    ["recovering", "recovering"],
    ["inactive", "inactive"],
    ["auto_disabled", "auto_disabled"],
    ["plan_locked", "plan_locked"],
  ] as const)("status %s: %s, and what it kept back is owed", (status, reason) => {
    const { unmatched } = matchEvent(buildTypeIndex([webhook("wh_1", { status, owedSince: 1 })]), event());
    expect(unmatched.map((entry) => [entry.reason, entry.isOwed])).toEqual(reason ? [[reason, true]] : []);
  });

  test("nothing is owed to a webhook that was never switched on", () => {
    const { unmatched } = matchEvent(buildTypeIndex([webhook("wh_1", { status: "inactive" })]), event());
    expect(unmatched.map(({ isOwed }) => isOwed)).toEqual([false]);
  });

  test("what a webhook that is not sent to would not have got anyway is not owed to it", () => {
    const off = { status: "auto_disabled", owedSince: 1 } as const;
    const entries = [
      webhook("wh_1", { ...off, sources: ["admin"] }),
      webhook("wh_2", { ...off, lockedEventTypes: ["email.opened"] }),
      webhook("wh_3", { ...off, audienceId: "a_5" }),
      webhook("wh_4", { ...off, filter: { matches: () => false } }),
    ];
    const { unmatched } = matchEvent(buildTypeIndex(entries), event({ source: "subscriber" }));
    expect(unmatched.map((entry) => [entry.reason, entry.isOwed])).toEqual([
      ["source", false],
      ["plan_locked", false],
      ["audience", false],
      ["filter", false],
    ]);
  });

  test("a type the plan locks is left out, the others of the webhook are not", () => {
    const partly = webhook("wh_1", {
      eventTypes: ["email.opened", "sms.link_clicked"],
      lockedEventTypes: ["sms.link_clicked"],
    });
    expect(reasonOf(partly, event({ type: "sms.link_clicked" }))).toBe("plan_locked");
    expect(reasonOf(partly, event())).toBeUndefined();
    expect(matchEvent(buildTypeIndex([partly]), event()).matched).toHaveLength(1);
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

  describe("by content", () => {
    const about = (audienceId: string): NativeEvent => ({
      id: asEventId("evt_1"),
      type: "email.opened",
      timestamp: "2026-01-15T10:00:00Z",
      source: "subscriber",
      data: { audience_id: audienceId },
    });
    const filter = (expected: boolean): CompiledFilter => ({ matches: () => expected });

    test("a webhook of one audience gets that one's events only", () => {
      const scoped = webhook("wh_1", { audienceId: "a_4" });
      expect(reasonOf(scoped, event({ readContent: () => about("a_4") }))).toBeUndefined();
      expect(reasonOf(scoped, event({ readContent: () => about("a_5") }))).toBe("audience");
      expect(reasonOf(scoped, event({ readContent: () => undefined }))).toBe("audience");
    });

    test("a filter holds back what does not match, and what is no event", () => {
      const readContent = () => about("a_4");
      expect(reasonOf(webhook("wh_1", { filter: filter(true) }), event({ readContent }))).toBeUndefined();
      expect(reasonOf(webhook("wh_1", { filter: filter(false) }), event({ readContent }))).toBe("filter");
      expect(reasonOf(webhook("wh_1", { filter: filter(true) }), event())).toBe("filter");
    });

    test("source and audience are told before the filter, the status behind it", () => {
      const held = { filter: filter(false), audienceId: "a_5", sources: ["admin"] } as const;
      const given = event({ source: "subscriber", readContent: () => about("a_4") });
      expect(reasonOf(webhook("wh_1", { ...held, status: "inactive" }), given)).toBe("source");
      expect(reasonOf(webhook("wh_1", { ...held, sources: undefined }), given)).toBe("audience");
      const off = { filter: held.filter, status: "inactive" } as const;
      expect(reasonOf(webhook("wh_1", off), given)).toBe("filter");
    });

    test("the event is read once for all webhooks that look at it, and not at all when none does", () => {
      let reads = 0;
      const given = event({
        source: "subscriber",
        readContent: () => {
          reads += 1;
          return about("a_4");
        },
      });
      const unread = [
        webhook("wh_1"),
        webhook("wh_2", { filter: filter(true), lockedEventTypes: ["email.opened"] }),
        webhook("wh_3", { filter: filter(true), sources: ["admin"] }),
        webhook("wh_4", { filter: filter(true), eventTypes: ["other"] }),
      ];
      matchEvent(buildTypeIndex(unread), given);
      expect(reads).toBe(0);
      matchEvent(
        buildTypeIndex([
          webhook("wh_1", { filter: filter(true), audienceId: "a_4" }),
          webhook("wh_2", { filter: filter(false) }),
        ]),
        given,
      );
      expect(reads).toBe(1);
    });
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
      readContent: fc.constant(() => undefined),
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
