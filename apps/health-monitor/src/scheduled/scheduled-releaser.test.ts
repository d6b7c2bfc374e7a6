import { decodeEventsRecord, type EventMeta, type OutgoingRecord } from "@hooklane/contracts";
import { asEventId, asWorkspaceId } from "@hooklane/core";
import type { OutgoingRecord as KafkaRecord } from "@hooklane/kafka";
import { createLogger, createMetrics } from "@hooklane/service";
import type { ScheduledEvent } from "@hooklane/store";
import { beforeEach, describe, expect, test } from "@jest/globals";
import { createHealthMetrics } from "../health-metrics.js";
import { ScheduledReleaser } from "./scheduled-releaser.js";

const NOW = new Date("2026-01-15T10:00:00Z");
const signal = new AbortController().signal;

let waiting: ScheduledEvent[];
let inLine: EventMeta[];
let cancelled: string[];
let dies: { afterSend: boolean; beforeSend: boolean };

beforeEach(() => {
  waiting = [event("a", 9), { ...event("b", 3), ignoresSourceFilter: true }];
  inLine = [];
  cancelled = [];
  dies = { afterSend: false, beforeSend: false };
});

function event(id: string, secondsLate: number, bytes = 10): ScheduledEvent {
  return {
    workspaceId: asWorkspaceId("ws_1"),
    eventId: asEventId(id),
    position: { partition: 3, epoch: 0, offset: 1 },
    type: "t",
    source: "api",
    acceptedAt: new Date(0),
    deliverAt: new Date(NOW.getTime() - secondsLate * 1_000),
    body: new Uint8Array(bytes).fill(32),
  };
}

function releaser(aborted: AbortSignal = signal) {
  const metrics = createMetrics("test", { processMetrics: false });
  const sweeper = new ScheduledReleaser({
    scheduled: {
      now: () => Promise.resolve(NOW),
      due: async function* (now) {
        for (const one of [...waiting]) if (one.deliverAt <= now) yield await Promise.resolve(one);
      },
      claim: (events) => Promise.resolve(events.filter(({ eventId }) => !cancelled.includes(eventId))),
      oldestDue: () => Promise.resolve(waiting[0]?.deliverAt),
      markReleased: (events) => {
        if (dies.afterSend) return Promise.reject(new Error("killed"));
        waiting = waiting.filter(({ eventId }) => !events.some((done) => done.eventId === eventId));
        return Promise.resolve();
      },
      countWaiting: () => Promise.resolve(waiting.length),
    },
    producer: {
      sendAll: (records) => {
        if (dies.beforeSend) return Promise.reject(new Error("closed"));
        inLine.push(...records.map(read));
        return Promise.resolve([]);
      },
    },
    eventsTopic: "events",
    perWorkspaceMax: 100,
    metrics: createHealthMetrics(metrics),
    logger: createLogger("test", "silent"),
  });
  return { sweep: () => sweeper.sweep(aborted), metrics };
}

function read(record: KafkaRecord): EventMeta {
  const headers = Object.fromEntries(
    Object.entries((record as OutgoingRecord).headers ?? {}).map(([name, value]) => [
      name,
      Buffer.from(value),
    ]),
  );
  const decoded = decodeEventsRecord({
    partition: 3,
    offset: 0,
    key: null,
    value: Buffer.from(" "),
    headers,
  });
  if (!decoded.ok || decoded.value.meta.kind !== "event") throw new Error("not an event");
  return decoded.value.meta;
}

describe("releasing what is due", () => {
  test("it stands in line under a record id of its own, accepted now, and is marked", async () => {
    const { sweep, metrics } = releaser();
    await sweep();
    expect(inLine).toMatchObject([
      {
        recordId: "rel:a",
        eventId: "a",
        acceptedAt: NOW.getTime(),
        deliverAt: NOW.getTime() - 9_000,
        release: true,
      },
      { recordId: "rel:b", eventId: "b", ignoresSourceFilter: true },
    ]);
    expect(waiting).toEqual([]);
    const text = await metrics.registry.metrics();
    expect(text).toMatch(/hooklane_scheduled_events_released_total\{[^}]*\} 2/);
    expect(text).toMatch(/hooklane_scheduled_release_late_seconds_sum\{[^}]*\} 12/);
  });

  test("what is cancelled between the look for it and the claim is not put in line", async () => {
    cancelled = ["a"];
    await releaser().sweep();
    expect(inLine.map(({ recordId }) => recordId)).toEqual(["rel:b"]);
    cancelled = ["a", "b"];
    await releaser().sweep();
    expect(inLine).toHaveLength(1);
  });

  test("who dies before the mark leaves it due, and it is released again under the same record id", async () => {
    dies.afterSend = true;
    await expect(releaser().sweep()).rejects.toThrow("killed");
    dies.afterSend = false;
    await releaser().sweep();
    expect(inLine.map(({ recordId }) => recordId)).toEqual(["rel:a", "rel:b", "rel:a", "rel:b"]);
    expect(waiting).toEqual([]);
  });

  test("nothing is marked that the broker does not have; when the service stops that is no failure", async () => {
    dies.beforeSend = true;
    await expect(releaser().sweep()).rejects.toThrow("closed");
    const stopping = new AbortController();
    waiting = [event("a", 1)];
    const { sweep } = releaser(stopping.signal);
    const sweeping = sweep();
    stopping.abort();
    await sweeping;
    expect(waiting).toHaveLength(1);
  });

  test("large ones are handed over a few at a time", async () => {
    waiting = Array.from({ length: 40 }, (_, n) => event(`large-${n}`, 1, 256 * 1024));
    await releaser().sweep();
    expect(inLine).toHaveLength(40);
    expect(waiting).toEqual([]);
  });
});
