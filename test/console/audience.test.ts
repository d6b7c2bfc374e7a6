import { describe, expect } from "@jest/globals";
import { anEvent, readEvents, type TestWorkspace } from "@hooklane/testing";
import { LANGUAGES } from "./support/browser.js";
import { useConsole } from "./support/console-suite.js";
import { sayIn } from "./support/say.js";

const suite = useConsole();
const { check } = suite;

const LABELS = {
  en: ["Subscribes", "Profile updates", "Campaign sending"],
  fr: ["Inscriptions", "Mises à jour de profil", "Envoi de campagne"],
} as const;

const subscriberOf = (audienceId: string) => ({
  subscriber: { id: "s_19", audience_id: audienceId, email: "lea@example.org", email_format: "html" },
});

async function createAudience({ api }: TestWorkspace, name: string): Promise<string> {
  const { id } = await api.ask<{ id: string }>("POST", "/v1/audiences", { name });
  return id;
}

/** As upstream applications send them: what was not ticked, what another did, another audience's; two that pass. */
async function sendAll(workspace: TestWorkspace, ours: string, others: string): Promise<void> {
  const [of, ofOthers] = [subscriberOf(ours), subscriberOf(others)];
  const sent = [
    { type: "audience.unsubscribed", data: { ...of, action: "unsubscribed", reason: "manual" } },
    { type: "audience.profile_updated", source: "admin", data: of },
    { type: "audience.subscribed", data: ofOthers },
    {
      type: "audience.campaign_sending",
      source: "admin",
      data: { audience_id: ours, campaign: { id: "g_2", status: "sent" } },
    },
    { type: "audience.subscribed", data: of },
  ];
  await workspace.sendMany(sent.map((event) => anEvent(event)));
}

describe.each(LANGUAGES)("an audience and its webhook, in %s (F5)", (language) => {
  check(
    "what was ticked is sent, by whom it was ticked, of this audience only; sending campaigns passes",
    async () => {
      const { visit, page, say, workspace } = await suite.takeSeat(language);
      await page.getByRole("link", { name: say("layout:audience"), exact: true }).click();
      await page.getByText(say("audiences:empty")).waitFor();
      await page.getByRole("button", { name: say("audiences:create") }).click();
      await visit.field(say("audiences:name")).fill("Lettre");
      await page.keyboard.press("Enter");
      await page.getByRole("heading", { name: "Lettre" }).waitFor();
      expect(await visit.field(say("audiences:current")).count()).toBe(0);
      expect(await visit.findBarriers()).toEqual([]);

      await page.getByRole("button", { name: say("audiences:manage") }).focus();
      await page.keyboard.press("Enter");
      await page.getByRole("menuitem", { name: say("audiences:settings") }).click();
      const ours = /audience\/(au_[^/]+)\//.exec(page.url())?.[1] ?? "";
      await page
        .getByRole("main")
        .getByRole("link", { name: say("audiences:webhooks") })
        .first()
        .click();
      await page.getByText(say("audiences:noWebhooks")).waitFor();
      expect(await visit.findBarriers()).toEqual([]);
      await page.getByRole("link", { name: say("audiences:createWebhook") }).click();
      const save = page.getByRole("button", { name: say("common:save"), exact: true });
      const boxes = page.getByRole("checkbox");
      await page.getByRole("checkbox", { name: LABELS[language][0], exact: true }).waitFor();
      expect(await boxes.count()).toBe(9);
      for (const source of ["subscriber", "admin", "api"] as const)
        await page.getByRole("checkbox", { name: say(`audiences:source_${source}`) }).uncheck();
      await save.click();
      expect(await page.getByText(say("fields:required")).count()).toBe(2);
      await page.getByText(say("fields:too_short", { message: "must have at least 1" })).waitFor();
      expect(await visit.findBarriers()).toEqual([]);

      const path = `/audience-${language}`;
      await visit.field(say("audiences:callbackUrl")).fill(suite.receiver.url(path));
      for (const name of LABELS[language]) await page.getByRole("checkbox", { name, exact: true }).check();
      await page.getByRole("checkbox", { name: say("audiences:source_subscriber") }).check();
      await save.click();
      await page.getByLabel(say("webhooks:secret")).waitFor();
      await page.getByRole("button", { name: say("webhooks:done") }).click();
      const row = page.getByRole("row").filter({ hasText: path });
      await row.getByText(say("webhooks:active"), { exact: true }).waitFor();
      await sendAll(workspace, ours, await createAudience(workspace, "Autre"));
      const requests = await suite.receiver.waitFor((all) => all.length === 2, { path });
      expect(requests.flatMap((request) => readEvents(request)).map(({ type }) => type)).toEqual([
        "audience.campaign_sending",
        "audience.subscribed",
      ]);

      // All boxes are no filter; what the form does not show stays.
      await row.getByRole("button", { name: say("common:actions") }).click();
      await page.getByRole("menuitem", { name: say("common:edit") }).click();
      for (const source of ["admin", "api"] as const)
        await page.getByRole("checkbox", { name: say(`audiences:source_${source}`) }).check();
      await save.click();
      await row.waitFor();
      const { data } = await workspace.api.ask<{ data: readonly object[] }>("GET", "/v1/webhooks");
      expect(data).toMatchObject([{ kind: "audience", audienceId: ours, status: "active" }]);
      expect(data[0]).not.toHaveProperty("sources");
      await row.getByRole("button", { name: say("common:actions") }).click();
      await page.getByRole("menuitem", { name: say("common:delete") }).click();
      await page
        .getByRole("dialog")
        .getByRole("button", { name: say("common:delete") })
        .click();
      await page.getByText(say("audiences:noWebhooks")).waitFor();
    },
  );
});

describe("an audience", () => {
  check("is chosen where there are two; a file fills it, and lines that are wrong are told", async () => {
    const { visit, page, say, workspace } = await suite.takeSeat("en", { width: 390 });
    await createAudience(workspace, "First");
    const id = await createAudience(workspace, "Second");
    await workspace.api.ask("POST", `/v1/audiences/${id}/tags`, { name: "vip" });
    const conditions = { tags: "vip" };
    await workspace.api.ask("POST", `/v1/audiences/${id}/segments`, { name: "The best", conditions });
    await page.goto("/audience");
    await visit.field(say("audiences:current")).selectOption("Second");
    await page.getByRole("button", { name: say("audiences:manage") }).click();
    await page.getByRole("menuitem", { name: say("audiences:imports") }).click();
    await page.locator("input[type=file]").setInputFiles({
      name: "contacts.csv",
      mimeType: "text/csv",
      buffer: Buffer.from("email,tags\nlea@example.org,vip\nnobody,\nmax@example.org,\n"),
    });
    await page.getByRole("button", { name: say("audiences:import"), exact: true }).click();
    await page.getByText(say("audiences:import_completed")).waitFor();
    await page.getByText(say("audiences:importOutcome", { added: 2, updated: 0, rejected: 1 })).waitFor();
    await page.getByRole("button", { name: say("audiences:lineErrors") }).click();
    await page.getByRole("cell", { name: "3", exact: true }).waitFor();
    expect(await visit.findBarriers()).toEqual([]);
    expect(await visit.isWiderThanScreen()).toBe(false);

    await page.getByRole("link", { name: say("audiences:segmentsAndTags") }).click();
    await page.getByRole("row").filter({ hasText: "The best" }).getByRole("button").click();
    await page.getByRole("cell", { name: "1", exact: true }).waitFor();
    expect(await visit.findBarriers()).toEqual([]);
    expect(await visit.isWiderThanScreen()).toBe(false);
    await page.getByRole("link", { name: say("audiences:dashboard") }).click();
    const contacts = page.getByText(say("audiences:contacts"), { exact: true }).locator("..");
    await contacts.getByText("2", { exact: true }).waitFor();
    expect(await visit.field(say("audiences:current")).inputValue()).toBe(id);
    expect(await visit.isWiderThanScreen()).toBe(false);
  });

  check(
    "that is needed is not deleted, and the API says by what; a key that reads changes nothing",
    async () => {
      const { page, say, workspace } = await suite.takeSeat();
      const id = await createAudience(workspace, "Needed");
      await workspace.api.ask("POST", "/v1/webhooks", {
        kind: "audience",
        audienceId: id,
        url: suite.receiver.url("/needs"),
        eventTypes: ["audience.subscribed"],
      });
      await page.goto(`/audience/${id}/settings`);
      await page.getByRole("button", { name: say("audiences:delete") }).click();
      await page
        .getByRole("dialog")
        .getByRole("button", { name: say("common:delete") })
        .click();
      await page.getByRole("dialog").getByText("A webhook is told of it.").waitFor();

      const { apiKey } = await workspace.api.ask<{ apiKey: string }>("POST", "/v1/api-keys", {
        name: "reader",
        scopes: ["read"],
      });
      const reader = await suite.visit();
      await reader.signIn(apiKey);
      for (const view of ["settings", "webhooks", "imports"]) {
        await reader.page.goto(`/audience/${id}/${view}`);
        await reader.page.getByText(sayIn("en")("common:readOnly")).waitFor();
        const main = reader.page.getByRole("main");
        expect(await main.getByRole("button", { name: /save|delete|import|create|actions/i }).count()).toBe(
          0,
        );
      }
    },
  );
});
