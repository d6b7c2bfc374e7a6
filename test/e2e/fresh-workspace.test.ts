import { describe, expect } from "@jest/globals";
import { anEvent, answer, readEvents, type TestWorkspace } from "@hooklane/testing";
import { awaitStatuses } from "./support/log.js";
import { useKeptServices } from "./support/suite.js";

const suite = useKeptServices();
const { check } = suite;

/** At the same time, so that the services' copies of the configuration have something to be behind with. */
const WORKSPACES = 24;
const EMAIL = "fresh-lea@example.org";

const campaignSending = () => ({
  ...anEvent({ type: "audience.campaign_sending", source: "admin" }),
  data: { audience_id: "a_4", campaign: { id: "g_2", status: "sent" } },
});

/** Everything about it was made a moment ago, and its events are on their way at once. */
async function makeAndSend(workspace: TestWorkspace, path: string) {
  const url = suite.receiver.url(path);
  const audience = await workspace.createWebhook({
    kind: "audience",
    url,
    eventTypes: ["audience.campaign_sending", "audience.address_cleaned"],
    sources: ["subscriber"],
    audienceId: "a_4",
  });
  const sending = campaignSending();
  await workspace.send(sending);
  const filtered = await workspace.createWebhook({
    url,
    eventTypes: ["contact.subscribed"],
    filter: { "data.contact.list.id": "l_7" },
    headers: { "x-path": path },
  });
  const contact = { id: "c_81", email: EMAIL, name: "Léa Roux", list: { id: "l_7", name: "Printemps" } };
  const subscribed = { ...anEvent({ type: "contact.subscribed" }), data: { contact } };
  const imported = { ...subscribed, id: `${subscribed.id}-import`, source: "import" };
  const other = {
    ...subscribed,
    id: `${subscribed.id}-other`,
    data: { contact: { ...contact, list: { id: "l_8" } } },
  };
  await workspace.sendMany([imported, other, subscribed]);
  return { workspace, path, audience, filtered, sent: [sending.id, subscribed.id] };
}

describe("a workspace made a moment ago", () => {
  check("has everything it was made with apply to its very first events", async () => {
    const { services, receiver } = suite;
    const made = await Promise.all(
      Array.from({ length: WORKSPACES }, async (_, n) => {
        const path = `/fresh/${n}`;
        receiver.behave(path, ({ body }) => answer(200, { body: String(body) }));
        return makeAndSend(await services.createWorkspace({ redact: ["data.contact.email"] }), path);
      }),
    );
    for (const { workspace, path, audience, filtered, sent } of made) {
      const seen = await receiver.waitFor((requests) => requests.length >= 2, { path });
      expect(seen.flatMap(readEvents).map(({ id }) => id)).toEqual(sent);
      expect(seen[1]?.headers["x-path"]).toBe(path);
      expect(String(seen[1]?.body)).toContain(EMAIL);
      await awaitStatuses(workspace, audience.id, { delivered: 1 });
      await awaitStatuses(workspace, filtered.id, { delivered: 1 });
      // What a receiver repeats, and what is kept of the event itself.
      for (const list of ["/v1/deliveries", `/v1/events/${sent[1]}`]) {
        expect((await workspace.api.call("GET", list)).text).not.toContain(EMAIL);
      }
    }
  });
});
