import type { OutgoingRecord } from "@hooklane/contracts";
import { type ConsumedRecord, topicNames } from "@hooklane/kafka";
import { createLogger } from "@hooklane/service";
import { expect, test } from "@jest/globals";
import { EventRouter, type EventRouterDeps } from "./event-router.js";

const topics = topicNames();

const record = (offset: number, meta: string): ConsumedRecord => ({
  topic: topics.events,
  partition: 3,
  offset,
  timestampMs: 0,
  key: null,
  value: Buffer.from("{}"),
  headers: { meta: Buffer.from(meta) },
});

test("a partition waits in front of a record of a newer release: what stands before is done once, what stands behind is not", async () => {
  const sent: OutgoingRecord[] = [];
  const deps: Partial<Record<keyof EventRouterDeps, unknown>> = {
    topics,
    recovery: {},
    epochs: { epochOf: () => Promise.resolve(0), noteRouted: () => Promise.resolve() },
    copy: { catchUpWebhooks: () => Promise.resolve() },
    send: (records: readonly OutgoingRecord[]) => {
      sent.push(...records);
      return Promise.resolve();
    },
    onRouted: () => undefined,
    logger: createLogger("test", "silent"),
  };
  const router = new EventRouter(deps as unknown as EventRouterDeps);
  const records = [record(5, "damaged"), record(6, '{"v":2,"kind":"event"}'), record(7, "damaged")];
  const batch = { topic: topics.events, partition: 3, records };
  const { signal } = new AbortController();
  const waits = `${topics.events}/3 waits at offset 6 for a router of a newer release`;
  await expect(router.handle(batch, signal)).rejects.toThrow(waits);
  expect(sent.map(({ headers }) => headers?.offset)).toEqual(["5"]);
  // The consumer hands it over again and again.
  await expect(router.handle(batch, signal)).rejects.toThrow(waits);
  expect(sent).toHaveLength(1);
});
