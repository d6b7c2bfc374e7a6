import { describe, expect } from "@jest/globals";
import { always, anEvent, eventually } from "@hooklane/testing";
import { LANGUAGES } from "./support/browser.js";
import { useConsole } from "./support/console-suite.js";
import { sayIn } from "./support/say.js";

const suite = useConsole();
const { check } = suite;

describe.each(LANGUAGES)("signing in, in %s", (language) => {
  check(
    "nobody is let in without a key; one that opens nothing is told why, and what was typed stays",
    async () => {
      const visit = await suite.visit(language);
      const { page } = visit;
      const say = sayIn(language);
      await page.goto("/webhooks");
      await visit.field(say("layout:apiKey")).fill("hl_live_unknown");
      await page.getByRole("button", { name: say("layout:signIn") }).click();
      await page.getByText(say("layout:apiKeyRefused", { reason: "Nobody has this key." })).waitFor();
      expect(await visit.field(say("layout:apiKey")).inputValue()).toBe("hl_live_unknown");
      expect(await visit.findBarriers()).toEqual([]);
      const { apiKey } = await suite.services.createWorkspace();
      await visit.field(say("layout:apiKey")).fill(apiKey);
      await page.keyboard.press("Enter");
      // Where one wanted to go.
      await page.getByRole("heading", { name: say("webhooks:title"), level: 1 }).waitFor();
      // And still there after a reload, without a key within reach of scripts.
      await page.reload();
      await page.getByRole("heading", { name: say("webhooks:title"), level: 1 }).waitFor();
      expect(await page.evaluate("document.cookie")).toBe("");
    },
  );
});

describe.each(LANGUAGES)("the list of webhooks, in %s (F1)", (language) => {
  check("without webhooks it says what they are for", async () => {
    const { visit, page, say } = await suite.takeSeat(language);
    await page.getByText(say("webhooks:empty")).waitFor();
    expect(await visit.findBarriers()).toEqual([]);
  });

  check("a click on a row shows the events the webhook asks for; deleting asks, and removes", async () => {
    const { visit, page, say, workspace } = await suite.takeSeat(language);
    const { id } = await workspace.createWebhook({ url: suite.receiver.url("/listed"), name: "Listed" });
    // It appears by itself.
    const row = page.getByRole("row").filter({ hasText: suite.receiver.url("/listed") });
    await row.waitFor();
    await row.click();
    const label = language === "fr" ? /lien.*cliqu|clic/i : /click/i;
    await page.getByRole("listitem").filter({ hasText: label }).first().waitFor();
    expect(await visit.findBarriers()).toEqual([]);

    await row.getByRole("button", { name: say("common:actions") }).click();
    await page.getByRole("menuitem", { name: say("common:delete") }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("button", { name: say("common:cancel") }).click();
    await dialog.waitFor({ state: "detached" });
    expect((await workspace.api.call("GET", `/v1/webhooks/${id}`)).status).toBe(200);

    await row.getByRole("button", { name: say("common:actions") }).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("menuitem", { name: say("common:delete") }).click();
    await dialog.getByRole("button", { name: say("common:delete") }).click();
    await row.waitFor({ state: "detached" });
    expect((await workspace.api.call("GET", `/v1/webhooks/${id}`)).status).toBe(404);
  });

  check("a webhook that was disabled says so by itself, and one click makes it active", async () => {
    const { page, say, workspace } = await suite.takeSeat(language);
    suite.receiver.behave(`/gone-${language}`, always(410));
    const { id } = await workspace.createWebhook({
      url: suite.receiver.url(`/gone-${language}`),
      name: "Disabled",
      status: "active",
    });
    const row = page.getByRole("row").filter({ hasText: "Disabled" });
    await row.getByText(say("webhooks:active"), { exact: true }).waitFor();
    await workspace.send(anEvent());
    await row.getByText(say("webhooks:autoDisabled")).waitFor();
    await row.getByRole("button", { name: say("webhooks:activate"), exact: true }).click();
    await row.getByText(say("webhooks:active"), { exact: true }).waitFor();
    await eventually(async () => (await workspace.readWebhook(id)).status === "active");
  });
});

describe("what people may", () => {
  check("a key that only reads is offered nothing that writes", async () => {
    const workspace = await suite.services.createWorkspace();
    await workspace.createWebhook({ url: suite.receiver.url("/read"), name: "Read", status: "inactive" });
    const { apiKey } = await workspace.api.ask<{ apiKey: string }>("POST", "/v1/api-keys", {
      name: "reader",
      scopes: ["read"],
    });
    const visit = await suite.visit();
    await visit.signIn(apiKey);
    const say = sayIn("en");
    await visit.page.getByText(say("common:readOnly")).waitFor();
    await visit.page.getByRole("row").filter({ hasText: "Read" }).waitFor();
    expect(await visit.page.getByRole("button", { name: say("webhooks:activate") }).count()).toBe(0);
    expect(await visit.page.getByRole("button", { name: say("common:actions") }).count()).toBe(0);
    expect(await visit.page.getByRole("link", { name: say("webhooks:create") }).count()).toBe(0);
  });

  check("who is signed out by somebody else is told why, and asked for another key", async () => {
    const { api } = await suite.services.createWorkspace({ name: "Left behind" });
    const { id, apiKey } = await api.ask<{ id: string; apiKey: string }>("POST", "/v1/api-keys", {
      name: "revoked soon",
      scopes: ["read"],
    });
    const visit = await suite.visit();
    await visit.signIn(apiKey);
    const say = sayIn("en");
    await visit.page.getByText(say("webhooks:empty")).waitFor();
    await api.call("DELETE", `/v1/api-keys/${id}`);
    await visit.page.getByRole("link", { name: say("layout:eventLogs") }).click();
    await visit.page.getByText(say("layout:keyRevokedHelp", { names: "Left behind" })).waitFor();
    await visit.page.getByRole("heading", { name: say("layout:signInTitle") }).waitFor();
    expect(await visit.findBarriers()).toEqual([]);
  });

  check("two workspaces at once: each shows its own, and leaving one leaves the other", async () => {
    const { visit, page, say, workspace } = await suite.takeSeat();
    const other = await suite.services.createWorkspace({ name: "Other place" });
    await workspace.createWebhook({ url: suite.receiver.url("/first"), name: "Of the first" });
    await other.createWebhook({ url: suite.receiver.url("/other"), name: "Of the other" });
    await page.getByText("Of the first").waitFor();
    await page.getByRole("button", { name: say("layout:workspace") }).click();
    await page.getByRole("menuitem", { name: say("layout:addWorkspace") }).click();
    await visit.field(say("layout:apiKey")).fill(other.apiKey);
    await page.keyboard.press("Enter");
    await page.getByText("Of the other").waitFor();
    expect(await page.getByText("Of the first").count()).toBe(0);
    await page.getByRole("button", { name: say("layout:workspace") }).click();
    await page.getByRole("menuitem", { name: say("layout:signOut", { name: "Other place" }) }).click();
    await page.getByText("Of the first").waitFor();
  });
});

describe("what is shown", () => {
  check(
    "names with markup or from right to left and long URLs are shown as they are, on a phone too",
    async () => {
      const { visit, page, workspace } = await suite.takeSeat("en", { width: 390 });
      const markup = '<img src=x onerror="document.title=1"><b>bold</b>';
      await workspace.createWebhook({ url: suite.receiver.url(`/${"long".repeat(490)}`), name: markup });
      await workspace.createWebhook({ url: suite.receiver.url("/rtl"), name: "خطاف الويب \u202Eabc" });
      await page.getByText(markup).waitFor();
      await page.getByText("خطاف الويب").waitFor();
      expect(await page.title()).toContain("Hooklane");
      expect(await visit.isWiderThanScreen()).toBe(false);
      expect(await visit.findBarriers()).toEqual([]);
    },
  );

  check(
    "ten thousand webhooks: those near the screen are there, and any is found by a part of its name",
    async () => {
      const workspace = await suite.services.createWorkspace();
      const { id } = await workspace.createWebhook({ url: suite.receiver.url("/many"), name: "First" });
      await copyWebhook(id, 9_999);
      const say = sayIn("en");
      const visit = await suite.visit();
      const { page } = visit;
      await visit.signIn(workspace.apiKey);
      await page.getByText("First", { exact: true }).waitFor();
      // A list that is read anew as its webhooks change takes no click at that moment.
      const readOn = async () => {
        const next = page.waitForResponse((response) => response.url().includes("cursor="), {
          timeout: 3_000,
        });
        await page.getByRole("button", { name: say("common:loadMore") }).click();
        return next.then(
          () => true,
          () => false,
        );
      };
      for (let pages = 1; pages <= 3; pages += 1) await eventually(readOn);
      expect(await page.getByRole("row").count()).toBeLessThan(100);
      await visit.field(say("webhooks:search")).fill("copy 9876");
      await page.getByText("Copy 9876", { exact: true }).waitFor();
      expect(await page.getByRole("row").count()).toBe(2);
      await visit.field(say("webhooks:search")).fill("nothing like it");
      await page.getByText(say("webhooks:noneFound")).waitFor();

      await page.goto("/logs");
      const choice = page.getByRole("combobox", { name: say("log:webhook") });
      await choice.fill("copy 1234");
      await page.getByRole("option", { name: "Copy 1234", exact: true }).click();
      await page.waitForURL(/webhookId=/);
      expect(await choice.inputValue()).toBe("Copy 1234");
      expect(await visit.findBarriers()).toEqual([]);
    },
  );

  check("an unknown language is English; another one is kept for the next visit", async () => {
    const visit = await suite.visit("de" as never);
    const { page } = visit;
    await page.goto("/");
    await page.getByRole("heading", { name: sayIn("en")("layout:signInTitle") }).waitFor();
    expect(await page.locator("html").getAttribute("lang")).toBe("en");
    await page.getByRole("combobox", { name: sayIn("en")("layout:language") }).selectOption("fr");
    await page.getByRole("heading", { name: sayIn("fr")("layout:signInTitle") }).waitFor();
    await page.reload();
    await page.getByRole("heading", { name: sayIn("fr")("layout:signInTitle") }).waitFor();
    expect(await page.locator("html").getAttribute("lang")).toBe("fr");
  });

  check("the first load is at most 250 kB by gzip, and nothing of it comes from elsewhere", async () => {
    const visit = await suite.visit();
    const { page } = visit;
    // By brotli, which browsers prefer, it is a tenth less.
    await page.route("**/assets/**", (route, request) =>
      route.continue({ headers: { ...request.headers(), "accept-encoding": "gzip" } }),
    );
    const requests: string[] = [];
    let bytes = 0;
    page.on("request", (request) => requests.push(request.url()));
    page.on("requestfinished", (request) => {
      void request.sizes().then(({ responseBodySize }) => (bytes += responseBodySize));
    });
    await visit.signIn((await suite.services.createWorkspace()).apiKey);
    await page.getByText(sayIn("en")("webhooks:empty")).waitFor();
    const own = new URL(page.url()).origin;
    expect(requests.filter((url) => !url.startsWith(own))).toEqual([]);
    expect(bytes).toBeGreaterThan(50_000);
    expect(bytes).toBeLessThan(250_000);

    // And what people come to, without what they had: who intercepts requests has no cache.
    bytes = 0;
    await page.goto("/");
    await page.getByText(sayIn("en")("stats:empty")).waitFor();
    expect(bytes).toBeGreaterThan(50_000);
    expect(bytes).toBeLessThan(250_000);
  });
});

/** Straight into the database: what is shown, is to be seen, not how it was made. */
async function copyWebhook(id: string, count: number): Promise<void> {
  const webhooks = suite.services.database.collection<{ _id: string; name: string }>("webhooks");
  const original = await webhooks.findOne({ _id: id });
  if (!original) throw new Error(`${id} is not there`);
  const copies = Array.from({ length: count }, (_, index) => ({
    ...original,
    _id: `${id}${String(index + 1).padStart(5, "0")}`,
    name: `Copy ${index + 1}`,
    // They are sealed for the one webhook they belong to.
    secrets: [],
  }));
  await webhooks.insertMany(copies);
}
