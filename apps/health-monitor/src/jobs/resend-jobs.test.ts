import {
  asContactId,
  asDeliveryId,
  asEndpointId,
  asEventId,
  asRecordId,
  asWebhookId,
  asWorkspaceId,
  type DeliveryId,
  type RecordId,
} from "@hooklane/core";
import { createLogger, createMetrics } from "@hooklane/service";
import type { LocatedDelivery, LoggedDelivery, ResendJob, ResendOrder, ResendTally } from "@hooklane/store";
import { beforeEach, describe, expect, test } from "@jest/globals";
import { createHealthMetrics } from "../health-metrics.js";
import { ResendJobs } from "./resend-jobs.js";

const signal = new AbortController().signal;
const workspaceId = asWorkspaceId("ws_1");
const [on, off] = [asWebhookId("wh_on"), asWebhookId("wh_off")];
const START = Date.UTC(2026, 0, 15, 10);

interface Row {
  readonly id: string;
  readonly at: number;
  readonly offset: number;
  readonly webhook?: typeof on;
  readonly resendOf?: string;
  readonly isForgotten?: boolean;
  readonly isTest?: boolean;
  readonly contact?: string;
}

/** What the log has; what stands in line; the job as it is stored. */
let rows: Row[];
let inLine: RecordId[];
/** Whom what was made is about, in its order. */
let about: (string | undefined)[];
let routed: Set<string>;
let job: ResendJob & { lease?: string };
let isRouting: boolean;
let dies: "before_send" | "after_send" | undefined;

beforeEach(() => {
  rows = [];
  inLine = [];
  about = [];
  routed = new Set();
  isRouting = true;
  dies = undefined;
  job = {
    id: "job_1",
    workspaceId,
    filter: { status: "dead_letter" },
    expected: { count: 0, isAtLeast: false },
    createdAt: new Date(START + 1_000_000),
    status: "running",
    resent: 0,
    skipped: { webhook_not_active: 0, event_expired: 0, repeated: 0, test: 0 },
  };
});

const sorted = () => [...rows].sort((one, other) => one.at - other.at || (one.id < other.id ? -1 : 1));
const acceptedAt = ({ at }: Row) => new Date(START + at);

const locate = (row: Row): LocatedDelivery => ({
  event: {
    workspaceId,
    recordId: asRecordId(`e_${row.id}`),
    eventId: asEventId(`e_${row.id}`),
    type: "t",
    source: "api",
    ...(row.contact !== undefined && { contactId: asContactId(row.contact) }),
    position: { partition: 0, epoch: 0, offset: row.offset },
  },
  ordinal: 0,
  resendOf: row.resendOf === undefined ? undefined : asDeliveryId(row.resendOf),
  isTest: row.isTest === true,
});

const toWalked = (row: Row) => ({
  _id: asDeliveryId(row.id),
  eventId: asEventId(`e_${row.id}`),
  eventType: "t",
  webhookId: row.webhook ?? on,
  acceptedAt: acceptedAt(row),
});

const toLogged = (row: Row): LoggedDelivery => {
  const { _id: id, ...delivery } = toWalked(row);
  const endpointId = asEndpointId("ep_1");
  return { id, workspaceId, endpointId, status: "dead_letter", attempts: [], ...delivery };
};

/** A health-monitor of its own, by the same database and broker. */
function monitor(owner = "hm_1", perWorkspaceMax = 3) {
  const jobs = new ResendJobs({
    jobs: {
      listNext: () => Promise.resolve(job.status === "running" ? [job.id] : []),
      claim: (_id, asking) => {
        const isHeld = job.lease === asking;
        job = { ...job, lease: asking };
        return Promise.resolve({ job, isHeld });
      },
      advance: (_id, asking, tally: ResendTally, upTo) => {
        if (job.lease !== asking) return Promise.resolve();
        job = {
          ...job,
          resent: job.resent + tally.resent,
          skipped: {
            webhook_not_active: job.skipped.webhook_not_active + tally.skipped.webhook_not_active,
            event_expired: job.skipped.event_expired + tally.skipped.event_expired,
            repeated: job.skipped.repeated + tally.skipped.repeated,
            test: job.skipped.test + tally.skipped.test,
          },
          ...(upTo && { cursor: upTo }),
        };
        return Promise.resolve();
      },
      complete: () => {
        job = { ...job, status: "completed" };
        return Promise.resolve(true);
      },
    },
    walk: {
      next: (_workspaceId, _selection, { after, limit }) => {
        const left = sorted().filter((row) => after === undefined || acceptedAt(row) > after);
        const last = left.slice(0, limit).at(-1);
        const deliveries = left.filter((row) => last !== undefined && row.at <= last.at).map(toWalked);
        return Promise.resolve({ deliveries, upTo: last && acceptedAt(last) });
      },
    },
    eventReader: {
      locate: (_workspaceId, deliveries) => {
        const wanted = new Set<DeliveryId>(deliveries.map(({ _id }) => _id));
        const found = rows.filter((row) => wanted.has(asDeliveryId(row.id)) && !row.isForgotten);
        return Promise.resolve(new Map(found.map((row) => [asDeliveryId(row.id), locate(row)])));
      },
    },
    deliveryLog: {
      findMany: (_workspaceId, ids) => {
        const found = rows.filter((row) => ids.includes(asDeliveryId(row.id)));
        return Promise.resolve(new Map(found.map((row) => [asDeliveryId(row.id), toLogged(row)])));
      },
    },
    webhooks: {
      find: (id) =>
        Promise.resolve({ _id: id, workspaceId, status: id === on ? "active" : "inactive" } as never),
    },
    records: {
      make: (orders: readonly ResendOrder[]) =>
        Promise.resolve(
          orders.map(({ recordId, acceptedAt: at, contactId }) => {
            about.push(contactId);
            expect(at).toBeGreaterThanOrEqual(job.createdAt.getTime());
            return routed.has(recordId)
              ? { kind: "routed" as const }
              : {
                  kind: "record" as const,
                  record: { topic: "events", partition: 0, key: recordId, value: new Uint8Array(1) },
                };
          }),
        ),
    },
    eventLog: {
      find: (_workspaceId, recordId) =>
        Promise.resolve(routed.has(recordId) ? ({ recordId } as never) : undefined),
    },
    producer: {
      sendAll: (records) => {
        if (dies === "before_send") return Promise.reject(new Error("killed"));
        inLine.push(...records.map(({ key }) => asRecordId(String(key))));
        if (isRouting) for (const recordId of inLine) routed.add(recordId);
        return dies ? Promise.reject(new Error("killed")) : Promise.resolve([]);
      },
    },
    owner,
    perWorkspaceMax,
    metrics: createHealthMetrics(createMetrics("test", { processMetrics: false })),
    logger: createLogger("test", "silent"),
    now: () => new Date(START),
  });
  return { sweep: () => jobs.sweep(signal) };
}

const resent = () => inLine.map((recordId) => recordId.replace("rs:job_1:", ""));
const row = (id: string, at: number, offset: number, more: Partial<Row> = {}): Row => ({
  id,
  at,
  offset,
  ...more,
});

async function sweepUntilDone({ sweep }: ReturnType<typeof monitor>): Promise<number> {
  for (let sweeps = 1; sweeps < 50; sweeps++) {
    await sweep();
    if (job.status === "completed") return sweeps;
  }
  throw new Error("the job has no end");
}

describe("a job that resends", () => {
  test("goes through all of it, oldest first, within a moment as it stood in line, so many a sweep", async () => {
    rows = [
      row("z", 1, 10),
      row("b", 2, 12),
      row("a", 2, 13),
      row("y", 2, 11),
      row("c", 2, 14),
      row("d", 3, 15),
    ];
    const { sweep } = monitor();
    await sweep();
    expect(resent()).toEqual(["z", "y", "b"]);
    expect(job).toMatchObject({ resent: 0 });
    await sweep();
    expect(resent()).toEqual(["z", "y", "b", "a", "c"]);
    expect(job).toMatchObject({ resent: 5, cursor: new Date(START + 2) });
    await sweep();
    await sweep();
    expect(resent()).toEqual(["z", "y", "b", "a", "c", "d"]);
    expect(job).toMatchObject({ status: "completed", resent: 6 });
  });

  test("says of what it sends whom it is about", async () => {
    rows = [row("a", 1, 1, { contact: "ct_1" }), row("b", 2, 2)];
    await sweepUntilDone(monitor());
    expect(about).toEqual(["ct_1", undefined]);
  });

  test("waits while the router has not routed what was put in line a sweep ago", async () => {
    rows = Array.from({ length: 9 }, (_, n) => row(`d${n}`, n, n));
    isRouting = false;
    const { sweep } = monitor();
    await sweep();
    await sweep();
    await sweep();
    expect(resent()).toEqual(["d0", "d1", "d2"]);
    for (const recordId of inLine) routed.add(recordId);
    await sweep();
    expect(resent()).toHaveLength(6);
  });

  test.each(["before_send", "after_send"] as const)(
    "killed %s, another goes on: each stands in line in order, counted once",
    async (moment) => {
      rows = Array.from({ length: 8 }, (_, n) => row(`d${n}`, n >> 2, n));
      const first = monitor("hm_1");
      await first.sweep();
      dies = moment;
      await expect(first.sweep()).rejects.toThrow("killed");
      dies = undefined;
      await sweepUntilDone(monitor("hm_2"));
      expect([...new Set(resent())]).toEqual(rows.map(({ id }) => id));
      // What was routed is not even produced again.
      expect(resent()).toHaveLength(8);
      expect(job).toMatchObject({ status: "completed", resent: 8 });
    },
  );

  test("leaves out what is sent to nobody or forgotten, resends of what it has, and tests, and says how many", async () => {
    rows = [
      row("first", 1, 1),
      row("off", 2, 2, { webhook: off }),
      row("forgotten", 3, 3, { isForgotten: true }),
      row("again", 4, 4, { resendOf: "first" }),
      row("of-other", 5, 5, { resendOf: "not-in-the-filter" }),
      row("test", 6, 6, { isTest: true }),
    ];
    await sweepUntilDone(monitor());
    expect(resent()).toEqual(["first", "of-other"]);
    expect(job).toMatchObject({
      resent: 2,
      skipped: { webhook_not_active: 1, event_expired: 1, repeated: 1, test: 1 },
    });
  });

  test("looks through much that is forgotten in one sweep, and comes to its end", async () => {
    rows = Array.from({ length: 90 }, (_, n) => row(`d${n}`, n, n, { isForgotten: n < 89 }));
    expect(await sweepUntilDone(monitor())).toBeLessThanOrEqual(3);
    expect(job).toMatchObject({ resent: 1, skipped: { event_expired: 89 } });
  });

  test("cancelled in the middle of a moment, it counts what is in line and stops", async () => {
    rows = Array.from({ length: 9 }, (_, n) => row(`d${n}`, 1, n));
    const { sweep } = monitor();
    await sweep();
    job = { ...job, status: "cancelled" };
    await sweep();
    await sweep();
    expect(resent()).toEqual(["d0", "d1", "d2"]);
    expect(job).toMatchObject({ status: "cancelled", resent: 3 });
  });

  test("nothing to resend: it ends at once", async () => {
    expect(await sweepUntilDone(monitor())).toBe(1);
    expect(inLine).toEqual([]);
  });
});
