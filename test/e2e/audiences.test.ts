import { beforeAll, describe, expect } from "@jest/globals";
import { setTimeout as sleep } from "node:timers/promises";
import {
  eventually,
  JsonClient,
  type DeliveredEvent,
  readEvents,
  type ServiceProcess,
  type TestWorkspace,
} from "@hooklane/testing";
import { useKeptServices } from "./support/suite.js";

const suite = useKeptServices();
const { check } = suite;

const ACTIONS = [
  "audience.subscribed",
  "audience.unsubscribed",
  "audience.profile_updated",
  "audience.email_changed",
] as const;

interface Made {
  readonly id: string;
  readonly version: number;
}

async function createAudience(
  workspace: TestWorkspace,
): Promise<{ readonly id: string; readonly contacts: string }> {
  const { id } = await workspace.api.ask<Made>("POST", "/v1/audiences", { name: "Newsletter" });
  return { id, contacts: `/v1/audiences/${id}/contacts` };
}

/** An audience webhook at a path of the receiver. It is switched on by saving it. */
const listen = (workspace: TestWorkspace, audienceId: string, path: string, sources: readonly string[]) =>
  workspace.api.ask<{ id: string }>("POST", "/v1/webhooks", {
    kind: "audience",
    url: suite.receiver.url(path),
    eventTypes: ACTIONS,
    audienceId,
    sources,
  });

const eventsAt = (path: string): readonly DeliveredEvent[] =>
  suite.receiver.requestsTo(path).flatMap((request) => readEvents(request));

const toldAt = (path: string): readonly string[] =>
  eventsAt(path).map(({ type, source }) => `${type.replace("audience.", "")} ${source}`);

describe("an audience webhook", () => {
  check(
    "is told what becomes of the contacts of its audience, in order, from the sources it asks for",
    async () => {
      const workspace = await suite.services.createWorkspace();
      const [ours, others] = [await createAudience(workspace), await createAudience(workspace)];
      const boxes = ["subscriber", "admin", "api"];
      await listen(workspace, ours.id, "/all", boxes);
      const byAdmin = await listen(workspace, ours.id, "/admin", ["admin"]);
      await listen(workspace, ours.id, "/subscriber", ["subscriber"]);
      const elsewhere = await listen(workspace, others.id, "/others", boxes);

      const { api } = workspace;
      const lea = await api.ask<Made>("POST", ours.contacts, {
        email: "lea@example.org",
        fields: { city: "Lyon" },
      });
      const path = `${ours.contacts}/${lea.id}`;
      await api.ask("PATCH", `${path}?source=admin`, { fields: { city: "Paris" } });
      await api.ask("PATCH", path, { email: "lea.roux@example.org" });
      await api.ask("PATCH", path, { fields: { city: "Paris" } });
      await api.ask("PATCH", `${path}?source=admin`, { status: "unsubscribed" });
      await api.ask("PATCH", path, { status: "subscribed" });
      await api.call("DELETE", path);
      await api.ask("POST", others.contacts, { email: "max@example.org" });

      const told = [
        "subscribed api",
        "profile_updated admin",
        "email_changed api",
        "unsubscribed admin",
        "subscribed api",
        "unsubscribed api",
      ];
      await suite.receiver.waitFor(
        () => toldAt("/all").length >= told.length && toldAt("/others").length >= 1,
      );
      await suite.receiver.waitFor(() => toldAt("/admin").length >= 2);
      expect(toldAt("/all")).toEqual(told);
      expect(toldAt("/admin")).toEqual(["profile_updated admin", "unsubscribed admin"]);
      expect(toldAt("/others")).toEqual(["subscribed api"]);
      expect(toldAt("/subscriber")).toEqual([]);
      const [subscribed, updated, changed, , , deleted] = eventsAt("/all");
      expect(subscribed?.data).toEqual({
        subscriber: {
          id: lea.id,
          audience_id: ours.id,
          email: "lea@example.org",
          fields: { city: "Lyon" },
          tags: [],
          status: "subscribed",
        },
      });
      expect(updated?.data).toMatchObject({
        subscriber: { fields: { city: "Paris" } },
        changed_fields: ["city"],
      });
      expect(changed?.data).toEqual({
        audience_id: ours.id,
        subscriber_id: lea.id,
        old_email: "lea@example.org",
        new_email: "lea.roux@example.org",
      });
      expect(deleted?.data).toMatchObject({ action: "deleted", reason: "manual", campaign_id: null });

      const explained = await api.ask<{ unmatched: { webhookId: string; reason: string }[] }>(
        "GET",
        `/v1/events/${encodeURIComponent(subscribed!.id)}/explain`,
      );
      expect(explained.unmatched).toContainEqual({ webhookId: byAdmin.id, reason: "source" });
      expect(explained.unmatched).toContainEqual({ webhookId: elsewhere.id, reason: "audience" });
    },
  );

  check("of a deleted tag is told of each contact that loses it", async () => {
    const workspace = await suite.services.createWorkspace();
    const { id, contacts } = await createAudience(workspace);
    await workspace.api.ask("POST", `/v1/audiences/${id}/tags`, { name: "vip" });
    for (const name of ["a", "b", "c"])
      await workspace.api.ask("POST", contacts, {
        email: `${name}@example.org`,
        tags: name === "c" ? [] : ["vip"],
      });
    await listen(workspace, id, "/tag", ["admin"]);
    await workspace.api.call("DELETE", `/v1/audiences/${id}/tags/vip?source=admin`);
    await suite.receiver.waitFor(() => toldAt("/tag").length === 2);
    expect(eventsAt("/tag")).toEqual([
      expect.objectContaining({ type: "audience.profile_updated", source: "admin" }),
      expect.objectContaining({ data: expect.objectContaining({ changed_fields: ["tags"] }) }),
    ]);
  });
});

/** Changed by both processes; the others by the one that is killed alone, so that nobody else tells of them soon. */
const SHARED = 2;
const CONTACTS = 10;
/** Between a writer's calls: what is told has one line. */
const WRITE_PAUSE_MS = 15;
const ROUNDS_MIN = 3;
const ROUNDS_MAX = 10;
const SWEPT_WITHIN_MS = 9_000;

describe("two subscription-api that change the same contacts, of which one is killed with kill -9 again and again", () => {
  let twin: ServiceProcess;
  let sweptBefore: number;
  beforeAll(async () => {
    twin = await suite.services.another("subscription-api");
    sweptBefore = await sweptOf();
  });

  const sweptOf = () => suite.services.service("health-monitor").metric("contact_events_swept_total");
  /** What a dead process leaves is taken up after five seconds. */
  const isSwept = () =>
    eventually(async () => (await sweptOf()) > sweptBefore, { deadlineMs: SWEPT_WITHIN_MS }).then(
      () => true,
      () => false,
    );

  check(
    "no change that is stored goes untold, and each contact's are told in their order",
    async () => {
      const workspace = await suite.services.createWorkspace();
      const { id, contacts } = await createAudience(workspace);
      await listen(workspace, id, "/order", ["api"]);
      const made = await Promise.all(
        Array.from({ length: CONTACTS }, (_, n) =>
          workspace.api.ask<Made>("POST", contacts, { email: `c${n}@example.org` }),
        ),
      );
      const other = new JsonClient(twin.url, workspace.apiKey);
      let isDone = false;
      const write = async (client: JsonClient, name: string, contactId: string) => {
        for (let n = 0; !isDone; n++) {
          // Whoever is cut off does not know whether it was stored; what is stored has to be told.
          await client
            .call("PATCH", `${contacts}/${contactId}`, { fields: { [name]: n } })
            .catch(() => undefined);
          await sleep(WRITE_PAUSE_MS);
        }
      };
      const writers = made.flatMap((contact, n) => [
        ...(n < SHARED ? [write(workspace.api, "one", contact.id)] : []),
        write(other, "two", contact.id),
      ]);
      try {
        // And until it died between a commit and its announcement.
        for (let round = 0; round < ROUNDS_MIN || !(await isSwept()); round++) {
          expect(round).toBeLessThan(ROUNDS_MAX);
          if (!twin.isRunning) twin.spawn();
          await twin.waitReady();
          const told = eventsAt("/order").length;
          await suite.receiver.waitFor(() => eventsAt("/order").length > told + 20);
          await twin.kill9();
        }
      } finally {
        isDone = true;
        await Promise.all(writers);
        await other.close();
      }
      for (const { id: contactId } of made) {
        const { version } = await workspace.api.ask<Made>("GET", `${contacts}/${contactId}`);
        expect(version).toBeGreaterThan(1);
        const versions = () =>
          eventsAt("/order")
            .map((event) => event.id.split(":"))
            .filter(([, contact]) => contact === contactId)
            .map(([, , told]) => Number(told));
        await eventually(() => versions().length >= version, { deadlineMs: 60_000 });
        expect(versions()).toEqual(Array.from({ length: version }, (_, index) => index + 1));
      }
    },
    240_000,
  );
});
