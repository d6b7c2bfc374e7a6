import { beforeAll, describe, expect } from "@jest/globals";
import { JsonClient, type TestWorkspace } from "@hooklane/testing";
import { LANGUAGES } from "./support/browser.js";
import { type Seat, useConsole } from "./support/console-suite.js";
import { sayIn } from "./support/say.js";

const suite = useConsole();
const { check } = suite;

const PASSWORD = "sesame";
const CONTACT = { id: "c-1", audience_id: "list-7", email: "lea@example.org", fields: { first_name: "Léa" } };

beforeAll(async () => {
  const { services } = suite;
  const operator = new JsonClient(services.service("subscription-api").url, services.operatorKey);
  try {
    await operator.ask("POST", "/v1/plans/families/audience", {});
  } finally {
    await operator.close();
  }
});

/** A journey made by call, with points at these paths of the receiver. */
async function makeJourney({ api }: TestWorkspace, ...paths: readonly string[]) {
  const journey = await api.ask<{ id: string }>("POST", "/v1/journeys", { name: "Onboarding" });
  const points: { readonly id: string; readonly name: string }[] = [];
  for (const path of paths)
    points.push(
      await api.ask("POST", `/v1/journeys/${journey.id}/points`, {
        name: path.slice(1),
        url: suite.receiver.url(path),
        auth: { username: "shop", password: PASSWORD },
        headers: { "x-team": "growth" },
      }),
    );
  return { id: journey.id, points };
}

/** Fills in what every point needs. */
async function fillPoint({ visit, say }: Seat, name: string, path: string): Promise<void> {
  await visit.field(say("requestBuilder:name")).fill(name);
  await visit.field(say("requestBuilder:url")).fill(suite.receiver.url(path));
  await visit.field(say("requestBuilder:username")).fill("shop");
  await visit.field(say("requestBuilder:password")).fill(PASSWORD);
}

describe.each(LANGUAGES)("a journey, in %s (F3)", (language) => {
  check(
    "is made, drawn, started and paused; a contact that arrives is one request, counted as it happens",
    async () => {
      const seat = await suite.takeSeat(language);
      const { visit, page, say, workspace } = seat;
      const path = `/point-${language}`;
      await page.getByRole("link", { name: say("layout:automations") }).click();
      await page.getByRole("heading", { name: say("journeys:allJourneys"), level: 1 }).waitFor();
      await page.getByText(say("journeys:empty")).waitFor();
      await page.getByRole("link", { name: say("journeys:create") }).click();
      await visit.field(say("journeys:name")).fill("Onboarding");
      await page.getByRole("button", { name: say("journeys:create") }).click();
      const map = page.getByRole("region", { name: say("journeys:mapOf", { name: "Onboarding" }) });
      await map.waitFor();

      await page.getByRole("link", { name: say("layout:automations") }).click();
      await page.getByRole("link", { name: say("journeys:finishSetup") }).click();
      await map.getByRole("button", { name: say("journeys:addPoint") }).click();
      await page
        .getByRole("dialog")
        .getByRole("link", { name: say("journeys:webhook") })
        .click();
      const save = page.getByRole("button", { name: say("common:save") });
      await save.click();
      expect(await page.getByText(say("fields:required")).count()).toBe(4);
      await fillPoint(seat, "Welcome", path);
      await page.getByRole("button", { name: say("requestBuilder:addHeader") }).click();
      const header = page.getByRole("group", { name: say("requestBuilder:header", { number: 1 }) });
      await header.getByLabel(say("requestBuilder:key")).fill("x-team");
      await header.getByLabel(say("requestBuilder:value")).fill("growth");
      const data = visit.field(say("requestBuilder:dataToSend"));
      await data.fill('{"to": ""}');
      await page.keyboard.press("ArrowLeft");
      await page.keyboard.press("ArrowLeft");
      await page.getByRole("button", { name: say("requestBuilder:insert") }).click();
      await page.getByRole("menuitem", { name: "contact.email", exact: true }).click();
      await page.getByRole("menu").waitFor({ state: "detached" });
      expect(await data.inputValue()).toBe('{"to": "{{ contact.email }}"}');
      await save.click();
      await page.getByRole("button", { name: say("webhooks:done") }).click();

      await map.getByText(say("journeys:requestsSent_zero")).waitFor();
      const command = (await page.getByLabel(say("journeys:arrivalsCommand")).textContent()) ?? "";
      const call = new URL(/'(http[^']+)'/.exec(command)?.[1] ?? "").pathname;
      const arrive = () => workspace.api.call("POST", call, { contact: CONTACT });
      expect((await arrive()).status).toBe(409);
      await page.getByRole("button", { name: say("journeys:start"), exact: true }).click();
      await page.getByText(say("journeys:done_start", { name: "Onboarding" })).waitFor();
      expect((await arrive()).status).toBe(202);
      const [request] = await suite.receiver.waitFor((requests) => requests.length === 1, { path });
      expect(request!.headers).toMatchObject({
        authorization: `Basic ${Buffer.from(`shop:${PASSWORD}`).toString("base64")}`,
        "x-team": "growth",
      });
      expect(JSON.parse(String(request!.body))).toEqual({ to: CONTACT.email });
      await map.getByText(say("journeys:requestsSent_one", { shown: 1 })).waitFor();

      await page.getByRole("button", { name: say("journeys:pause"), exact: true }).click();
      const dialog = page.getByRole("dialog");
      await dialog.getByRole("button", { name: say("journeys:pause"), exact: true }).click();
      const resume = page.getByRole("button", { name: say("journeys:resume"), exact: true });
      await resume.waitFor();
      expect((await arrive()).status).toBe(409);
      await resume.click();
      await dialog.getByRole("button", { name: say("journeys:resume"), exact: true }).click();
      await page.getByText(say("journeys:done_resume", { name: "Onboarding" })).waitFor();
    },
  );
});

describe("the map of a journey", () => {
  check(
    "has its points in their order; one is added in between, and removed when that is confirmed",
    async () => {
      const seat = await suite.takeSeat("en", { width: 390 });
      const { visit, page, say, workspace } = seat;
      const { id } = await makeJourney(workspace, "/first", "/second");
      await page.goto(`/journeys/${id}`);
      const map = page.getByRole("region", { name: say("journeys:mapOf", { name: "Onboarding" }) });
      const names = async () => (await map.locator("bdi").allTextContents()).join();
      await map.getByText("second", { exact: true }).waitFor();
      expect(await names()).toBe("first,second");
      expect(await visit.isWiderThanScreen()).toBe(false);
      expect(await visit.findBarriers()).toEqual([]);

      await map
        .getByRole("button", { name: say("journeys:addPoint") })
        .nth(1)
        .focus();
      await page.keyboard.press("Enter");
      await page
        .getByRole("dialog")
        .getByRole("link", { name: say("journeys:webhook") })
        .click();
      await fillPoint(seat, "between", "/between");
      await visit.field(say("requestBuilder:contentType")).selectOption(say("requestBuilder:formData"));
      await page.getByRole("button", { name: say("requestBuilder:addField") }).click();
      await page.keyboard.type("email");
      await visit.field(say("requestBuilder:value")).fill("{{ contact.email | nonsense }}");
      await page.getByRole("button", { name: say("common:save") }).click();
      // What only the API knows to be wrong is said where it stands, and all that was typed is there still.
      await page.locator("input[aria-invalid=true]:focus").waitFor();
      await visit.field(say("requestBuilder:value")).fill("{{ contact.email }}");
      expect(await visit.isWiderThanScreen()).toBe(false);
      expect(await visit.findBarriers()).toEqual([]);
      await page.getByRole("button", { name: say("common:save") }).click();
      await page.getByRole("button", { name: say("webhooks:done") }).click();
      await map.getByText("between", { exact: true }).waitFor();
      expect(await names()).toBe("first,between,second");
      expect(await visit.isWiderThanScreen()).toBe(false);

      // Made by call, a point stands nowhere yet.
      const body = {
        name: "loose",
        url: suite.receiver.url("/loose"),
        auth: { username: "u", password: "p" },
      };
      await workspace.api.ask("POST", `/v1/journeys/${id}/points`, body);
      await page.getByRole("button", { name: say("journeys:placeAtEnd") }).click();
      await map.getByText("loose", { exact: true }).waitFor();
      expect(await names()).toBe("first,between,second,loose");

      await page.getByRole("button", { name: `${say("common:actions")}: between` }).click();
      await page.getByRole("menuitem", { name: say("journeys:removePoint") }).click();
      await page
        .getByRole("dialog")
        .getByRole("button", { name: say("journeys:removePoint") })
        .click();
      await page.getByText(say("journeys:pointRemoved", { name: "between" })).waitFor();
      await map.getByText("between", { exact: true }).waitFor({ state: "detached" });
      expect(await names()).toBe("first,second,loose");

      await page.getByRole("button", { name: `${say("common:actions")}: Onboarding` }).click();
      await page.getByRole("menuitem", { name: say("common:delete") }).click();
      await page
        .getByRole("dialog")
        .getByRole("button", { name: say("common:delete") })
        .click();
      await page.getByText(say("journeys:empty")).waitFor();
      expect(await visit.findBarriers()).toEqual([]);
      await page.getByRole("link", { name: say("journeys:create") }).click();
      await visit.field(say("journeys:name")).waitFor();
      expect(await visit.findBarriers()).toEqual([]);
      expect((await workspace.api.call("GET", `/v1/journeys/${id}`)).status).toBe(404);
    },
  );

  check("a point that is changed keeps the password nobody sees, until it is to go elsewhere", async () => {
    const { visit, page, say, workspace } = await suite.takeSeat();
    const { id, points } = await makeJourney(workspace, "/kept");
    await workspace.api.ask("POST", `/v1/journeys/${id}/start`, {});
    await page.goto(`/journeys/${id}/points/${points[0]!.id}`);
    expect(await visit.field(say("requestBuilder:password")).inputValue()).toBe("");
    expect(await visit.findBarriers()).toEqual([]);
    await visit.field(say("requestBuilder:name")).fill("Renamed");
    await visit.field(say("requestBuilder:url")).fill("https://elsewhere.example/kept");
    const save = page.getByRole("button", { name: say("common:save"), exact: true });
    await save.click();
    await page.getByText(say("fields:required")).waitFor();
    await visit.field(say("requestBuilder:url")).fill(suite.receiver.url("/kept"));
    await save.click();
    await page.getByText(say("journeys:pointSaved", { name: "Renamed" })).waitFor();
    const call = `/v1/journeys/${id}/points/${points[0]!.id}/arrivals`;
    await workspace.api.ask("POST", call, { contact: CONTACT });
    const [request] = await suite.receiver.waitFor((requests) => requests.length === 1, { path: "/kept" });
    expect(request!.headers).toMatchObject({
      authorization: `Basic ${Buffer.from(`shop:${PASSWORD}`).toString("base64")}`,
      "x-team": "growth",
    });
  });
});

describe("what people may", () => {
  check("a plan that only lets configure saves points; starting leads to the plans", async () => {
    const seat = await suite.takeSeat("en", { plan: "audience.free" });
    const { visit, page, say, workspace } = seat;
    const { id } = await makeJourney(workspace);
    await page.goto(`/journeys/${id}/points/new`);
    await fillPoint(seat, "Draft", "/configured");
    await page.getByRole("button", { name: say("common:save") }).click();
    await page.getByRole("button", { name: say("webhooks:done") }).click();
    await page.getByText(say("journeys:plan_configure")).waitFor();
    await page.getByRole("button", { name: say("journeys:start"), exact: true }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText(say("common:upgrade")).waitFor();
    expect(await visit.findBarriers()).toEqual([]);
    await dialog.getByRole("link", { name: say("common:plans") }).click();
    await page.getByRole("heading", { name: say("plans:title"), level: 1 }).waitFor();
    const journey = await workspace.api.ask<{ status: string }>("GET", `/v1/journeys/${id}`);
    expect(journey.status).toBe("draft");
  });

  check("a key that only reads sees the map, and is offered nothing that writes", async () => {
    const workspace = await suite.services.createWorkspace();
    const { id } = await makeJourney(workspace, "/read");
    const { apiKey } = await workspace.api.ask<{ apiKey: string }>("POST", "/v1/api-keys", {
      name: "reader",
      scopes: ["read"],
    });
    const visit = await suite.visit();
    const { page } = visit;
    const say = sayIn("en");
    await visit.signIn(apiKey);
    await page.goto("/journeys");
    await page.getByRole("link", { name: "Onboarding" }).waitFor();
    expect(await page.getByRole("link", { name: say("journeys:create") }).count()).toBe(0);
    expect(await page.getByRole("link", { name: say("journeys:finishSetup") }).count()).toBe(0);
    await page.goto(`/journeys/${id}`);
    await page.getByText(say("journeys:requestsSent_zero")).waitFor();
    expect(await page.getByRole("button", { name: say("journeys:addPoint") }).count()).toBe(0);
    expect(await page.getByRole("button", { name: say("journeys:start"), exact: true }).count()).toBe(0);
  });
});
