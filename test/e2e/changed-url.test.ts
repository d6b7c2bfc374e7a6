import { describe, expect } from "@jest/globals";
import {
  always,
  anEvent,
  type CreatedWebhook,
  numberedEvents,
  readSequence,
  type TestWorkspace,
} from "@hooklane/testing";
import { awaitStatuses } from "./support/log.js";
import { useServices } from "./support/suite.js";

const suite = useServices(() => ({ env: { DISPATCHER_RETRY_WAITS_S: "2,3,4" } }));
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
    expect(requests[0]!.arrivedAt - failed!.arrivedAt).toBeGreaterThan(1_900);
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
    const requests = [...receiver.requestsTo("/fro/a"), ...receiver.requestsTo("/fro/b")].sort(
      (one, other) => one.arrivedAt - other.arrivedAt,
    );
    expect(readSequence(requests)).toEqual(Array.from({ length: 100 }, (_, index) => index + 1));
    expect(receiver.requestsTo("/fro/b").length).toBeGreaterThan(0);
  });

  check("an active webhook leaves no line it shares and joins no other's: 409, and it stays", async () => {
    const { services, receiver } = suite;
    const workspace = await services.createWorkspace();
    const [shared, own] = [receiver.url("/line/shared"), receiver.url("/line/own")];
    const [a, b, c] = [
      await workspace.createWebhook({ url: shared, name: "A" }),
      await workspace.createWebhook({ url: shared, name: "B" }),
      await workspace.createWebhook({ url: own, name: "C" }),
    ];
    for (const [webhook, url] of [
      [a, receiver.url("/line/free")],
      [c, shared],
    ] as const) {
      const answer = await setUrl(workspace, webhook, url);
      expect([answer.status, answer.body.code]).toEqual([409, "conflict"]);
      expect(answer.body.detail).toMatch(/deactivate/);
      expect(await workspace.readWebhook(webhook.id)).toMatchObject({ url: webhook.url, version: 1 });
    }
    await workspace.send(anEvent({ data: { seq: 1 } }));
    await receiver.waitFor((requests) => requests.length === 2, { path: "/line/shared" });
    await receiver.waitFor((requests) => requests.length === 1, { path: "/line/own" });
    expect(receiver.requestsTo("/line/free")).toEqual([]);
    // Switched off, it may go anywhere; nothing is queued for it.
    await workspace.api.ask("POST", `/v1/webhooks/${b.id}/deactivate`, {});
    expect((await setUrl(workspace, b, own)).body).toMatchObject({ endpointId: c.endpointId });
  });
});
