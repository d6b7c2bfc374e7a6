import { describe, expect } from "@jest/globals";
import { always, anEvent, failFirst } from "@hooklane/testing";
import { LANGUAGES } from "./support/browser.js";
import { useConsole } from "./support/console-suite.js";

const suite = useConsole();
const { check } = suite;

describe.each(LANGUAGES)("the event logs, in %s (F8)", (language) => {
  check(
    "a delivery is followed as it happens, and opened to each attempt; it can be sent once more",
    async () => {
      const { visit, page, say, workspace } = await suite.takeSeat(language);
      const path = `/logged-${language}`;
      suite.receiver.behave(path, failFirst(1));
      await workspace.createWebhook({ url: suite.receiver.url(path), name: "Logged", status: "active" });
      await workspace.createWebhook({ url: suite.receiver.url("/none"), name: "Asleep", status: "inactive" });
      await page.getByRole("link", { name: say("layout:eventLogs") }).click();
      await page.getByText(say("log:empty")).waitFor();
      const { id } = await workspace.send(anEvent());
      await page.getByRole("button", { name: language === "fr" ? /nouveau/ : /new/ }).click();
      const row = page.getByRole("row").filter({ hasText: "Logged" });
      // By itself, after the retry.
      await row.getByText(say("log:delivered"), { exact: true }).waitFor();
      expect(await visit.findBarriers()).toEqual([]);

      await row.getByRole("link").click();
      await page.getByText(id).waitFor();
      await page.getByText(new RegExp(say("log:attempt", { number: 2 }))).waitFor();
      await page.getByText(/500/).first().waitFor();
      await page.getByText(language === "fr" ? /webhook ne l'a pas reçu/ : /webhook did not get it/).click();
      await page.getByText(say("log:why_inactive")).waitFor();
      expect(await visit.findBarriers()).toEqual([]);
      await page.getByRole("button", { name: say("log:resend") }).click();
      await suite.receiver.waitFor((requests) => requests.length === 3, { path });
      await page
        .getByText(new RegExp(say("log:attempt", { number: 1 })))
        .nth(1)
        .waitFor();
    },
  );

  check("what was given up, and what was never sent, is found by its status", async () => {
    const { page, say, workspace } = await suite.takeSeat(language);
    const path = `/given-up-${language}`;
    suite.receiver.behave(path, always(500));
    await workspace.createWebhook({
      url: suite.receiver.url(path),
      name: "Given up",
      status: "active",
      eventTypes: ["email.link_clicked"],
    });
    await workspace.send(anEvent());
    await page.goto("/logs?status=dead_letter");
    await suite.receiver.waitFor((requests) => requests.length === 4, { path });
    await page.getByRole("button", { name: language === "fr" ? /nouveau/ : /new/ }).click();
    await page
      .getByRole("row")
      .filter({ hasText: "Given up" })
      .getByText(say("log:abandoned"), { exact: true })
      .waitFor();

    const contact = { contact: { id: "c_1", email: "a@example.org", list: { id: "l_1", name: "L" } } };
    await workspace.send(anEvent({ type: "contact.subscribed", source: "import", data: contact }));
    await page.getByRole("tab", { name: say("log:eventsTab") }).click();
    await page.getByRole("combobox", { name: say("log:status") }).selectOption("suppressed");
    await page.reload();
    await page.getByRole("table").getByText(say("log:suppressed"), { exact: true }).waitFor();
    expect(page.url()).toContain("eventStatus=suppressed");
  });
});
