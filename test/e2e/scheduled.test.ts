import { afterAll, beforeAll, describe, expect } from "@jest/globals";
import {
  anEvent,
  eventually,
  type EventInput,
  readEvents,
  readSequence,
  type TestWorkspace,
} from "@hooklane/testing";
import { awaitStatuses } from "./support/log.js";
import { useKeptServices } from "./support/suite.js";
import { Upstream } from "./support/upstream.js";

const RELEASES_PER_SECOND = 20;
const suite = useKeptServices(() => ({
  serviceEnv: { "health-monitor": { HEALTH_MONITOR_RELEASES_PER_SECOND: String(RELEASES_PER_SECOND) } },
}));
const { check } = suite;
let upstream: Upstream;

beforeAll(async () => {
  upstream = await Upstream.connect(suite.services);
});

afterAll(() => upstream.close());

const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1_000).toISOString();

interface LoggedEvent {
  readonly status: string;
  readonly deliverAt?: string;
  readonly deliveryIds: readonly string[];
}

/** Undefined until it was routed. */
async function readEvent(workspace: TestWorkspace, id: string): Promise<LoggedEvent | undefined> {
  const answer = await workspace.api.call<LoggedEvent>("GET", `/v1/events/${id}`);
  return answer.status === 200 ? answer.body : undefined;
}

/** Produced a minute ago and read now: so a test need not wait for the minute an event is scheduled ahead at least. */
const sendAsOfAMinuteAgo = (workspace: TestWorkspace, events: readonly EventInput[]) =>
  upstream.sendRaw(
    events.map((event) => ({
      key: workspace.id,
      value: JSON.stringify(event),
      timestamp: String(Date.now() - 60_000),
    })),
  );

describe("an event with deliverAt", () => {
  check("waits for its time, is matched then, and arrives once with its own id", async () => {
    const { services, receiver } = suite;
    const workspace = await services.createWorkspace();
    const early = await workspace.createWebhook({ url: receiver.url("/timed/early") });
    const deliverAt = inSeconds(6);
    const event = anEvent({ deliverAt, data: { seq: 1 } });
    await sendAsOfAMinuteAgo(workspace, [event, event]);
    const { deliverAt: _, ...withoutTime } = event;
    const waiting = await eventually(() => readEvent(workspace, event.id));
    expect(waiting).toMatchObject({ status: "scheduled", deliverAt, deliveryIds: [] });
    // The same id without a time changes nothing.
    expect(await workspace.send(withoutTime)).toEqual({ id: event.id, status: "accepted" });
    expect(Date.now()).toBeLessThan(Date.parse(deliverAt));
    // Made while the event waits; the one before is switched off.
    const late = await workspace.createWebhook({ url: receiver.url("/timed/late") });
    await workspace.api.ask("POST", `/v1/webhooks/${early.id}/deactivate`, {});

    const [request] = await receiver.waitFor((seen) => seen.length === 1, { path: "/timed/late" });
    const lateByMs = request!.arrivedAt - Date.parse(deliverAt);
    expect(lateByMs).toBeGreaterThanOrEqual(0);
    expect(lateByMs).toBeLessThan(5_000);
    expect(readEvents(request!)).toEqual([withoutTime]);
    const [delivery] = await awaitStatuses(workspace, late.id, { delivered: 1 });
    expect(await readEvent(workspace, event.id)).toMatchObject({
      status: "accepted",
      deliverAt,
      deliveryIds: [delivery!.id],
    });
    // Given again after it was released, it is accepted again and stays delivered once.
    expect(await workspace.send(withoutTime)).toEqual({ id: event.id, status: "accepted" });
    await workspace.send(anEvent({ data: { seq: 2 } }));
    const all = await receiver.waitFor((seen) => readSequence(seen).includes(2), { path: "/timed/late" });
    expect(readSequence(all)).toEqual([1, 2]);
    expect(receiver.requestsTo("/timed/early")).toEqual([]);
    const listed = await workspace.api.ask<{ data: { id: string }[] }>("GET", "/v1/events");
    expect(listed.data.filter(({ id }) => id === event.id)).toHaveLength(1);
  });

  check("that is cancelled never reaches the receiver, at the moment of its release neither", async () => {
    const { services, receiver } = suite;
    const workspace = await services.createWorkspace();
    await workspace.createWebhook({ url: receiver.url("/cancelled") });
    const count = 9 * RELEASES_PER_SECOND;
    const deliverAt = inSeconds(10);
    const events = Array.from({ length: count }, (_, index) =>
      anEvent({ deliverAt, data: { seq: index + 1 } }),
    );
    await sendAsOfAMinuteAgo(workspace, events);
    const list = () =>
      workspace.api.ask<{ data: { id: string; deliverAt: string }[] }>(
        "GET",
        "/v1/events/scheduled?limit=200",
      );
    const waiting = await eventually(async () => {
      const { data } = await list();
      return data.length === count && data;
    });
    expect(waiting.map(({ id }) => id)).toEqual(events.map(({ id }) => id));
    const cancel = async ({ id }: EventInput) =>
      (await workspace.api.call("DELETE", `/v1/events/scheduled/${id}`)).status;
    // A third long before; the rest while some a second are released, for six seconds.
    const early = events.filter((_, index) => index % 3 === 0);
    expect(new Set(await Promise.all(early.map(cancel)))).toEqual(new Set([204]));
    await receiver.waitFor((seen) => seen.length > 0, { path: "/cancelled" });
    const late = events.filter((_, index) => index % 3 !== 0).reverse();
    const statuses = await Promise.all(late.map(cancel));
    const sent = events.filter((event) => statuses[late.indexOf(event)] === 409);
    expect(new Set(statuses)).toEqual(new Set([204, 409]));
    await workspace.send(anEvent({ data: { seq: count + 1 } }));
    const expected = new Set([...sent.map(({ data }) => data.seq), count + 1]);
    await receiver.waitFor((seen) => new Set(readSequence(seen)).size >= expected.size, {
      path: "/cancelled",
    });
    await eventually(async () => (await list()).data.length === 0);
    await workspace.send(anEvent({ data: { seq: count + 2 } }));
    const all = await receiver.waitFor((seen) => readSequence(seen).includes(count + 2), {
      path: "/cancelled",
    });
    expect(new Set(readSequence(all))).toEqual(new Set([...expected, count + 2]));
    for (const event of [early[0]!, ...late.filter((_, index) => statuses[index] === 204).slice(0, 3)]) {
      expect(await readEvent(workspace, event.id)).toMatchObject({ status: "cancelled", deliveryIds: [] });
      const again = await workspace.send({ id: event.id, type: event.type, data: event.data });
      expect(again.status).toBe("accepted");
    }
    await workspace.send(anEvent({ data: { seq: count + 3 } }));
    const last = await receiver.waitFor((seen) => readSequence(seen).includes(count + 3), {
      path: "/cancelled",
    });
    expect(new Set(readSequence(last)).size).toBe(expected.size + 2);
  });

  check("over HTTP may be 1 minute to 90 days ahead, alone and among others", async () => {
    const { services, receiver } = suite;
    const workspace = await services.createWorkspace();
    await workspace.createWebhook({ url: receiver.url("/ahead") });
    const post = (deliverAt: string) =>
      workspace.ingest.call<{ code: string; errors: { path: string; code: string }[] }>(
        "POST",
        "/v1/events",
        anEvent({ deliverAt }),
      );
    const soon = await post(inSeconds(55));
    expect([soon.status, soon.body.errors]).toMatchObject([422, [{ path: "deliverAt", code: "too_small" }]]);
    const far = await post(inSeconds(91 * 86_400));
    expect([far.status, far.body.errors]).toMatchObject([422, [{ path: "deliverAt", code: "too_large" }]]);
    const good = anEvent({ deliverAt: inSeconds(3_600) });
    const answer = await workspace.sendMany([
      good,
      anEvent({ deliverAt: "soon" }),
      anEvent({ data: { seq: 1 } }),
    ]);
    expect(answer.body).toMatchObject({
      results: [
        { id: good.id, status: "accepted" },
        {
          status: "rejected",
          code: "invalid_event",
          errors: [{ path: "deliverAt", code: "invalid_format" }],
        },
        { status: "accepted" },
      ],
    });
    const requests = await receiver.waitFor((seen) => seen.length > 0, { path: "/ahead" });
    expect(readSequence(requests)).toEqual([1]);
    expect(await eventually(() => readEvent(workspace, good.id))).toMatchObject({ status: "scheduled" });
    const explained = await workspace.api.call<{ code: string }>("GET", `/v1/events/${good.id}/explain`);
    expect([explained.status, explained.body.code]).toEqual([409, "conflict"]);
  });

  check(
    "arrives once and in order, however often its releaser is killed, and does not hold others up",
    async () => {
      const { services, receiver } = suite;
      const [workspace, other] = [await services.createWorkspace(), await services.createWorkspace()];
      const webhook = await workspace.createWebhook({ url: receiver.url("/killed") });
      await other.createWebhook({ url: receiver.url("/beside") });
      const count = 8 * RELEASES_PER_SECOND;
      const deliverAt = inSeconds(5);
      await sendAsOfAMinuteAgo(
        workspace,
        Array.from({ length: count }, (_, index) => anEvent({ deliverAt, data: { seq: index + 1 } })),
      );
      await sendAsOfAMinuteAgo(other, [anEvent({ deliverAt: inSeconds(6), data: { seq: 1 } })]);
      let killed = 0;
      for (let seen = 0; seen < count / 2; killed++) {
        await receiver.waitFor((requests) => requests.length > seen, { path: "/killed" });
        await services.kill9("health-monitor");
        seen = receiver.requestsTo("/killed").length + RELEASES_PER_SECOND;
        await services.start(["health-monitor"]);
      }
      const requests = await receiver.waitFor((seen) => seen.length >= count, { path: "/killed" });
      await awaitStatuses(workspace, webhook.id, { delivered: count });
      expect(readSequence(requests)).toEqual(Array.from({ length: count }, (_, index) => index + 1));
      expect(killed).toBeGreaterThan(1);
      expect(receiver.requestsTo("/beside")).toHaveLength(1);
      const metrics = await (await fetch(`${services.service("health-monitor").url}/metrics`)).text();
      expect(metrics).toMatch(/hooklane_scheduled_events_waiting\{[^}]*\} \d+/);
      expect(metrics).toMatch(/hooklane_scheduled_release_late_seconds_count\{[^}]*\} \d+/);
    },
  );
});
