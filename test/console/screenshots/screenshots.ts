import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, describe } from "@jest/globals";
import { always, anEvent, eventually, failFirst, type TestWorkspace } from "@hooklane/testing";
import { useConsole } from "../support/console-suite.js";

const FOLDER = fileURLToPath(new URL("../../../docs/console/", import.meta.url));
const EVENTS = 60;
/** Every what failing call is one that fails: enough to be seen, too few for the rule. */
const FAILING_EVERY = 15;

const suite = useConsole();
const { check } = suite;

interface Made {
  readonly id: string;
}

afterAll(() => console.error(`written to ${FOLDER}`));

/** Not a test: `npm run console:screenshots` has it make the pictures of the README, from a workspace at work. */
describe("pictures of the console", () => {
  check(
    "are made",
    async () => {
      mkdirSync(FOLDER, { recursive: true });
      const { page, workspace } = await suite.takeSeat();
      await workspace.api.ask("PATCH", "/v1/workspace", { name: "Corner shop" });
      // The stream of live events keeps the network from ever being idle.
      const take = async (name: string, path: string, seen: string) => {
        await page.goto(path);
        await page.getByText(seen).first().waitFor();
        await page.locator(".mantine-Skeleton-root").first().waitFor({ state: "detached" });
        await page.screenshot({ path: `${FOLDER}${name}.png` });
      };
      const { webhookId, eventId } = await deliver(workspace);
      const journeyId = await travel(workspace);
      const campaignId = await plan(workspace);
      await take("home", "/", "Warehouse");
      await take("webhook", `/webhooks/${webhookId}`, "Warehouse");
      await take("event", `/events/${eventId}`, "Warehouse");
      await take("journey", `/journeys/${journeyId}`, "Second week");
      await page.emulateMedia({ colorScheme: "dark" });
      await page.getByRole("combobox", { name: "Language" }).selectOption("fr");
      await take("campaign", `/campaigns/${campaignId}`, "Carte de vœux");
    },
    120_000,
  );
});

/** Events that arrive, some of them at the second try. */
async function deliver(workspace: TestWorkspace): Promise<{ webhookId: string; eventId: string }> {
  const made = [];
  for (const name of ["CRM", "Warehouse", "Analytics"])
    made.push(
      await workspace.createWebhook({
        name,
        url: suite.receiver.url(`/${name.toLowerCase()}`),
        status: "active",
      }),
    );
  const events = Array.from({ length: EVENTS }, () => anEvent());
  for (let sent = 0; sent < EVENTS; sent += FAILING_EVERY) {
    suite.receiver.behave("/warehouse", failFirst(1));
    await workspace.sendMany(events.slice(sent, sent + FAILING_EVERY));
    await suite.receiver.waitFor((requests) => requests.length > sent + FAILING_EVERY, {
      path: "/warehouse",
    });
  }
  suite.receiver.behave("/warehouse", always(503));
  await workspace.send(anEvent());
  await eventually(async () => {
    const { data } = await workspace.api.ask<{ data: readonly { status: string }[] }>(
      "GET",
      "/v1/deliveries?status=dead_letter",
    );
    return data.length > 0;
  });
  // The first one arrived at the second try.
  return { webhookId: made[1]!.id, eventId: events[0]!.id };
}

/** A journey somebody came by at each point of. */
async function travel({ api }: TestWorkspace): Promise<string> {
  const { id } = await api.ask<Made>("POST", "/v1/journeys", { name: "Onboarding" });
  const points: Made[] = [];
  for (const name of ["First day", "Second week"])
    points.push(
      await api.ask<Made>("POST", `/v1/journeys/${id}/points`, {
        name,
        url: suite.receiver.url("/onboarding"),
        auth: { username: "shop", password: "hush" },
      }),
    );
  await api.ask("POST", `/v1/journeys/${id}/start`, {});
  for (const [index, point] of points.entries())
    for (let contact = index; contact < 3; contact += 1)
      await api.ask("POST", `/v1/journeys/${id}/points/${point.id}/arrivals`, {
        contact: { id: `c-${contact}`, audience_id: "list-7", email: `c${contact}@example.org` },
      });
  await suite.receiver.waitFor((requests) => requests.length === 5, { path: "/onboarding" });
  return id;
}

/** A campaign with a touchpoint today that is done, and one to come. */
async function plan({ api }: TestWorkspace): Promise<string> {
  const audience = await api.ask<Made>("POST", "/v1/audiences", { name: "Lecteurs" });
  for (const name of ["lea", "max"])
    await api.ask("POST", `/v1/audiences/${audience.id}/contacts`, { email: `${name}@example.org` });
  const campaign = await api.ask<Made>("POST", "/v1/campaigns", {
    name: "Fin d'année",
    audienceId: audience.id,
  });
  const inSeconds = (seconds: number) => {
    const [date = "", time = ""] = new Date(Date.now() + seconds * 1_000).toISOString().split(/[T.]/);
    return { date, time };
  };
  const add = (name: string, path: string, at: object) =>
    api.ask("POST", `/v1/campaigns/${campaign.id}/touchpoints`, {
      name,
      url: suite.receiver.url(path),
      auth: { username: "shop", password: "hush" },
      ...at,
    });
  await add("Aperçu", "/preview", inSeconds(2));
  await add("Carte de vœux", "/card", inSeconds(2 * 24 * 3_600));
  await suite.receiver.waitFor((requests) => requests.length === 2, { path: "/preview" });
  return campaign.id;
}
