import { beforeAll, describe, expect } from "@jest/globals";
import { JsonClient } from "@hooklane/testing";
import { LANGUAGES } from "./support/browser.js";
import { useConsole } from "./support/console-suite.js";

const suite = useConsole();
const { check } = suite;

beforeAll(async () => {
  const { services } = suite;
  const operator = new JsonClient(services.service("subscription-api").url, services.operatorKey);
  try {
    await operator.ask("POST", "/v1/plans/families/messaging", {});
  } finally {
    await operator.close();
  }
});

const CLOSED = {
  en: ["Conversation Closed", "Send a satisfaction survey"],
  fr: ["Conversation fermée", "Envoyer une enquête de satisfaction"],
} as const;

describe.each(LANGUAGES)("the workspace integration, in %s (F6)", (language) => {
  check("below the plan that has it, connecting shows the upgrade and no form", async () => {
    const { visit, page, say } = await suite.takeSeat(language, { plan: "messaging.starter" });
    await page.getByRole("link", { name: say("layout:workspaceSettings") }).click();
    await page.getByRole("link", { name: say("settings:integrations") }).click();
    await page.getByRole("heading", { name: say("integrations:webhooks") }).waitFor();
    await page.getByRole("link", { name: say("integrations:connect") }).click();
    const [current, required] = language === "fr" ? ["Découverte", "Avancé"] : ["Starter", "Advanced"];
    await page.getByText(say("common:upgradeNeeded", { current, required })).waitFor();
    expect(await page.getByRole("link", { name: say("integrations:add") }).count()).toBe(0);
    expect(await visit.findBarriers()).toEqual([]);
    // Nor at the form's own address.
    await page.goto("/settings/integrations/webhooks/new");
    await page.getByText(say("common:upgrade")).waitFor();
    expect(await page.getByRole("textbox").count()).toBe(0);
  });

  check("needs a URL and an event, is on once it is saved, and is changed with the same form", async () => {
    const { visit, page, say, workspace } = await suite.takeSeat(language, { plan: "messaging.advanced" });
    await page.goto("/settings/integrations/webhooks");
    await page.getByText(say("integrations:empty")).waitFor();
    await page.getByRole("link", { name: say("integrations:add") }).click();
    const save = page.getByRole("button", { name: say("common:save") });
    await page.getByText(CLOSED[language][1]).waitFor();
    expect(await page.getByRole("checkbox").count()).toBe(9);
    await save.click();
    expect(await page.getByText(say("fields:required")).count()).toBe(2);
    expect(await visit.findBarriers()).toEqual([]);

    const path = `/integration-${language}`;
    await visit.field(say("integrations:endpointUrl")).fill(suite.receiver.url(path));
    await page.getByRole("checkbox", { name: CLOSED[language][0] }).check();
    await page.getByText("200", { exact: true }).click();
    await save.click();
    await page.getByRole("button", { name: say("webhooks:done") }).click();
    const row = page.getByRole("row").filter({ hasText: path });
    await row.getByText(say("webhooks:active"), { exact: true }).waitFor();
    await row.getByRole("button", { name: say("common:actions") }).click();
    await page.getByRole("menuitem", { name: say("common:edit") }).click();
    await visit.field(say("integrations:endpointUrl")).fill(suite.receiver.url(`${path}-moved`));
    await save.click();
    await page
      .getByRole("row")
      .filter({ hasText: `${path}-moved` })
      .waitFor();
    const { data } = await workspace.api.ask<{ data: readonly object[] }>("GET", "/v1/webhooks");
    const eventTypes = ["conversation.closed"];
    expect(data).toMatchObject([{ kind: "events", status: "active", successStatus: "200", eventTypes }]);
  });
});
