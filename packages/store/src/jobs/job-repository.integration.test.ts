import { randomUUID } from "node:crypto";
import { asWorkspaceId } from "@hooklane/core";
import { eventually, recordPlans } from "@hooklane/testing";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { ensureIndexes } from "../ensure-indexes.js";
import type { NewResendJob } from "../resends/resend-job.js";
import { openStore, type Store } from "../store.js";
import { JobRepository, JOBS } from "./job-repository.js";

const CREATED_AT = Date.UTC(2026, 0, 15, 10);
const workspaceId = asWorkspaceId("ws_1");
const tally = (resent: number, skipped = 0) => ({
  resent,
  skipped: { webhook_not_active: skipped, event_expired: 0, repeated: 0, test: 0 },
});

let store: Store;
let jobs: JobRepository;

beforeAll(async () => {
  store = await openStore({ uri: process.env.MONGODB_URI!, database: `jobs-${randomUUID().slice(0, 8)}` });
  await ensureIndexes(store);
  jobs = new JobRepository(store);
});

afterAll(async () => {
  await store.db.dropDatabase();
  await store.close();
});

beforeEach(async () => {
  await store.db.collection(JOBS).deleteMany({});
});

const aJob = (id: string, more: Partial<NewResendJob> = {}): NewResendJob => ({
  id,
  workspaceId,
  filter: { status: "dead_letter", from: new Date(CREATED_AT - 1_000) },
  expected: { count: 7, isAtLeast: false },
  createdAt: new Date(CREATED_AT),
  ...more,
});

describe("jobs", () => {
  test("a job is there as far as it is; another workspace does not find it", async () => {
    await jobs.create(aJob("job_1"));
    await jobs.claim("job_1", "hm", 10_000);
    await jobs.advance("job_1", "hm", tally(3, 1), new Date(CREATED_AT - 500));
    expect(await jobs.find(workspaceId, "job_1")).toEqual({
      ...aJob("job_1"),
      status: "running",
      cursor: new Date(CREATED_AT - 500),
      ...tally(3, 1),
    });
    expect(await jobs.find(asWorkspaceId("ws_2"), "job_1")).toBeUndefined();
    expect(await jobs.cancel(asWorkspaceId("ws_2"), "job_1")).toBeUndefined();
  });

  test("a workspace's are worked on one after the other, several workspaces' beside each other", async () => {
    const other = asWorkspaceId("ws_2");
    await jobs.create(aJob("job_2", { createdAt: new Date(CREATED_AT + 1) }));
    await jobs.create(aJob("job_1"));
    await jobs.create(aJob("job_3", { workspaceId: other }));
    const plans = await recordPlans(store.db, JOBS, async () => {
      expect([...(await jobs.listNext())].sort()).toEqual(["job_1", "job_3"]);
    });
    expect(plans.map(({ stages }) => stages)).toEqual([["IXSCAN"]]);
    await jobs.claim("job_1", "hm", 10_000);
    await jobs.complete("job_1", "hm");
    await jobs.cancel(other, "job_3");
    expect(await jobs.listNext()).toEqual(["job_2"]);
  });

  test("one process has it until its lease ends, then another; who lost it notes nothing", async () => {
    await jobs.create(aJob("job_1"));
    expect(await jobs.claim("job_1", "one", 300)).toMatchObject({ isHeld: false });
    expect(await jobs.claim("job_1", "one", 300)).toMatchObject({ isHeld: true });
    expect(await jobs.claim("job_1", "two", 300)).toBeUndefined();
    await eventually(() => jobs.claim("job_1", "two", 10_000));
    expect(await jobs.claim("job_1", "one", 300)).toBeUndefined();
    await jobs.advance("job_1", "one", tally(5), new Date(CREATED_AT));
    expect(await jobs.complete("job_1", "one")).toBe(false);
    expect(await jobs.find(workspaceId, "job_1")).toMatchObject({ status: "running", resent: 0 });
    await jobs.advance("job_1", "two", tally(2));
    expect(await jobs.complete("job_1", "two")).toBe(true);
    expect(await jobs.find(workspaceId, "job_1")).toMatchObject({ status: "completed", resent: 2 });
  });

  test("claimed by many at once it is one's", async () => {
    await jobs.create(aJob("job_1"));
    const claims = await Promise.all(
      Array.from({ length: 10 }, (_, n) => jobs.claim("job_1", `hm_${n}`, 10_000)),
    );
    expect(claims.filter((claim) => claim)).toHaveLength(1);
  });

  test("cancelled it is nobody's to go on with, and what was done meanwhile counts; ended it stays so", async () => {
    await jobs.create(aJob("job_1"));
    await jobs.claim("job_1", "hm", 10_000);
    expect(await jobs.cancel(workspaceId, "job_1")).toMatchObject({
      status: "cancelled",
      finishedAt: expect.any(Date),
    });
    expect(await jobs.claim("job_1", "hm", 10_000)).toBeUndefined();
    await jobs.advance("job_1", "hm", tally(4));
    expect(await jobs.complete("job_1", "hm")).toBe(false);
    expect(await jobs.cancel(workspaceId, "job_1")).toMatchObject({ status: "cancelled", resent: 4 });
    await jobs.create(aJob("job_2"));
    await jobs.claim("job_2", "hm", 10_000);
    await jobs.complete("job_2", "hm");
    expect(await jobs.cancel(workspaceId, "job_2")).toMatchObject({ status: "completed" });
  });
});
