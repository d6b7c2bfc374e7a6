import {
  eventually,
  ok,
  readEvents,
  readSequence,
  type Receiver,
  type Services,
  startReceiver,
  startServices,
  TestWorkspace,
} from "@hooklane/testing";
import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import { readDeliveries } from "../../e2e/support/log.js";
import { RejectedReader } from "../../e2e/support/rejected.js";
import { listReleases, readFixture } from "./support/fixtures.js";
import { putInstallation } from "./support/installation.js";
import { type Path, SCHEDULED, SENT } from "./support/make-state.js";

jest.setTimeout(240_000);

/** A field no release has: what a newer one left, as far as this one can tell. */
const OF_A_NEWER = { ofANewerRelease: { kept: true } };

/** Of documents that are written more than once: what one release keeps there, another must not drop. */
const CHANGED = [
  "workspaces",
  "webhooks",
  "eventTypes",
  "plans",
  "journeys",
  "campaigns",
  "touchpoints",
  "audiences",
  "segments",
  "contacts",
  "endpoints",
  "partitions",
];

describe.each(listReleases())("what release %s left", (release) => {
  const { state, installation } = readFixture(release);
  let receiver: Receiver;
  let services: Services;
  let workspace: TestWorkspace;
  const ends: (() => Promise<void>)[] = [];

  beforeAll(async () => {
    receiver = await startReceiver({ behaviour: ok });
    ends.push(() => receiver.close());
    const documents = Object.fromEntries(
      Object.entries(installation.documents).map(([name, found]) => [
        name,
        CHANGED.includes(name) ? found.map((each) => ({ ...(each as object), ...OF_A_NEWER })) : found,
      ]),
    );
    services = await startServices({
      env: { DISPATCHER_RETRY_WAITS_S: "1,1,1" },
      beforeStart: (place) =>
        putInstallation(place, { ...installation, documents }, new URL(receiver.url("/")).host),
    });
    ends.push(() => services.stop());
    const urls = {
      api: services.service("subscription-api").url,
      ingest: services.service("event-ingestor").url,
    };
    workspace = new TestWorkspace(state.workspaceId, state.apiKey, urls);
    ends.push(() => workspace.close());
  });

  afterAll(async () => {
    await ends.reduceRight((before, end) => before.then(end), Promise.resolve());
  });

  /** The test event, without a number, was sent to this one only. */
  const isTest = (path: string, seq: unknown) => path === "/plain" && seq === undefined;
  /** Numbers of the events a path got, in order, repeats left out, without the scheduled one and the test. */
  const arrivals = (path: string): readonly unknown[] => [
    ...new Set(
      readSequence(receiver.requestsTo(path)).filter((seq) => seq !== SCHEDULED && !isTest(path, seq)),
    ),
  ];
  const range = (from: number, to: number) =>
    Array.from({ length: to - from + 1 }, (_, index) => from + index);
  const awaitArrivals = async (path: Path, from: number) => {
    const last = () => arrivals(path).includes(SENT.produced);
    await eventually(last, { what: `the last event at ${path}`, deadlineMs: 120_000 });
    const found = arrivals(path);
    // What was delivered and not noted when the dispatcher was killed comes again, in front.
    expect(found).toEqual(range(Math.min(Number(found[0]), from), SENT.produced));
  };

  test("in the line is delivered in order: routed, accepted, produced, retried, batched", async () => {
    await awaitArrivals("/plain", SENT.delivered + 1);
    await awaitArrivals("/batched", SENT.delivered + 1);
    await awaitArrivals("/failing", 1);
  });

  test("is owed to a webhook that was recovering is sent to it, then it is active", async () => {
    await awaitArrivals("/recovering", SENT.beforeOff + 1);
    await eventually(
      async () => (await workspace.readWebhook(state.webhooks["/recovering"])).status === "active",
      { deadlineMs: 120_000 },
    );
    expect(await workspace.api.ask("GET", `/v1/jobs/${state.recoveryJobId}`)).toMatchObject({
      kind: "recover",
      status: "completed",
    });
  });

  test("was to be resent is resent, in order", async () => {
    const readJob = () => workspace.api.ask<{ status: string }>("GET", `/v1/jobs/${state.resendJobId}`);
    await eventually(async () => (await readJob()).status === "completed", { deadlineMs: 120_000 });
    const resent = range(1, SENT.recorded);
    await eventually(() => resent.every((seq) => arrivals("/resent").includes(seq)), { deadlineMs: 120_000 });
    const sent = readSequence(receiver.requestsTo("/resent")).filter((seq) => Number(seq) <= SENT.recorded);
    expect([...new Set(sent)]).toEqual(resent);
  });

  test("was to be sent at its time is sent: the scheduled event, and the touchpoint to each contact", async () => {
    await receiver.waitFor((requests) => readSequence(requests).includes(SCHEDULED), {
      path: "/plain",
      deadlineMs: 120_000,
    });
    const path = `/v1/campaigns/${state.campaignId}/touchpoints/${state.touchpointId}`;
    const touchpoint = await eventually(
      async () => {
        const found = await workspace.api.ask<{ status: string }>("GET", path);
        return found.status === "completed" && found;
      },
      { what: "the touchpoint to be completed", deadlineMs: 120_000 },
    );
    const count = state.contactIds.length;
    expect(touchpoint).toMatchObject({ counts: { contacts: count, sent: count, failed: 0, pending: 0 } });
    const reached = receiver.requestsTo("/touchpoint").flatMap((request) => readEvents(request));
    expect(reached).toHaveLength(count);
  });

  test("can be read through the API: webhooks with their settings, the log with its attempts, what was refused", async () => {
    const { data } = await workspace.api.ask<{ data: { id: string }[] }>("GET", "/v1/webhooks?limit=100");
    const ids = data.map(({ id }) => id);
    expect(ids).toEqual(expect.arrayContaining(Object.values(state.webhooks)));
    const plain = await workspace.api.ask("GET", `/v1/webhooks/${state.webhooks["/plain"]}`);
    expect(plain).toMatchObject({ name: "/plain", headers: { "x-shop": "blue" }, status: "active" });
    // Also what the former dispatcher did and nobody had written down.
    const all = SENT.produced + 2;
    const rows = await eventually(
      async () => {
        const found = await readDeliveries(workspace, state.webhooks["/plain"]);
        const settled = found.filter(({ status }) => status === "delivered");
        return settled.length === all && settled;
      },
      { what: "the whole delivery log", deadlineMs: 60_000 },
    );
    expect(rows.every(({ attempts }) => attempts.at(-1)?.statusCode === 200)).toBe(true);
    const rejected = await RejectedReader.open(services);
    try {
      await rejected.awaitValue(Buffer.from("{ this is no JSON"));
    } finally {
      await rejected.close();
    }
  });

  test("with fields of a newer release is changed, and the fields are still there", async () => {
    const { api } = workspace;
    const rename = (path: string, change: object) => api.ask("PATCH", path, change);
    const audience = `/v1/audiences/${state.audienceId}`;
    await rename(`/v1/webhooks/${state.webhooks["/plain"]}`, { name: "renamed", headers: {} });
    await rename("/v1/workspace", { contacts: [{ email: "other@example.org", language: "fr" }] });
    await rename("/v1/event-types/email.link_clicked", { validation: "warn" });
    await rename(`/v1/journeys/${state.journeyId}`, { name: "renamed" });
    await rename(`/v1/campaigns/${state.campaignId}`, { name: "renamed" });
    await rename(audience, { name: "renamed" });
    await rename(`${audience}/segments/${state.segmentId}`, { name: "renamed" });
    await rename(`${audience}/contacts/${state.contactIds[0]}`, { fields: { city: "Nice" } });
    await api.ask("POST", `/v1/journeys/${state.journeyId}/pause`, {});

    for (const name of CHANGED) {
      const found = services.database.collection(name);
      const [all, kept] = await Promise.all([found.countDocuments(), found.countDocuments(OF_A_NEWER)]);
      expect({ name, kept }).toEqual({ name, kept: all });
    }
    const names = services.database.collection("journeys").find({ name: "renamed" });
    expect(await names.toArray()).toHaveLength(1);
  });
});
