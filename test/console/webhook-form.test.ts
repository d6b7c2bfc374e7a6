import { describe, expect } from "@jest/globals";
import { anEvent, JsonClient, readEvents } from "@hooklane/testing";
import { LANGUAGES } from "./support/browser.js";
import { useConsole } from "./support/console-suite.js";

const suite = useConsole();
const { check } = suite;

interface Shown {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  readonly eventTypes: readonly string[];
  readonly batching?: object;
}

const CLICKED = { en: /link clicked|click/i, fr: /cliqu|clic/i } as const;

describe.each(LANGUAGES)("making a webhook, in %s (F2)", (language) => {
  check(
    "what is missing or wrong is said at its field; what is right is made, inactive unless switched on",
    async () => {
      const { visit, page, say, workspace } = await suite.takeSeat(language);
      await page.getByRole("link", { name: say("webhooks:create") }).click();
      const submit = page.getByRole("button", { name: say("webhooks:create") });
      await page.getByRole("checkbox").first().waitFor();
      await submit.click();
      expect(await page.getByText(say("fields:required")).count()).toBe(3);
      // Whoever does not see it is led to it.
      await page.waitForFunction("document.activeElement.getAttribute('aria-invalid') === 'true'");
      expect(await visit.findBarriers()).toEqual([]);

      await visit.field(say("webhooks:name")).fill("Orders");
      await visit.field(say("webhooks:webhookUrl")).fill("ftp://example.org");
      await page.getByText(say("fields:invalid_url")).waitFor();
      await visit.field(say("webhooks:webhookUrl")).fill(suite.receiver.url(`/form-${language}`));
      await page.getByText(say("fields:invalid_url")).waitFor({ state: "detached" });
      expect(await page.getByText(say("webhooks:notByImports")).count()).toBe(2);
      await page.getByRole("checkbox", { name: CLICKED[language] }).first().check();
      expect(await page.getByRole("switch", { name: say("webhooks:webhookStatus") }).isChecked()).toBe(false);
      await submit.click();
      const secret = page.getByLabel(say("webhooks:secret"));
      await secret.waitFor();
      expect(await secret.textContent()).toMatch(/^whsec_/);
      await page.getByRole("button", { name: say("webhooks:done") }).click();
      const row = page.getByRole("row").filter({ hasText: "Orders" });
      await row.getByText(say("webhooks:inactive"), { exact: true }).waitFor();
      const { data } = await workspace.api.ask<{ data: readonly Shown[] }>("GET", "/v1/webhooks");
      expect(data).toMatchObject([{ name: "Orders", status: "inactive" }]);
      expect(data[0]).not.toHaveProperty("batching");
    },
  );

  check("with batching two events come as one request, without as two", async () => {
    const { visit, page, say, workspace } = await suite.takeSeat(language);
    const path = `/batched-${language}`;
    const { id } = await workspace.createWebhook({
      url: suite.receiver.url(path),
      name: "Batches",
      status: "active",
    });
    await workspace.send(anEvent());
    await workspace.send(anEvent());
    await suite.receiver.waitFor((requests) => requests.length === 2, { path });
    await page.goto(`/webhooks/${id}/edit`);
    await page.getByRole("switch", { name: say("webhooks:batching") }).check();
    await page.getByRole("button", { name: say("common:save") }).click();
    await page.getByText(say("webhooks:saved", { name: "Batches" })).waitFor();
    expect(await visit.findBarriers()).toEqual([]);
    const [one, two] = [anEvent(), anEvent()];
    await workspace.sendMany([one, two]);
    const [, , batch] = await suite.receiver.waitFor((requests) => requests.length === 3, { path });
    expect(readEvents(batch!).map((event) => event.id)).toEqual([one.id, two.id]);
  });
});

describe("a plan without them", () => {
  check("leaves event types that cannot be ticked, and says which plan has them", async () => {
    const { services } = suite;
    const operator = new JsonClient(services.service("subscription-api").url, services.operatorKey);
    try {
      await operator.ask("POST", "/v1/plans/families/mail", {});
    } finally {
      await operator.close();
    }
    const { page, say } = await suite.takeSeat("en", { plan: "mail.standard" });
    await page.getByRole("link", { name: say("webhooks:create") }).click();
    await page.getByText(say("webhooks:maxOnly")).waitFor();
    expect(await page.getByRole("checkbox", { name: /MAX only/ }).isDisabled()).toBe(true);
  });
});

describe("what was typed", () => {
  check("is kept when saving fails, and when somebody else saved first; leaving asks", async () => {
    const { visit, page, say, workspace } = await suite.takeSeat();
    const { id } = await workspace.createWebhook({ url: suite.receiver.url("/kept"), name: "Kept" });
    await page.goto(`/webhooks/${id}/edit`);
    const name = visit.field(say("webhooks:name"));
    await name.fill("Mine");
    await workspace.api.ask("PATCH", `/v1/webhooks/${id}`, { name: "Theirs" });
    await page.getByRole("button", { name: say("common:save") }).click();
    await page.getByText(say("common:changedMeanwhile")).waitFor();
    expect(await name.inputValue()).toBe("Mine");
    const asked: string[] = [];
    page.once("dialog", (dialog) => {
      asked.push(dialog.message());
      void dialog.dismiss();
    });
    await page.getByRole("link", { name: say("layout:eventLogs") }).click();
    expect(asked).toEqual([say("common:leaveUnsaved")]);
    await page.getByRole("button", { name: say("common:saveOver") }).click();
    await page.getByRole("button", { name: say("common:save"), exact: true }).click();
    await page.getByText(say("webhooks:saved", { name: "Mine" })).waitFor();
    expect((await workspace.api.ask<Shown>("GET", `/v1/webhooks/${id}`)).name).toBe("Mine");
  });

  check("is kept while the API is away, which a banner says; it is gone when the API is back", async () => {
    const { visit, page, say, workspace } = await suite.takeSeat();
    const { id } = await workspace.createWebhook({ url: suite.receiver.url("/away"), name: "Away" });
    await page.goto(`/webhooks/${id}/edit`);
    await visit.field(say("webhooks:name")).fill("Patient");
    await page.context().setOffline(true);
    await page.getByRole("button", { name: say("common:save"), exact: true }).click();
    await page.getByText(say("common:unreachable")).waitFor();
    // The save itself is tried once more; then it is up to whoever typed.
    await page.getByText(say("common:failed")).waitFor();
    expect(await visit.field(say("webhooks:name")).inputValue()).toBe("Patient");
    await page.context().setOffline(false);
    await page.getByRole("button", { name: say("common:save"), exact: true }).click();
    await page.getByText(say("webhooks:saved", { name: "Patient" })).waitFor();
    await page.getByText(say("common:unreachable")).waitFor({ state: "detached" });
  });
});
