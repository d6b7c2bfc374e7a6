import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import {
  asWebhookId,
  asWorkspaceId,
  countError,
  DEFAULT_ERROR_RULE,
  DISABLE_POLICIES,
  EMPTY_ERROR_WINDOW,
  type ErrorTrip,
  type ErrorWindow,
  type TripPolicy,
} from "@hooklane/core";
import { openStore, type Store } from "../store.js";
import { ErrorWindowRepository } from "./error-window-repository.js";

const MINUTE = 60_000;
const START = Date.UTC(2026, 0, 1);
const WEBHOOKS = ["wh_a", "wh_b", "wh_c", "wh_$odd"].map(asWebhookId);

let store: Store;
beforeAll(async () => {
  const uri = process.env.MONGODB_URI;
  if (uri === undefined) throw new Error("MONGODB_URI is not set");
  store = await openStore({ uri, database: `error-windows-${randomUUID()}` });
});
afterAll(async () => {
  await store.db.dropDatabase();
  await store.close();
});

/** mulberry32 */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

async function readWindow(workspaceId: string): Promise<ErrorWindow> {
  const found = await store.db.collection<{ _id: string }>("errorWindows").findOne({ _id: workspaceId });
  const { errors, since, trips } = found as unknown as {
    errors: { at: Date }[];
    since: Record<string, number>;
    trips: { at: Date }[];
  };
  const inMs = <T extends { at: Date }>(each: T) => ({ ...each, at: each.at.getTime() });
  return { errors: errors.map(inMs), since, trips: trips.map(inMs) } as unknown as ErrorWindow;
}

jest.setTimeout(60_000);

describe("the shared rule in the database", () => {
  test.each(DISABLE_POLICIES.flatMap((policy) => [1, 2, 3].map((seed) => [policy, seed] as const)))(
    "policy %s counts and trips exactly as the pure rule, random sequence %d",
    async (policy, seed) => {
      const random = seeded(seed);
      const rule = { errorsMax: 6, windowMs: 30 * MINUTE };
      const repository = new ErrorWindowRepository(store, rule);
      const workspaceId = asWorkspaceId(`ws_${policy}_${seed}`);
      const tripPolicy: TripPolicy = {
        policy,
        workspaceWebhooks: WEBHOOKS.map((webhookId) => ({ webhookId, generation: 1 })),
      };
      let pure: ErrorWindow = EMPTY_ERROR_WINDOW;
      let now = START;
      let trips = 0;
      const generations = new Map(WEBHOOKS.map((webhookId) => [webhookId, 1]));
      for (let step = 0; step < 120; step++) {
        now += random() < 0.05 ? 20 * MINUTE : Math.floor(random() * 2 * MINUTE);
        const webhookId = WEBHOOKS[Math.floor(random() * random() * WEBHOOKS.length)]!;
        if (random() < 0.08) {
          const generation = generations.get(webhookId)! + 2;
          generations.set(webhookId, generation);
          pure = { ...pure, since: { ...pure.since, [webhookId]: generation } };
          await setFields(workspaceId, { [`since.${webhookId}`]: generation });
        }
        if (random() < 0.1 && pure.trips.length > 0) {
          pure = { ...pure, trips: pure.trips.map((trip) => ({ ...trip, applied: true })) };
          await setFields(workspaceId, { "trips.$[].applied": true });
        }
        const generation = Math.max(1, generations.get(webhookId)! - (random() < 0.1 ? 1 : 0));
        const id = `ep_1:0:${random() < 0.1 ? step - 1 : step}:1`;
        const counted = countError(pure, { id, webhookId, generation }, tripPolicy, now, rule);
        pure = counted.window;
        if (counted.trip) trips++;
        const verdict = await repository.count(workspaceId, { id, webhookId, generation }, tripPolicy, {
          $literal: new Date(now),
        });
        expect(verdict).toEqual(pure.trips);
        expect(await readWindow(workspaceId)).toEqual(pure);
      }
      expect(trips).toBeGreaterThan(3);
    },
  );

  test("31 errors counted by three dispatchers at once trip once, and every later count hears it", async () => {
    const repository = new ErrorWindowRepository(store, DEFAULT_ERROR_RULE);
    const workspaceId = asWorkspaceId("ws_at_once");
    const policy: TripPolicy = { policy: "worst", workspaceWebhooks: [] };
    const count = (number: number): Promise<readonly ErrorTrip[]> =>
      repository.count(
        workspaceId,
        { id: `ep_1:0:${number}:1`, webhookId: asWebhookId("wh_a"), generation: 1 },
        policy,
      );
    const verdicts = await Promise.all(Array.from({ length: 31 }, (_, number) => count(number)));
    expect(verdicts.filter((trips) => trips.length > 0)).toHaveLength(1);
    expect(await count(30)).toHaveLength(1);
    expect(await count(99)).toHaveLength(1);
    const window = await readWindow(workspaceId);
    expect(window.trips).toHaveLength(1);
    expect(window.errors).toEqual([]);
    expect(Math.abs(window.trips[0]!.at - Date.now())).toBeLessThan(MINUTE);
  });
});

async function setFields(workspaceId: string, fields: Record<string, unknown>): Promise<void> {
  await store.db
    .collection<{ _id: string }>("errorWindows")
    .updateOne({ _id: workspaceId }, { $set: fields }, { upsert: true });
}
