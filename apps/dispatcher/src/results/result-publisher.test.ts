import { afterEach, beforeEach, describe, expect, jest, test } from "@jest/globals";
import type { DeliveryResult } from "@hooklane/contracts";
import { asEndpointId, asWebhookId, asWorkspaceId } from "@hooklane/core";
import type { OutgoingRecord, RecordPosition } from "@hooklane/kafka";
import { createLogger } from "@hooklane/service";
import { ResultPublisher } from "./result-publisher.js";

const WORKSPACE = asWorkspaceId("ws_1");
const RESULT: DeliveryResult = {
  kind: "settled",
  webhookId: asWebhookId("wh_1"),
  generation: 1,
  endpointId: asEndpointId("ep_1"),
  deliveries: [],
  epoch: 1,
  at: 0,
  status: "skipped",
  reason: "inactive",
};

let sends: { readonly records: readonly OutgoingRecord[]; readonly acknowledge: () => void }[];
let acknowledged: number;
let publisher: ResultPublisher;
beforeEach(() => {
  jest.useFakeTimers();
  sends = [];
  acknowledged = 0;
  const producer = {
    sendAll: (records: readonly OutgoingRecord[]) =>
      new Promise<readonly RecordPosition[]>((resolve) => {
        sends.push({ records, acknowledge: () => resolve([]) });
      }),
  };
  publisher = new ResultPublisher(producer, "attempts.v1", createLogger("test", "silent"));
});
afterEach(() => {
  jest.useRealTimers();
});

function publish(count: number): void {
  for (let i = 0; i < count; i++) publisher.publish(WORKSPACE, RESULT, () => acknowledged++);
}

/** How many results each record of a send holds. */
const resultsIn = (send = 0) =>
  sends[send]?.records.map(({ value }) => {
    const { results } = JSON.parse(Buffer.from(value ?? "").toString()) as { results: readonly unknown[] };
    return results.length;
  });

describe("results", () => {
  test("wait a little for others, and travel in one record", async () => {
    publish(1);
    await jest.advanceTimersByTimeAsync(10);
    publish(2);
    expect(sends).toEqual([]);
    await jest.advanceTimersByTimeAsync(10);
    expect(resultsIn()).toEqual([3]);
    expect(publisher.pending).toBe(3);
    sends[0]?.acknowledge();
    await jest.advanceTimersByTimeAsync(0);
    expect([acknowledged, publisher.pending]).toEqual([3, 0]);
  });

  test("of which there are many wait for no others", async () => {
    publish(100);
    await jest.advanceTimersByTimeAsync(1);
    expect(resultsIn()).toEqual([100]);
  });

  test("that come while a record is on its way are the next, and none is forgotten", async () => {
    publish(100);
    await jest.advanceTimersByTimeAsync(1);
    publish(5);
    await jest.advanceTimersByTimeAsync(100);
    expect(sends).toHaveLength(1);
    sends[0]?.acknowledge();
    await jest.advanceTimersByTimeAsync(20);
    expect(resultsIn(1)).toEqual([5]);
    sends[1]?.acknowledge();
    await jest.advanceTimersByTimeAsync(0);
    expect([acknowledged, publisher.pending]).toEqual([105, 0]);
  });
});
