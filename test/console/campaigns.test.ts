import { beforeAll, describe, expect } from "@jest/globals";
import { JsonClient, type TestWorkspace } from "@hooklane/testing";
import { LANGUAGES, type Visit } from "./support/browser.js";
import { useConsole } from "./support/console-suite.js";
import { type Say, sayIn } from "./support/say.js";

const suite = useConsole();
const { check } = suite;

const ZONE = "Europe/Paris";

interface Made {
  readonly id: string;
}

interface Shown extends Made {
  readonly name: string;
  readonly status: string;
  readonly audienceId: string;
}

beforeAll(async () => {
  const { services } = suite;
  const operator = new JsonClient(services.service("subscription-api").url, services.operatorKey);
  try {
    await operator.ask("POST", "/v1/plans/families/audience", {});
  } finally {
    await operator.close();
  }
});

/** A day far enough ahead, in the month after this one. */
function inNextMonth(): string {
  const today = new Date();
  const day = new Date(Date.UTC(today.getUTCFullYear(), today.getUTCMonth() + 1, 15));
  return day.toISOString().slice(0, "2027-01-15".length);
}

/** In so many seconds, as the clocks of the zone show it. */
function inSeconds(seconds: number): { readonly date: string; readonly time: string } {
  const local = new Date(Date.now() + seconds * 1_000).toLocaleString("sv-SE", { timeZone: ZONE });
  const [date = "", time = ""] = local.split(" ");
  return { date, time };
}

/** The day in spring the zone's clocks are put forward, from two to three in the morning. */
function nextSpringForward(): string {
  for (let year = new Date().getUTCFullYear(); ; year++) {
    const day = new Date(Date.UTC(year, 3, 0));
    day.setUTCDate(day.getUTCDate() - day.getUTCDay());
    if (day.getTime() > Date.now()) return day.toISOString().slice(0, "2027-03-28".length);
  }
}

/** Two subscribed contacts with a tag, two of whom it is not; and an audience beside it. */
async function addAudiences({ api }: TestWorkspace): Promise<string> {
  await api.ask("PATCH", "/v1/workspace", { timeZone: ZONE });
  const { id } = await api.ask<Made>("POST", "/v1/audiences", { name: "Readers" });
  const path = `/v1/audiences/${id}`;
  await api.ask("POST", `${path}/tags`, { name: "vip" });
  await api.ask("POST", `${path}/segments`, { name: "In Lyon", conditions: { "fields.city": "Lyon" } });
  const contacts = [
    { email: "lea@example.org", tags: ["vip"] },
    { email: "max@example.org", tags: ["vip"], fields: { city: "Lyon" } },
    { email: "tom@example.org" },
    { email: "off@example.org", tags: ["vip"], status: "unsubscribed" },
  ];
  await Promise.all(contacts.map((contact) => api.ask("POST", `${path}/contacts`, contact)));
  const other = await api.ask<Made>("POST", "/v1/audiences", { name: "Others" });
  await api.ask("POST", `/v1/audiences/${other.id}/tags`, { name: "of others" });
  return id;
}

/** A campaign with one touchpoint; where it is in the API, and in the console. */
async function addTouchpoint(workspace: TestWorkspace, more: object = {}): Promise<string> {
  const audienceId = await addAudiences(workspace);
  const campaign = await workspace.api.ask<Made>("POST", "/v1/campaigns", { name: "Spring", audienceId });
  const { id } = await workspace.api.ask<Made>("POST", `/v1/campaigns/${campaign.id}/touchpoints`, {
    name: "Postcard",
    url: suite.receiver.url("/postcard"),
    auth: { username: "shop", password: "hush" },
    date: inNextMonth(),
    time: "09:30",
    ...more,
  });
  return `/campaigns/${campaign.id}/touchpoints/${id}`;
}

async function fillRequest(visit: Visit, say: Say, path: string): Promise<void> {
  await visit.field(say("requestBuilder:name")).fill("Postcard");
  await visit.field(say("requestBuilder:url")).fill(suite.receiver.url(path));
  await visit.field(say("requestBuilder:username")).fill("shop");
  await visit.field(say("requestBuilder:password")).fill("hush");
  await visit.field(say("requestBuilder:dataToSend")).fill('{"to":"{{ contact.email }}"}');
}

describe.each(LANGUAGES)("a campaign, in %s (F4)", (language) => {
  check(
    "is made for an audience; its webhook waits on the calendar until it is due, then reaches each contact once",
    async () => {
      const { visit, page, say, workspace } = await suite.takeSeat(language);
      const audienceId = await addAudiences(workspace);
      const path = `/campaign-${language}`;
      await page.getByRole("link", { name: say("layout:campaigns") }).click();
      await page.getByRole("heading", { name: say("campaigns:title"), level: 1 }).waitFor();
      await page.getByText(say("campaigns:empty")).waitFor();
      expect(await visit.findBarriers()).toEqual([]);
      await page.getByRole("link", { name: say("campaigns:create") }).click();
      await page.getByRole("button", { name: say("campaigns:create") }).click();
      expect(await page.getByText(say("fields:required")).count()).toBe(2);
      await visit.field(say("campaigns:campaignName")).fill("Spring");
      await visit.field(say("campaigns:audience")).selectOption({ label: "Readers" });
      expect(await visit.findBarriers()).toEqual([]);
      await page.getByRole("button", { name: say("campaigns:create") }).click();

      await page.getByRole("button", { name: say("touchpoints:add") }).click();
      await page.getByRole("menuitem", { name: say("touchpoints:webhook") }).click();
      await page.getByText(say("touchpoints:timeZone", { timeZone: ZONE })).waitFor();
      const target = visit.field(say("touchpoints:target"));
      await target.selectOption({ label: "vip" });
      expect(await visit.field(say("campaigns:audience")).inputValue()).toBe(audienceId);
      expect(await target.locator("option").allTextContents()).toEqual([
        say("touchpoints:everybody"),
        "In Lyon",
        "vip",
      ]);
      await page.getByText(say("touchpoints:matching_other", { shown: 2 })).waitFor();
      await fillRequest(visit, say, path);
      const schedule = page.getByRole("button", { name: say("touchpoints:schedule") });
      const [date, time] = [visit.field(say("touchpoints:date")), visit.field(say("touchpoints:time"))];
      await date.fill("2026-01-01");
      await time.fill("02:30");
      await schedule.click();
      await page.getByText(say("touchpoints:past", { timeZone: ZONE })).waitFor();
      await date.fill(nextSpringForward());
      await page.getByText(say("touchpoints:leftOut", { timeZone: ZONE })).waitFor();
      await date.fill(inNextMonth());
      await time.fill("09:30");
      expect(await visit.findBarriers()).toEqual([]);
      await schedule.click();
      await page.getByRole("button", { name: say("webhooks:done") }).click();

      await page.getByRole("button", { name: say("campaigns:nextMonth") }).click();
      const entry = page.getByRole("grid").getByRole("link", { name: /Postcard/ });
      await entry.getByText(say("touchpoints:status_scheduled")).waitFor();
      expect(await entry.textContent()).toMatch(/0?9:30/);
      expect(await visit.findBarriers()).toEqual([]);
      const [touchpoint] = (
        await workspace.api.ask<{ data: readonly Shown[] }>(
          "GET",
          `/v1${new URL(page.url()).pathname}/touchpoints`,
        )
      ).data;
      await workspace.api.ask(
        "PATCH",
        `/v1${new URL(page.url()).pathname}/touchpoints/${touchpoint!.id}`,
        inSeconds(2),
      );
      await page.getByRole("button", { name: say("campaigns:today") }).click();
      // By itself, once it is due and done.
      await entry.getByText(say("touchpoints:status_completed")).waitFor();
      expect(
        suite.receiver
          .requestsTo(path)
          .map(({ body }) => body.toString())
          .sort(),
      ).toEqual(['{"to":"lea@example.org"}', '{"to":"max@example.org"}']);
      await entry.click();
      await page.getByText(say("touchpoints:count_sent")).waitFor();
      expect(await visit.findBarriers()).toEqual([]);
      await page.getByRole("link", { name: say("touchpoints:seeLogs") }).click();
      await page.getByRole("row").filter({ hasText: "Postcard" }).nth(1).waitFor();
      expect(await page.getByText(say("log:delivered"), { exact: true }).count()).toBeGreaterThanOrEqual(2);
    },
  );
});

describe("a touchpoint before its time", () => {
  check("is moved and cancelled, after a question; the list says what its campaign is at", async () => {
    const { visit, page, say, workspace } = await suite.takeSeat();
    const path = await addTouchpoint(workspace);
    await page.goto(path);
    await page.getByRole("link", { name: say("common:edit") }).click();
    expect(await visit.field(say("touchpoints:time")).inputValue()).toBe("09:30");
    await visit.field(say("touchpoints:time")).fill("10:45");
    await page.getByRole("button", { name: say("common:save") }).click();
    await page.getByText(say("touchpoints:saved", { name: "Postcard" })).waitFor();
    expect(await workspace.api.ask("GET", `/v1${path}`)).toMatchObject({
      time: "10:45",
      auth: { username: "shop" },
    });
    await page.getByRole("button", { name: say("touchpoints:stopSending") }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText(say("touchpoints:cancelHelp")).waitFor();
    expect(await visit.findBarriers()).toEqual([]);
    await dialog.getByRole("button", { name: say("touchpoints:stopSending") }).click();
    await page.getByText(say("touchpoints:because_by_call")).waitFor();
    expect(await workspace.api.ask("GET", `/v1${path}`)).toMatchObject({ status: "cancelled" });
    await page.getByRole("link", { name: say("layout:campaigns") }).click();
    const row = page.getByRole("row").filter({ hasText: "Spring" });
    await row.getByText(say("campaigns:tally_cancelled_one", { count: 1 })).waitFor();
  });

  check("needs a plan that has it to be scheduled; without one it is kept as a draft", async () => {
    const { visit, page, say, workspace } = await suite.takeSeat("en", { plan: "audience.free" });
    const audienceId = await addAudiences(workspace);
    const { id } = await workspace.api.ask<Made>("POST", "/v1/campaigns", { name: "Spring", audienceId });
    await page.goto(`/campaigns/${id}/touchpoints/new`);
    await fillRequest(visit, say, "/planned");
    await visit.field(say("touchpoints:date")).fill(inNextMonth());
    await visit.field(say("touchpoints:time")).fill("09:30");
    await page.getByRole("button", { name: say("touchpoints:schedule") }).click();
    await page.getByText(say("common:upgrade")).waitFor();
    expect(
      await page
        .getByRole("alert")
        .getByRole("link", { name: say("common:plans") })
        .count(),
    ).toBe(1);
    await page.getByRole("button", { name: say("touchpoints:saveDraft") }).click();
    await page.getByRole("button", { name: say("webhooks:done") }).click();
    await page
      .getByRole("row")
      .filter({ hasText: "Postcard" })
      .getByText(say("touchpoints:status_draft"))
      .waitFor();
  });
});

describe("the calendar", () => {
  check("is walked by keys, over the ends of months", async () => {
    const { page, say, workspace } = await suite.takeSeat();
    await addTouchpoint(workspace);
    await page.goto(`/campaigns?view=calendar&month=${inNextMonth().slice(0, 7)}`);
    await page.getByRole("grid").getByText("Spring").waitFor();
    const focused = () => page.evaluate<string>("document.activeElement.dataset.day");
    await page.locator('[role=gridcell][tabindex="0"]').focus();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowRight");
    expect((await focused()).slice(-2)).toBe("09");
    await page.keyboard.press("PageDown");
    await page.waitForFunction(
      `document.activeElement.dataset.day?.slice(0, 7) > "${inNextMonth().slice(0, 7)}"`,
    );
    await page.keyboard.press("PageUp");
    await page
      .getByRole("grid")
      .getByRole("link", { name: /Postcard/ })
      .focus();
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Postcard" }).waitFor();
    await page.getByText(say("touchpoints:status_scheduled")).waitFor();
  });

  check("is a list on a phone; a key that only reads is offered nothing that writes", async () => {
    const workspace = await suite.services.createWorkspace();
    const touchpoint = await addTouchpoint(workspace);
    const { apiKey } = await workspace.api.ask<{ apiKey: string }>("POST", "/v1/api-keys", {
      name: "reader",
      scopes: ["read"],
    });
    const visit = await suite.visit("en", 390);
    const { page } = visit;
    const say = sayIn("en");
    await visit.signIn(apiKey);
    const campaign = touchpoint.slice(0, touchpoint.indexOf("/touchpoints"));
    await page.goto(`${campaign}?month=${inNextMonth().slice(0, 7)}`);
    await page.getByRole("heading", { name: /15/ }).waitFor();
    expect(await page.getByRole("grid").count()).toBe(0);
    expect(await visit.isWiderThanScreen()).toBe(false);
    expect(await visit.findBarriers()).toEqual([]);
    expect(await page.getByRole("button", { name: say("touchpoints:add") }).count()).toBe(0);
    await page.goto(touchpoint);
    await page.getByText(say("common:readOnly")).waitFor();
    expect(await page.getByRole("button", { name: say("touchpoints:stopSending") }).count()).toBe(0);
    await page.goto("/campaigns");
    await page.getByText(say("campaigns:state_active")).waitFor();
    expect(await page.getByRole("link", { name: say("campaigns:create") }).count()).toBe(0);
  });
});
