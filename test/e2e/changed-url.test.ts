import { describe, expect } from "@jest/globals";
import {
  always,
  anEvent,
  type CreatedWebhook,
  eventually,
  numberedEvents,
  readSequence,
  type TestWorkspace,
} from "@hooklane/testing";
import { awaitStatuses } from "./support/log.js";
import { useKeptServices } from "./support/suite.js";

const suite = useKeptServices(() => ({ serviceEnv: { dispatcher: { DISPATCHER_RETRY_WAITS_S: "2,3,4" } } }));
const { check } = suite;

const setUrl = (workspace: TestWorkspace, webhook: CreatedWebhook, url: string) =>
  workspace.api.call<CreatedWebhook & { version: number; code?: string; detail?: string }>(
    "PATCH",
    `/v1/webhooks/${webhook.id}`,
    { url },
  );

describe("a changed URL", () => {
  check("applies to what is queued: the next attempt goes there, in order, its number going on", async () => {
    const { services, receiver } = suite;
    const workspace = await services.createWorkspace();
    const webhook = await workspace.createWebhook({ url: receiver.url("/moved/old") });
    receiver.behave("/moved/old", always(503));
    await workspace.sendMany(numberedEvents(5));
    await receiver.waitFor((requests) => requests.length === 1, { path: "/moved/old" });

    const changed = await setUrl(workspace, webhook, receiver.url("/moved/new"));
    expect(changed.status).toBe(200);
    expect(changed.body).toMatchObject({
      url: receiver.url("/moved/new"),
      endpointId: webhook.endpointId,
      generation: webhook.generation,
      version: 2,
    });
    const requests = await receiver.waitFor((seen) => seen.length === 5, { path: "/moved/new" });
    expect(readSequence(requests)).toEqual([1, 2, 3, 4, 5]);
    expect(requests.map(({ attempt }) => attempt)).toEqual([2, 1, 1, 1, 1]);
    const [failed] = receiver.requestsTo("/moved/old");
    expect(receiver.requestsTo("/moved/old")).toHaveLength(1);
    // The same delivery as before, not another one.
    expect(requests[0]!.webhookId).toBe(failed!.webhookId);
    expect(requests[0]!.body.equals(failed!.body)).toBe(true);
    expect(requests[0]!.arrivedAt - failed!.arrivedAt).toBeGreaterThan(1_500);
    await awaitStatuses(workspace, webhook.id, { delivered: 5 });
    await workspace.send(anEvent({ data: { seq: 6 } }));
    await receiver.waitFor((seen) => readSequence(seen).includes(6), { path: "/moved/new" });
  });

  check("to and fro and to again, the line stays one and nothing is lost or sent twice", async () => {
    const { services, receiver } = suite;
    const workspace = await services.createWorkspace();
    const [a, b] = [receiver.url("/fro/a"), receiver.url("/fro/b")];
    const webhook = await workspace.createWebhook({ url: a });
    for (let round = 0; round < 10; round++) {
      const sent = numberedEvents(10).map((event, index) => ({
        ...event,
        data: { ...event.data, seq: round * 10 + index + 1 },
      }));
      await workspace.sendMany(sent);
      expect((await setUrl(workspace, webhook, round % 2 === 0 ? b : a)).status).toBe(200);
    }
    await awaitStatuses(workspace, webhook.id, { delivered: 100 });
    // As they came: two within a millisecond have the same time.
    const requests = receiver.requests.filter(({ path }) => path.startsWith("/fro/"));
    expect(readSequence(requests)).toEqual(Array.from({ length: 100 }, (_, index) => index + 1));
    expect(receiver.requestsTo("/fro/b").length).toBeGreaterThan(0);
  });

  check(
    "of a webhook that shares its line moves it, and what was queued is sent there in order",
    async () => {
      const { services, receiver } = suite;
      const workspace = await services.createWorkspace();
      const [shared, own] = [receiver.url("/line/shared"), receiver.url("/line/own")];
      const [moves, stays] = [
        await workspace.createWebhook({ url: shared, name: "moves" }),
        await workspace.createWebhook({ url: shared, name: "stays" }),
      ];
      const target = await workspace.createWebhook({
        url: own,
        name: "target",
        eventTypes: ["email.opened"],
      });
      receiver.behave("/line/shared", always(503));
      await workspace.sendMany(numberedEvents(4));
      await receiver.waitFor((requests) => requests.length === 1, { path: "/line/shared" });

      const moved = await setUrl(workspace, moves, own);
      expect(moved.body).toMatchObject({
        status: "recovering",
        endpointId: target.endpointId,
        generation: 2,
      });
      receiver.behave("/line/shared", always(200));
      await receiver.waitFor((requests) => readSequence(requests).length === 4, { path: "/line/own" });
      await eventually(async () => (await workspace.readWebhook(moves.id)).status === "active");
      await workspace.send(anEvent({ data: { seq: 5 } }));
      const requests = await receiver.waitFor((seen) => seen.length >= 5, { path: "/line/own" });
      expect(readSequence(requests)).toEqual([1, 2, 3, 4, 5]);
      await awaitStatuses(workspace, stays.id, { delivered: 5 });
    },
  );
});
