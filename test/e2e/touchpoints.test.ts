import { describe, expect } from "@jest/globals";
import { always, eventually, ok, type ReceivedRequest, type TestWorkspace } from "@hooklane/testing";
import { awaitStatuses } from "./support/log.js";
import { useKeptServices } from "./support/suite.js";

const suite = useKeptServices(() => ({
  serviceEnv: {
    "health-monitor": { HEALTH_MONITOR_TOUCHPOINTS_PER_SECOND: "200" },
    dispatcher: { DISPATCHER_RETRY_WAITS_S: "0.2,0.2,0.2" },
  },
}));
const { check } = suite;

const MANY = 1_000;
const MANY_LIMIT_MS = 180_000;

interface Touchpoint {
  readonly id: string;
  readonly status: string;
  readonly dueAt: string;
  readonly counts: Readonly<Record<string, number>>;
}

interface Sent {
  readonly data: { readonly contact: { readonly email: string } };
}

/** An audience and a campaign for it: where their parts are. */
async function makeCampaign(workspace: TestWorkspace) {
  const audience = await workspace.api.ask<{ id: string }>("POST", "/v1/audiences", { name: "Readers" });
  const campaign = await workspace.api.ask<{ id: string }>("POST", "/v1/campaigns", {
    name: "Spring",
    audienceId: audience.id,
    goal: "Win back",
  });
  return {
    audience: `/v1/audiences/${audience.id}`,
    touchpoints: `/v1/campaigns/${campaign.id}/touchpoints`,
  };
}

const addContact = (workspace: TestWorkspace, audience: string, name: string, more: object = {}) =>
  workspace.api.ask<{ id: string }>("POST", `${audience}/contacts`, {
    email: `${name}@example.org`,
    ...more,
  });

/** The workspace's zone is UTC. */
function inSeconds(seconds: number): { readonly date: string; readonly time: string } {
  const [date = "", clock = ""] = new Date(Date.now() + seconds * 1_000).toISOString().split("T");
  return { date, time: clock.slice(0, 8) };
}

const form = (path: string, more: object) => ({
  name: "Postcard",
  url: suite.receiver.url(path),
  auth: { username: "shop", password: "secret" },
  ...more,
});

const awaitCompleted = (workspace: TestWorkspace, path: string, deadlineMs = 60_000) =>
  eventually(
    async () => {
      const found = await workspace.api.ask<Touchpoint>("GET", path);
      if (found.status !== "completed")
        throw new Error(`it is ${found.status}, ${JSON.stringify(found.counts)}`);
      return found;
    },
    { what: "a touchpoint that is completed", deadlineMs, intervalMs: 100 },
  );

const toEmail = ({ body }: ReceivedRequest): string =>
  (JSON.parse(body.toString()) as Sent).data.contact.email;

const emailsAt = (path: string): readonly string[] => suite.receiver.requestsTo(path).map(toEmail).sort();

const addresses = (...names: readonly string[]): readonly string[] =>
  names.map((name) => `${name}@example.org`).sort();

describe("a touchpoint that is due", () => {
  check(
    "counts whom it reached and whom it could not, on the calendar too, and resends of it not",
    async () => {
      const workspace = await suite.services.createWorkspace();
      const { audience, touchpoints } = await makeCampaign(workspace);
      for (const name of ["lea", "max"]) await addContact(workspace, audience, name, { fields: { n: 1 } });
      await addContact(workspace, audience, "off", { status: "unsubscribed", fields: { n: 1 } });
      // Of it no JSON can be made: given up at once.
      await addContact(workspace, audience, "bad", { fields: { n: "}" } });
      const body = '{"n":{{ contact.fields.n }},"data":{"contact":{"email":"{{ contact.email }}"}}}';
      const made = await workspace.api.ask<Touchpoint>(
        "POST",
        touchpoints,
        form("/counted", { ...inSeconds(8), body }),
      );
      const path = `${touchpoints}/${made.id}`;
      const { counts } = await awaitCompleted(workspace, path);
      expect(counts).toEqual({ contacts: 3, sent: 2, failed: 1, skipped: 0, cancelled: 0, pending: 0 });
      expect(emailsAt("/counted")).toEqual(addresses("lea", "max"));
      for (const { arrivedAt } of suite.receiver.requestsTo("/counted"))
        expect(arrivedAt).toBeGreaterThanOrEqual(Date.parse(made.dueAt));
      const day = made.dueAt.slice(0, 10);
      const calendar = await workspace.api.ask<{ data: unknown }>(
        "GET",
        `/v1/campaigns/calendar?from=${day}&to=${day}`,
      );
      expect(calendar.data).toMatchObject([
        { date: day, entries: [{ touchpointId: made.id, status: "completed", counts }] },
      ]);

      await workspace.api.ask("POST", "/v1/deliveries/resend-many", {
        filter: { webhookId: made.id, status: "delivered" },
      });
      await suite.receiver.waitFor((seen) => seen.length === 4, { path: "/counted" });
      expect((await workspace.api.ask<Touchpoint>("GET", path)).counts).toEqual(counts);
    },
  );

  check(
    "is for who was of its segment, or had its tag, at the due time, however late it is begun",
    async () => {
      const { services } = suite;
      const workspace = await services.createWorkspace();
      const { api } = workspace;
      const { audience, touchpoints } = await makeCampaign(workspace);
      await api.ask("POST", `${audience}/tags`, { name: "vip" });
      const segment = await api.ask<{ id: string }>("POST", `${audience}/segments`, {
        name: "Lyon",
        conditions: { "fields.city": "Lyon" },
      });
      const member = { fields: { city: "Lyon" }, tags: ["vip"] };
      const contact = async (name: string, more: object = member) =>
        `${audience}/contacts/${(await addContact(workspace, audience, name, more)).id}`;
      const stays = await contact("stays");
      const leaves = await contact("leaves");
      const goes = await contact("goes");
      const other = await contact("other", { fields: { city: "Nice" } });
      const time = inSeconds(10);
      const add = (path: string, target: object) =>
        api.ask<Touchpoint>("POST", touchpoints, form(path, { ...time, ...target }));
      const both = [await add("/segment", { segmentId: segment.id }), await add("/tag", { tag: "vip" })];
      // Before the due time it counts.
      await api.ask("PATCH", stays, { fields: { seen: true } });
      const early = await contact("early");
      await services.service("health-monitor").stop();
      await eventually(() => Date.now() > Date.parse(both[0]!.dueAt) + 1_000, { what: "the due time" });
      // From then on it does not, but for who is deleted.
      await contact("late");
      await api.ask("PATCH", leaves, { fields: { city: "Nice" }, tags: [] });
      await api.ask("PATCH", other, { fields: { city: "Lyon" }, tags: ["vip"] });
      await api.ask("PATCH", early, { status: "unsubscribed" });
      await api.call("DELETE", goes);
      await services.start(["health-monitor"]);

      for (const { id } of both) {
        const { counts } = await awaitCompleted(workspace, `${touchpoints}/${id}`);
        expect(counts).toMatchObject({ contacts: 4, sent: 3, cancelled: 1, pending: 0 });
      }
      for (const path of ["/segment", "/tag"])
        expect(emailsAt(path)).toEqual(addresses("early", "leaves", "stays"));
    },
  );

  check("sends nobody anything who was deleted since: not by a recovery, a resend, or many", async () => {
    const { services, receiver } = suite;
    const workspace = await services.createWorkspace();
    const { api } = workspace;
    const { audience, touchpoints } = await makeCampaign(workspace);
    const contacts: { readonly id: string }[] = [];
    for (let n = 0; n < 12; n++) contacts.push(await addContact(workspace, audience, `c${n}`));
    receiver.behave("/gone", always(500));
    const made = await api.ask<Touchpoint>("POST", touchpoints, form("/gone", inSeconds(3)));
    const path = `${touchpoints}/${made.id}`;
    // 31 errors: seven given up after four attempts each, the eighth ended by the trip.
    const { counts } = await awaitCompleted(workspace, path);
    expect(counts).toMatchObject({ contacts: 12, sent: 0, failed: 7, skipped: 5 });
    const rows = await awaitStatuses(workspace, made.id, { dead_letter: 7, skipped: 5 });
    const [first, last] = [contacts[0]!.id, contacts[11]!.id];
    for (const id of [first, last]) await api.call("DELETE", `${audience}/contacts/${id}`);
    // As it is when they were deleted more than eight days ago.
    await services.database.collection("deletedContacts").deleteMany({});
    const before = receiver.requestsTo("/gone").length;
    receiver.behave("/gone", ok);

    await api.ask("POST", `/v1/webhooks/${made.id}/activate`, { recover: true });
    await awaitStatuses(workspace, made.id, { dead_letter: 7, skipped: 5, delivered: 4, cancelled: 1 });
    const delivery = rows.find(({ eventId }) => eventId.endsWith(first));
    await api.ask("POST", `/v1/deliveries/${delivery?.id ?? ""}/resend`, {});
    await awaitStatuses(workspace, made.id, { dead_letter: 7, skipped: 5, delivered: 4, cancelled: 2 });
    const filter = { webhookId: made.id, status: "dead_letter" };
    await api.ask("POST", "/v1/deliveries/resend-many", { filter });
    await awaitStatuses(workspace, made.id, { dead_letter: 7, skipped: 5, delivered: 10, cancelled: 3 });
    const reached = receiver.requestsTo("/gone").slice(before).map(toEmail).sort();
    expect(reached).toEqual(addresses(...Array.from({ length: 10 }, (_, n) => `c${n + 1}`)));
    expect((await api.ask<Touchpoint>("GET", path)).counts).toEqual(counts);
  });

  check(
    "reaches each of a thousand contacts once, though both of two health-monitors are killed in turn",
    async () => {
      const { services, receiver } = suite;
      const twin = await services.another("health-monitor");
      twin.spawn();
      await twin.waitReady();
      const workspace = await services.createWorkspace();
      const { audience, touchpoints } = await makeCampaign(workspace);
      const names = Array.from({ length: MANY }, (_, n) => `c${n}`);
      const lines = names.map((name) => JSON.stringify({ email: `${name}@example.org` })).join("\n");
      const job = await workspace.api.ask<{ id: string }>("POST", `${audience}/imports`, lines, {
        "content-type": "application/x-ndjson",
      });
      await eventually(
        async () =>
          (await workspace.api.ask<{ phase: string }>("GET", `/v1/jobs/${job.id}`)).phase === "done",
        { what: "the end of the import", deadlineMs: 60_000 },
      );
      const made = await workspace.api.ask<Touchpoint>("POST", touchpoints, form("/many", inSeconds(3)));
      // One of them has it, by lease; the other goes on with it.
      await receiver.waitFor((seen) => seen.length > 100, { path: "/many", deadlineMs: 60_000 });
      await services.kill9("health-monitor");
      await receiver.waitFor((seen) => seen.length > 500, { path: "/many", deadlineMs: 60_000 });
      await services.start(["health-monitor"]);
      await twin.kill9();
      const { counts } = await awaitCompleted(workspace, `${touchpoints}/${made.id}`, 90_000);
      expect(counts).toMatchObject({ contacts: MANY, sent: MANY, pending: 0 });
      expect(emailsAt("/many")).toEqual(addresses(...names));
    },
    MANY_LIMIT_MS,
  );
});
