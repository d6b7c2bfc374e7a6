import { randomUUID } from "node:crypto";
import type { AttemptResult } from "@hooklane/contracts";
import { asWebhookId, type WebhookId } from "@hooklane/core";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { ensureIndexes } from "../ensure-indexes.js";
import { openStore, type Store } from "../store.js";
import { SENT_REQUESTS, SentRequests } from "./sent-requests.js";
import { arrival, attemptOf, resultsOf } from "./testing/attempts.js";

let store: Store;
/** Two recorders: health-monitors with connections of their own. */
let other: Store;

beforeAll(async () => {
  const options = { uri: process.env.MONGODB_URI!, database: `sent-requests-${randomUUID().slice(0, 8)}` };
  [store, other] = await Promise.all([openStore(options), openStore(options)]);
  await ensureIndexes(store);
});

afterAll(async () => {
  await store.db.dropDatabase();
  await Promise.all([store.close(), other.close()]);
});

const newPoint = () => `wh_${randomUUID()}`;
const recorded = () => new SentRequests(store);
const FAR_AHEAD = Date.UTC(2100, 0, 1);

/** None of them expires while a test runs. */
const attemptAt = (point: string, event: number, over: Partial<AttemptResult> = {}) =>
  attemptOf(arrival(event, point), { startedAt: FAR_AHEAD, ...over });

async function countsOf(point: string) {
  return (await recorded().read([asWebhookId(point)])).get(asWebhookId(point));
}

const countIdentities = (point: string) =>
  store.db.collection(SENT_REQUESTS).countDocuments({ _id: { $regex: `^${point}:` } as never });

describe("requests sent", () => {
  test("are counted once, retries, repeats after a crash and resends as attempts", async () => {
    const point = newPoint();
    await recorded().record([
      resultsOf([
        attemptAt(point, 1),
        attemptAt(point, 1, { number: 2 }),
        attemptAt(point, 1, { epoch: 2 }),
        attemptOf({ ...arrival(1, point), id: "dl_resend" }, { trigger: "manual", startedAt: FAR_AHEAD }),
        attemptAt(point, 2),
        attemptAt(point, 3, { trigger: "test" }),
      ]),
    ]);
    expect(await countsOf(point)).toEqual({ requestsSent: 2, attempts: 5 });
  });

  test("of points that sent nothing are zeros, and nobody else's are told", async () => {
    const [one, silent] = [newPoint(), newPoint()];
    await recorded().record([resultsOf([attemptAt(one, 1)])]);
    const ids = [one, silent].map(asWebhookId);
    expect(await recorded().read(ids)).toEqual(
      new Map<WebhookId, object>([
        [ids[0]!, { requestsSent: 1, attempts: 1 }],
        [ids[1]!, { requestsSent: 0, attempts: 0 }],
      ]),
    );
    expect(await recorded().read([])).toEqual(new Map());
  });

  test("stay the same when results are read again, whole or in part", async () => {
    const point = newPoint();
    const results = [1, 2, 3, 4].map((event) => attemptAt(point, event));
    await recorded().record([resultsOf(results.slice(0, 2))]);
    await recorded().record([resultsOf(results)]);
    await recorded().record([resultsOf(results.toReversed())]);
    expect(await countsOf(point)).toEqual({ requestsSent: 4, attempts: 4 });
  });

  test("are exact when more come at once than one transaction takes", async () => {
    const point = newPoint();
    const results = Array.from({ length: 1_200 }, (_, event) => attemptAt(point, event));
    await recorded().record([resultsOf(results)]);
    await recorded().record([resultsOf(results.slice(1_100)), resultsOf([attemptAt(point, 1_200)])]);
    expect(await countsOf(point)).toEqual({ requestsSent: 1_201, attempts: 1_201 });
  });

  test("are exact with recorders that race over the same results", async () => {
    const [one, two] = [newPoint(), newPoint()];
    const results = Array.from({ length: 60 }, (_, event) => attemptAt(event % 2 === 0 ? one : two, event));
    const recorders = [store, other, store, other].map((each) => new SentRequests(each));
    // Overlapping parts, in opposite orders.
    await Promise.all(
      recorders.flatMap((recorder, n) =>
        [0, 20, 40].map((from) => {
          const part = results.slice(from, from + 30);
          return recorder.record([resultsOf(n % 2 === 0 ? part : part.toReversed())]);
        }),
      ),
    );
    for (const point of [one, two]) {
      expect(await countsOf(point)).toEqual({ requestsSent: 30, attempts: 30 });
      expect(await countIdentities(point)).toBe(60);
    }
  });

  test("are not less when identities have expired, and are kept for as long as the latest attempt asks", async () => {
    const point = newPoint();
    await recorded().record([resultsOf([attemptAt(point, 1, { number: 2, startedAt: FAR_AHEAD + 1_000 })])]);
    await recorded().record([resultsOf([attemptAt(point, 1)])]);
    const collection = store.db.collection<{ _id: string; expiresAt: Date }>(SENT_REQUESTS);
    const kept = await collection.findOne({ _id: `${point}:request:evt_1` });
    expect(kept?.expiresAt).toEqual(new Date(FAR_AHEAD + 1_000 + 40 * 86_400_000));
    await collection.deleteMany({ _id: { $regex: `^${point}:` } as never });
    await recorded().record([resultsOf([attemptAt(point, 2)])]);
    expect(await countsOf(point)).toEqual({ requestsSent: 2, attempts: 3 });
  });

  test("are those of a set, however results come", async () => {
    const anyAttempt = fc.record({
      event: fc.integer({ min: 1, max: 3 }),
      number: fc.integer({ min: 1, max: 2 }),
      epoch: fc.integer({ min: 1, max: 2 }),
      recorder: fc.nat(1),
      joins: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(anyAttempt, { minLength: 1, maxLength: 12 }), async (attempts) => {
        const point = newPoint();
        const recorders = [store, other].map((each) => new SentRequests(each));
        let running: Promise<void>[] = [];
        for (const { recorder, joins, event, number, epoch } of attempts) {
          const results = resultsOf([attemptAt(point, event, { number, epoch })]);
          running.push(recorders[recorder]!.record([results]));
          // The next one races with it, or finds it done.
          if (!joins) await Promise.all(running.splice(0));
        }
        await Promise.all(running);
        running = [];
        expect(await countsOf(point)).toEqual({
          requestsSent: new Set(attempts.map(({ event }) => event)).size,
          attempts: new Set(attempts.map(({ event, number, epoch }) => `${event}:${number}:${epoch}`)).size,
        });
      }),
      { numRuns: 25 },
    );
  }, 60_000);
});
