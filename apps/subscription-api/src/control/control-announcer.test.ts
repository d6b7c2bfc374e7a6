import type { OutgoingRecord } from "@hooklane/kafka";
import { createLogger } from "@hooklane/service";
import { asWebhookId, asWorkspaceId } from "@hooklane/core";
import { expect, test } from "@jest/globals";
import { ControlAnnouncer } from "./control-announcer.js";

const control = {
  workspaceId: asWorkspaceId("ws_1"),
  webhookId: asWebhookId("wh_1"),
  version: 3,
  eventsPartition: 2,
};

function setUp(
  sendAll: (records: readonly OutgoingRecord[]) => Promise<{ partition: number; offset: number }[]>,
  timeoutMs = 10_000,
) {
  const done: string[] = [];
  const announcer = new ControlAnnouncer({
    producer: { sendAll },
    outbox: {
      markDone: (ids) => {
        done.push(...ids);
        return Promise.resolve();
      },
    },
    eventsTopic: "t.events.v1",
    timeoutMs,
    logger: createLogger("test", "silent"),
    now: () => new Date(0),
  });
  return { announcer, done };
}

test("what the broker has is marked as done, on the workspace's partition", async () => {
  const sent: OutgoingRecord[] = [];
  const { announcer, done } = setUp((records) => {
    sent.push(...records);
    return Promise.resolve([{ partition: 2, offset: 0 }]);
  });
  expect(await announcer.announce([control])).toBe(true);
  expect(sent).toMatchObject([{ topic: "t.events.v1", partition: 2, key: "ws_1" }]);
  expect(done).toEqual(["ctl:wh_1:3"]);
});

test("a broker that does not answer holds the caller no longer than the limit, and the entry stays open", async () => {
  let answer: (positions: { partition: number; offset: number }[]) => void = () => undefined;
  const { announcer, done } = setUp(() => new Promise((resolve) => (answer = resolve)), 5);
  expect(await announcer.announce([control])).toBe(false);
  expect(done).toEqual([]);
  // Once it has the record after all, the entry is marked and nobody announces it again.
  answer([{ partition: 2, offset: 0 }]);
  await new Promise(setImmediate);
  expect(done).toEqual(["ctl:wh_1:3"]);
});

test("a refused record leaves the entry open", async () => {
  const { announcer, done } = setUp(() => Promise.reject(new Error("closed")));
  expect(await announcer.announce([control])).toBe(false);
  expect(done).toEqual([]);
});
