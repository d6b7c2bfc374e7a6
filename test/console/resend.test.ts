import { describe, expect } from "@jest/globals";
import { eventually, numberedEvents, readSequence, type TestWorkspace } from "@hooklane/testing";
import { LANGUAGES } from "./support/browser.js";
import { useConsole } from "./support/console-suite.js";
import { sayIn } from "./support/say.js";

const suite = useConsole();
const { check } = suite;

const EVENTS = 3;
/** Of a body that cannot be made: each event is given up at once. */
const BROKEN = '{"n":{{ data.none }}}';

async function countDead({ api }: TestWorkspace): Promise<number> {
  const path = "/v1/deliveries?status=dead_letter";
  return (await api.ask<{ data: readonly unknown[] }>("GET", path)).data.length;
}

describe.each(LANGUAGES)("dead letters, in %s (F8)", (language) => {
  check(
    "all of them are counted, then sent once more by a job that goes on when the page is left, and says what it left out",
    async () => {
      const { visit, page, say, workspace } = await suite.takeSeat(language);
      const path = `/mended-${language}`;
      const broken = { status: "active", body: BROKEN } as const;
      const mended = await workspace.createWebhook({
        ...broken,
        url: suite.receiver.url(path),
        name: "Mended",
      });
      const asleep = await workspace.createWebhook({
        ...broken,
        url: suite.receiver.url("/asleep"),
        name: "Asleep",
      });
      await page.goto("/logs");
      await page.getByRole("tab", { name: say("log:deadLetters") }).click();
      await page.getByText(say("log:noDeadLetters")).waitFor();
      await workspace.sendMany(numberedEvents(EVENTS));
      await eventually(async () => (await countDead(workspace)) === 2 * EVENTS);
      await workspace.api.ask("PATCH", `/v1/webhooks/${mended.id}`, { body: null });
      await workspace.api.ask("POST", `/v1/webhooks/${asleep.id}/deactivate`, {});

      await page.getByRole("button", { name: say("resend:all") }).click();
      const dialog = page.getByRole("dialog");
      await dialog.getByText(say("resend:count_other", { shown: 2 * EVENTS })).waitFor();
      expect(await visit.findBarriers()).toEqual([]);
      await dialog.getByRole("button", { name: say("resend:confirm_other", { shown: 2 * EVENTS }) }).click();
      await dialog.waitFor({ state: "detached" });
      await page.getByRole("link", { name: say("layout:webhooks"), exact: true }).click();
      await page.getByRole("heading", { name: say("webhooks:title"), level: 1 }).waitFor();
      await page.getByRole("link", { name: say("layout:eventLogs") }).click();

      const job = page.getByRole("region", { name: say("resend:jobs") });
      await job.getByText(say("resend:completed")).waitFor();
      await job.getByText(say("resend:resent_other", { shown: EVENTS })).waitFor();
      await job.getByText(say("resend:skip_webhook_not_active", { count: EVENTS })).waitFor();
      expect(await visit.findBarriers()).toEqual([]);
      const requests = await suite.receiver.waitFor((all) => all.length === EVENTS, { path });
      expect(readSequence(requests)).toEqual([1, 2, 3]);
      await page.reload();
      await job.getByText(say("resend:completed")).waitFor();
      await job.getByRole("button", { name: say("resend:dismiss") }).click();
      await job.waitFor({ state: "detached" });

      // And each by itself.
      await page.getByRole("tab", { name: say("log:deadLetters") }).click();
      const row = page.getByRole("row").filter({ hasText: "Mended" }).first();
      await row.getByRole("button").click();
      await suite.receiver.waitFor((all) => all.length === EVENTS + 1, { path });
    },
  );
});

describe("resending many", () => {
  check("asks to narrow what is too wide, and says where a webhook that is off is switched on", async () => {
    const { page, say, workspace } = await suite.takeSeat("en", { width: 390 });
    const { id } = await workspace.createWebhook({
      url: suite.receiver.url("/off"),
      name: "Off",
      status: "active",
    });
    await workspace.sendMany(numberedEvents(1));
    await suite.receiver.waitFor((all) => all.length === 1, { path: "/off" });
    await workspace.api.ask("POST", `/v1/webhooks/${id}/deactivate`, {});
    await page.goto("/logs");
    await page.getByText(say("resend:chooseFirst")).waitFor();
    await page.getByRole("combobox", { name: say("log:status") }).selectOption("pending");
    await page.getByText(say("resend:notSettled")).waitFor();
    await page.goto(`/logs?webhookId=${id}`);
    await page.getByRole("button", { name: say("resend:these") }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("button", { name: say("resend:confirm_one", { shown: 1 }) }).click();
    await dialog.getByText(say("resend:notActive")).waitFor();
    await dialog.getByRole("link", { name: say("resend:toWebhook") }).click();
    await page.getByRole("heading", { name: "Off", level: 1 }).waitFor();
  });

  check("a job that is cancelled ends where it is; whoever may only read is offered no resend", async () => {
    const { page, say, workspace } = await suite.takeSeat();
    const path = "/cancelled";
    const { id } = await workspace.createWebhook({
      url: suite.receiver.url(path),
      name: "Many",
      status: "active",
    });
    await workspace.sendMany(numberedEvents(300));
    await suite.receiver.waitFor((all) => all.length === 300, { path });
    await page.goto(`/logs?webhookId=${id}&status=delivered`);
    await page.getByRole("button", { name: say("resend:these") }).click();
    await page
      .getByRole("dialog")
      .getByRole("button", { name: /^Resend \d+$/ })
      .click();
    await page.getByRole("button", { name: say("resend:cancelJob") }).click();
    await page.getByText(say("resend:stopped")).waitFor();

    const { apiKey } = await workspace.api.ask<{ apiKey: string }>("POST", "/v1/api-keys", {
      name: "reader",
      scopes: ["read"],
    });
    const reader = await suite.visit();
    await reader.signIn(apiKey);
    await reader.page.goto(`/logs?webhookId=${id}`);
    await reader.page.getByRole("row").filter({ hasText: "Many" }).first().waitFor();
    expect(await reader.page.getByRole("button", { name: sayIn("en")("log:resend") }).count()).toBe(0);
  });
});
