import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { type SentIdentity, toSentIdentities } from "./sent-identity.js";
import { arrival, attemptOf, resultsOf } from "./testing/attempts.js";

const identitiesOf = (...results: Parameters<typeof resultsOf>[0]) =>
  toSentIdentities([resultsOf(results)]).map(({ _id }) => _id);

describe("what counts", () => {
  test("an arrival's attempt is one request sent and one attempt", () => {
    expect(toSentIdentities([resultsOf([attemptOf(arrival(1))])])).toMatchObject([
      { _id: "wh_1:attempt:dl_1:1:1", webhookId: "wh_1", counter: "attempts" },
      { _id: "wh_1:request:evt_1", webhookId: "wh_1", counter: "requestsSent" },
    ]);
  });

  test("a retry, and an attempt made again in another epoch, are attempts of the same request", () => {
    const attempts = [{ number: 1 }, { number: 2 }, { number: 1, epoch: 2 }];
    expect(identitiesOf(...attempts.map((over) => attemptOf(arrival(1), over)))).toEqual([
      "wh_1:attempt:dl_1:1:1",
      "wh_1:attempt:dl_1:1:2",
      "wh_1:attempt:dl_1:2:1",
      "wh_1:request:evt_1",
    ]);
  });

  test("a resend by hand, a delivery of its own, is an attempt and no other request sent", () => {
    const resend = attemptOf({ ...arrival(1), id: "dl_9" }, { trigger: "manual" });
    expect(identitiesOf(attemptOf(arrival(1)), resend)).toEqual([
      "wh_1:attempt:dl_1:1:1",
      "wh_1:attempt:dl_9:1:1",
      "wh_1:request:evt_1",
    ]);
  });

  test("the same event at two points are two requests", () => {
    const ids = identitiesOf(attemptOf(arrival(1)), attemptOf({ ...arrival(1, "wh_2"), id: "dl_2" }));
    expect(ids.filter((id) => id.includes(":request:"))).toEqual([
      "wh_1:request:evt_1",
      "wh_2:request:evt_1",
    ]);
  });

  test.each([
    ["a test event", attemptOf(arrival(1), { trigger: "test" })],
    ["an event of another type", attemptOf({ ...arrival(1), type: "campaign.touchpoint_due" })],
    ["a body that could not be made", attemptOf(arrival(1), { error: "template" })],
    ["a token that was not given", attemptOf(arrival(1), { error: "token_refused" })],
  ])("%s is none", (_, result) => {
    expect(identitiesOf(result)).toEqual([]);
  });

  test("what was settled without a request is none", () => {
    const { webhookId, generation, endpointId, deliveries, epoch } = attemptOf(arrival(1));
    const settled = {
      webhookId,
      generation,
      endpointId,
      deliveries,
      epoch,
      at: 0,
      reason: "inactive",
    } as const;
    expect(identitiesOf({ kind: "settled", status: "skipped", ...settled })).toEqual([]);
  });

  test("an event id that looks like an attempt is not taken for one", () => {
    const ids = identitiesOf(attemptOf({ ...arrival(1), eventId: "wh_1:attempt:dl_1:1:1" }));
    expect(new Set(ids).size).toBe(2);
  });
});

test("an identity outlives whatever may tell of it again: the event's retention, and its way through Kafka", () => {
  const kept = (retentionDays: number, over = {}) =>
    toSentIdentities([
      { ...resultsOf([attemptOf(arrival(1), { startedAt: 0, ...over })]), retentionDays },
    ])[0]!.expiresAt;
  const days = (count: number) => new Date(count * 86_400_000);
  expect(kept(365)).toEqual(days(375));
  expect(kept(1)).toEqual(days(40));
});

test("however results are cut into records, ordered and repeated, the identities are the same", () => {
  const anyAttempt = fc.record({
    event: fc.integer({ min: 1, max: 4 }),
    number: fc.integer({ min: 1, max: 4 }),
    epoch: fc.integer({ min: 1, max: 3 }),
    startedAt: fc.integer({ min: 0, max: 1_000 }),
  });
  fc.assert(
    fc.property(
      fc
        .array(anyAttempt, { maxLength: 20 })
        .chain((attempts) =>
          fc.tuple(fc.constant(attempts), fc.shuffledSubarray(attempts, { minLength: attempts.length })),
        ),
      fc.nat(20),
      ([attempts, shuffled], cut) => {
        const results = (some: typeof attempts) =>
          some.map(({ event, ...over }) => attemptOf(arrival(event), over));
        const together = toSentIdentities([resultsOf(results(attempts))]);
        const apart = toSentIdentities([
          resultsOf(results(shuffled.slice(0, cut))),
          resultsOf(results(shuffled)),
        ]);
        expect(apart).toEqual(together);
        expect(together).toEqual(toModel(results(attempts)));
      },
    ),
  );
});

/** A set of names, and the latest time of each. */
function toModel(results: ReturnType<typeof attemptOf>[]): SentIdentity[] {
  const keptUntil = new Map<string, number>();
  for (const { webhookId, deliveries, number, epoch, startedAt } of results) {
    for (const { id, eventId } of deliveries) {
      for (const name of [`${webhookId}:request:${eventId}`, `${webhookId}:attempt:${id}:${number}:${epoch}`])
        keptUntil.set(name, Math.max(keptUntil.get(name) ?? 0, startedAt));
    }
  }
  return [...keptUntil].sort().map(([_id, at]) => ({
    _id,
    webhookId: results[0]!.webhookId,
    counter: _id.includes(":request:") ? "requestsSent" : "attempts",
    expiresAt: new Date(at + 40 * 86_400_000),
  }));
}
