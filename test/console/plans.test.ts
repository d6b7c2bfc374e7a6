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
    await operator.ask("POST", "/v1/plans/families/audience", {});
  } finally {
    await operator.close();
  }
});

describe.each(LANGUAGES)("plans, in %s (F9)", (language) => {
  check("the workspace's plan is marked, and each of the others says what it unlocks", async () => {
    const { visit, page, say } = await suite.takeSeat(language, { plan: "audience.free" });
    await page.getByRole("link", { name: say("layout:plans") }).click();
    await page.getByText(say("plans:current")).waitFor();
    const name = language === "fr" ? "Gratuit" : "Free";
    await page.getByRole("heading", { name }).waitFor();
    expect(await page.getByText(say("plans:unlocks")).count()).toBe(2);
    expect(await visit.findBarriers()).toEqual([]);
  });

  check(
    "what the plan lacks is not switched on: it says which plan has it, and leads to the plans",
    async () => {
      const { visit, page, say, workspace } = await suite.takeSeat(language, { plan: "audience.free" });
      const { id } = await workspace.createWebhook({
        url: suite.receiver.url("/draft"),
        name: "Draft",
        status: "inactive",
      });
      await page.goto(`/webhooks/${id}`);
      await page.getByRole("button", { name: say("webhooks:activate"), exact: true }).click();
      const dialog = page.getByRole("dialog");
      await dialog.getByRole("button", { name: say("webhooks:activate"), exact: true }).click();
      const [current, required] = language === "fr" ? ["Gratuit", "Standard"] : ["Free", "Standard"];
      await dialog.getByText(say("common:upgrade")).waitFor();
      await dialog.getByText(say("common:upgradeNeeded", { current, required })).waitFor();
      expect(await visit.findBarriers()).toEqual([]);
      await dialog.getByRole("link", { name: say("common:plans") }).click();
      await page.getByRole("heading", { name: say("plans:title"), level: 1 }).waitFor();
      expect((await workspace.readWebhook(id)).status).toBe("inactive");
    },
  );
});
