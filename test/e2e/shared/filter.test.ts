import { describe, expect } from "@jest/globals";
import {
  anEvent,
  eventually,
  type EventInput,
  numberedEvents,
  readEvents,
  readSequence,
  type TestWorkspace,
} from "@hooklane/testing";
import { useSharedServices } from "../support/suite.js";

const suite = useSharedServices();
const { check } = suite;

interface Explanation {
  readonly matched: readonly { readonly webhookId: string }[];
  readonly unmatched: readonly { readonly webhookId: string; readonly reason: string }[];
}

/** Why a webhook did not get an event; undefined when it did. The event has to be routed first. */
async function whyNot(
  workspace: TestWorkspace,
  eventId: string,
  webhookId: string,
): Promise<string | undefined> {
  const explanation = await eventually(
    async () => {
      const answer = await workspace.api.call<Explanation>("GET", `/v1/events/${eventId}/explain`);
      return answer.status === 200 && answer.body;
    },
    { what: `an explanation of ${eventId}` },
  );
  return explanation.unmatched.find((entry) => entry.webhookId === webhookId)?.reason;
}

describe("a filter on an event's content", () => {
  check("lets through what matches and nothing else, in order, and explain says why", async () => {
    const { services, receiver } = suite;
    const workspace = await services.createWorkspace();
    const filter = {
      "data.seq": { $gt: 2, $ne: 5 },
      $or: [{ "data.contact.email": { $regex: "@EXAMPLE\\.org$", $options: "i" } }, { "data.vip": true }],
      "data.lines": { $elemMatch: { sku: "a", count: { $gte: 2 } } },
    };
    const { id } = await workspace.createWebhook({ url: receiver.url("/filter"), filter });
    const lines = [{ sku: "a", count: 1 }, { sku: "b" }, { sku: "a", count: 2 }];
    const events = numberedEvents(6, { data: { lines } });
    const unlike = anEvent({ data: { seq: 4, lines: [{ sku: "a" }, { sku: "b", count: 9 }] } });
    await workspace.sendMany([...events.slice(0, 3), unlike, ...events.slice(3)]);
    // The line keeps the order: with the last here, whatever else was sent had come before.
    const seen = await receiver.waitFor((requests) => readSequence(requests).includes(6), {
      path: "/filter",
    });
    expect(readSequence(seen)).toEqual([3, 4, 6]);
    expect(await whyNot(workspace, events[0]!.id, id)).toBe("filter");
    expect(await whyNot(workspace, unlike.id, id)).toBe("filter");
    expect(await whyNot(workspace, events[2]!.id, id)).toBeUndefined();

    const tested = await workspace.api.ask("POST", "/v1/webhooks/test-filter", {
      webhookId: id,
      eventId: unlike.id,
    });
    expect(tested).toMatchObject({
      matched: false,
      conditions: [
        { path: "data.seq", operator: "$gt", expected: 2, actual: 4, matched: true },
        { path: "data.seq", operator: "$ne", matched: true },
        { path: "data.contact.email", operator: "$regex", actual: "lea@example.org", matched: true },
        { path: "data.vip", operator: "$eq", matched: false },
        { path: "data.lines", operator: "$elemMatch", matched: false },
      ],
    });
  });

  check("changed, decides about the very next event", async () => {
    const { services, receiver } = suite;
    const workspace = await services.createWorkspace();
    const { id } = await workspace.createWebhook({
      url: receiver.url("/changed"),
      filter: { "data.seq": { $lt: 0 } },
    });
    const expected: number[] = [];
    for (const [round, seq] of [1, 2, 3, 4, 5].entries()) {
      const isLet = round % 2 === 0;
      const filter = isLet ? { "data.seq": seq } : { "data.seq": { $gt: seq } };
      await workspace.api.ask("PATCH", `/v1/webhooks/${id}`, { filter });
      const event = anEvent({ data: { seq } });
      await workspace.send(event);
      // Until it is routed the next change would decide about it, too.
      expect(await whyNot(workspace, event.id, id)).toBe(isLet ? undefined : "filter");
      if (isLet) expected.push(seq);
    }
    await workspace.api.ask("PATCH", `/v1/webhooks/${id}`, { filter: null });
    await workspace.send(anEvent({ data: { seq: 6 } }));
    const seen = await receiver.waitFor((requests) => readSequence(requests).includes(6), {
      path: "/changed",
    });
    expect(readSequence(seen)).toEqual([...expected, 6]);
  });

  check("that takes too many steps on an event does not match it and holds nobody up", async () => {
    const { services, receiver } = suite;
    const workspace = await services.createWorkspace();
    const filter = { "data.text": { $regex: "(?:(?:a|b|ab)*c?){20}!$" } };
    const costly = await workspace.createWebhook({ url: receiver.url("/costly"), filter });
    await workspace.createWebhook({ url: receiver.url("/beside") });
    const heavy = anEvent({ data: { seq: 1, text: "ab".repeat(100_000) } });
    const light = anEvent({ data: { seq: 2, text: "ab!" } });
    await workspace.sendMany([heavy, light]);
    const seen = await receiver.waitFor((requests) => readSequence(requests).includes(2), {
      path: "/costly",
    });
    expect(readSequence(seen)).toEqual([2]);
    await receiver.waitFor((requests) => readSequence(requests).length === 2, { path: "/beside" });
    expect(await whyNot(workspace, heavy.id, costly.id)).toBe("filter");
    const tested = await workspace.api.ask("POST", "/v1/webhooks/test-filter", { filter, eventId: heavy.id });
    expect(tested).toMatchObject({ matched: false, failure: "too_many_steps" });
  });
});

describe("an audience webhook", () => {
  const subscriber = (audienceId: string) => ({
    id: "s_19",
    audience_id: audienceId,
    email: "lea@example.org",
  });
  const subscribed = (audienceId: string, source: string): EventInput & { readonly id: string } =>
    ofType("audience.subscribed", source, { subscriber: subscriber(audienceId) });
  const cleaned = (audienceId: string) =>
    ofType("audience.address_cleaned", "system", {
      audience_id: audienceId,
      email: "old@example.org",
      reason: "hard_bounce",
    });
  const sending = (audienceId: string) =>
    ofType("audience.campaign_sending", "admin", {
      audience_id: audienceId,
      campaign: { id: "g_2", status: "sent" },
    });
  const ofType = (type: string, source: string, data: EventInput["data"]) => ({
    ...anEvent({ type, source }),
    data,
  });

  check(
    "gets its own audience's ticked actions from ticked sources, and explain says why not others",
    async () => {
      const { services, receiver } = suite;
      const workspace = await services.createWorkspace();
      const { id, status } = await workspace.createWebhook({
        kind: "audience",
        url: receiver.url("/audience"),
        eventTypes: ["audience.subscribed", "audience.address_cleaned", "audience.campaign_sending"],
        sources: ["subscriber"],
        audienceId: "a_4",
      });
      expect(status).toBe("active");
      const others = {
        subscribed: subscribed("a_5", "subscriber"),
        cleaned: cleaned("a_5"),
        source: subscribed("a_4", "admin"),
        unticked: ofType("audience.email_changed", "subscriber", {
          audience_id: "a_4",
          subscriber_id: "s_19",
          old_email: "a@example.org",
          new_email: "b@example.org",
        }),
      };
      const own = [subscribed("a_4", "subscriber"), cleaned("a_4"), sending("a_4")];
      await workspace.sendMany([...Object.values(others), ...own]);
      const seen = await receiver.waitFor((requests) => requests.length >= own.length, { path: "/audience" });
      expect(seen.flatMap(readEvents).map((event) => event.id)).toEqual(own.map((event) => event.id));
      const reasons = await Promise.all(
        Object.values(others).map((event) => whyNot(workspace, event.id, id)),
      );
      expect(reasons).toEqual(["audience", "audience", "source", "event_type"]);
    },
  );
});
