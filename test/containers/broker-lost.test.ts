import { setTimeout as pause } from "node:timers/promises";
import { describe, expect, test } from "@jest/globals";
import {
  eventually,
  joinSharedServices,
  numberedEvents,
  readSequence,
  type ReceivedRequest,
  type RunningServices,
  startReceiver,
  testKafka,
  type TestWorkspace,
} from "@hooklane/testing";
import { ComposedContainers } from "./support/composed-containers.js";

const WORKSPACES = 4;
const BATCH = 5;
/** Between two calls of a workspace, milliseconds. */
const PACE_MS = 100;

/** Kafka takes 9 s to miss a broker; then the others lead, and clients find out. */
const PAUSE_MAX_MS = 45_000;
const LIMIT_MS = 300_000;

/** Sends until it is stopped; what was refused or cut off is sent again, the same events under the same ids. */
async function produce(workspace: TestWorkspace, isOver: () => boolean): Promise<number> {
  let count = 0;
  while (!isOver()) {
    const events = numberedEvents(BATCH).map((event, index) => ({
      ...event,
      data: { ...event.data, seq: count + index + 1 },
    }));
    await eventually(async () => (await workspace.sendMany(events)).status === 202, { deadlineMs: 120_000 });
    count += BATCH;
    await pause(PACE_MS);
  }
  return count;
}

/** Longest time without a request, milliseconds. */
const longestPause = (requests: readonly ReceivedRequest[]) =>
  Math.max(
    ...requests
      .slice(1)
      .map(({ arrivedMonotonicMs }, index) => arrivedMonotonicMs - requests[index]!.arrivedMonotonicMs),
  );

/** Partitions of our topics that are not on all three brokers now. */
async function countBehind({ stack, prefix }: RunningServices): Promise<number> {
  const admin = testKafka(stack.brokers).admin();
  await admin.connect();
  try {
    const names = (await admin.listTopics()).filter((name) => name.startsWith(`${prefix}.`));
    const { topics } = await admin.fetchTopicMetadata({ topics: names });
    return topics.flatMap(({ partitions }) => partitions).filter(({ isr }) => isr.length < 3).length;
  } finally {
    await admin.disconnect();
  }
}

describe("with three brokers, one killed under load", () => {
  test(
    "nothing taken is lost, each endpoint keeps its order, deliveries go on, and it catches up when it is back",
    async () => {
      const containers = new ComposedContainers();
      const running = joinSharedServices();
      const receiver = await startReceiver();
      try {
        expect(await countBehind(running)).toBe(0);
        const workspaces = await Promise.all(
          Array.from({ length: WORKSPACES }, () => running.createWorkspace()),
        );
        await Promise.all(
          workspaces.map((workspace, n) => workspace.createWebhook({ url: receiver.url(`/broker/${n}`) })),
        );
        let isOver = false;
        const producers = workspaces.map((workspace) => produce(workspace, () => isOver));
        const all = Promise.all(producers);
        const arrived = async (more: number) => {
          const before = receiver.requests.length;
          await Promise.race([
            receiver.waitFor(({ length }) => length >= before + more, { deadlineMs: 120_000 }),
            all,
          ]);
        };
        await arrived(200);
        await containers.kill("kafka");
        // Far more than what was on its way already.
        await arrived(400);
        isOver = true;
        const counts = await all;
        for (const [n, count] of counts.entries()) {
          const path = `/broker/${n}`;
          const complete = (requests: readonly ReceivedRequest[]) =>
            new Set(readSequence(requests)).size >= count;
          const requests = await receiver.waitFor(complete, { path, deadlineMs: 120_000 });
          expect([...new Set(readSequence(requests))]).toEqual(
            Array.from({ length: count }, (_, i) => i + 1),
          );
          expect(longestPause(requests)).toBeLessThan(PAUSE_MAX_MS);
        }
        const pauses = counts.map((_, n) => longestPause(receiver.requestsTo(`/broker/${n}`)));
        console.info(
          `${counts.reduce((sum, count) => sum + count, 0)} events, ${receiver.requests.length} requests, ` +
            `longest pause of an endpoint ${Math.round(Math.max(...pauses))} ms`,
        );
        await containers.start("kafka");
        await eventually(async () => (await countBehind(running)) === 0, {
          deadlineMs: 120_000,
          what: "every partition to be on three brokers again",
        });
      } finally {
        await receiver.close();
        await running.stop();
      }
    },
    LIMIT_MS,
  );
});
