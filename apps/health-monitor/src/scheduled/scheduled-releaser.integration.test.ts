import { decodeEventsRecord } from "@hooklane/contracts";
import { asEventId } from "@hooklane/core";
import { createKafka, GroupConsumer } from "@hooklane/kafka";
import { createLogger } from "@hooklane/service";
import { ScheduledEvents } from "@hooklane/store";
import { eventually } from "@hooklane/testing";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { HealthMonitorHarness } from "../testing/health-monitor-harness.js";

const harness = new HealthMonitorHarness();
const inLine: { readonly recordId: string; readonly partition: number; readonly body: string }[] = [];
let reader: GroupConsumer;

beforeAll(async () => {
  await harness.open();
  const logger = createLogger("test", "silent");
  const kafka = createKafka({ brokers: harness.brokers, clientId: "reader", logger });
  reader = new GroupConsumer(kafka, {
    groupId: `${harness.prefix}.reader`,
    topics: [`${harness.prefix}.events.v1`],
    handler: ({ partition, records }) => {
      for (const record of records) {
        const decoded = decodeEventsRecord(record);
        if (!decoded.ok || decoded.value.body === null) continue;
        inLine.push({ recordId: decoded.value.meta.recordId, partition, body: String(decoded.value.body) });
      }
      return Promise.resolve();
    },
  });
  reader.start();
}, 60_000);

afterAll(async () => {
  await reader.close();
  await harness.close();
}, 60_000);

test("two releasers are harmless: what is due stands in line, in its order, under one record id each", async () => {
  const workspace = await harness.createWorkspace();
  const scheduled = new ScheduledEvents(harness.store);
  const now = (await scheduled.now()).getTime();
  const count = 250;
  const event = (n: number, deliverAt: number) => ({
    workspaceId: workspace._id,
    eventId: asEventId(`evt_${n}`),
    position: { partition: 3, epoch: 0, offset: n },
    type: "contact.created",
    source: "api" as const,
    acceptedAt: new Date(now - 60_000),
    deliverAt: new Date(deliverAt),
    body: Buffer.from(`{"id":"evt_${n}"}`),
  });
  await scheduled.add(Array.from({ length: count }, (_, n) => event(n, now - count + n)));
  await scheduled.add([event(count, now + 3_600_000)]);
  const mail = { SMTP_URL: "smtp://127.0.0.1:9" };
  const monitors = await Promise.all([harness.start(mail), harness.start(mail)]);
  try {
    await eventually(async () => (await scheduled.countWaiting()) === 1, { what: "all but one released" });
    const expected = Array.from({ length: count }, (_, n) => `rel:evt_${n}`);
    await eventually(() => new Set(inLine.map(({ recordId }) => recordId)).size === count);
    // The router takes the first of each; so the first ones are in order.
    expect([...new Set(inLine.map(({ recordId }) => recordId))]).toEqual(expected);
    for (const { recordId, partition, body } of inLine) {
      expect([partition, `rel:${(JSON.parse(body) as { id: string }).id}`]).toEqual([3, recordId]);
    }
    // 100 a second and process: a third sweep at the earliest has the last.
    expect(inLine.length).toBeLessThanOrEqual(2 * count);
  } finally {
    await Promise.all(monitors.map((monitor) => monitor.close()));
  }
}, 60_000);
