import { describe, expect } from "@jest/globals";
import { always, anEvent, type CreatedWebhook, numberedEvents } from "@hooklane/testing";
import { LANGUAGES } from "./support/browser.js";
import { useConsole } from "./support/console-suite.js";

const suite = useConsole();
const { check } = suite;

/** Each of them fails four times: together one more than the rule allows. */
const FAILING = 8;

describe.each(LANGUAGES)("a webhook that fails, in %s (F7)", (language) => {
  check(
    "shows its line and how near the shared rule is, and why it was disabled; it is activated with what it missed",
    async () => {
      const { visit, page, say, workspace } = await suite.takeSeat(language);
      const paths = Array.from({ length: FAILING }, (_, index) => `/failing-${language}-${index}`);
      for (const path of paths) suite.receiver.behave(path, always(500));
      const made: CreatedWebhook[] = [];
      for (const path of paths)
        made.push(
          await workspace.createWebhook({ url: suite.receiver.url(path), name: path, status: "active" }),
        );
      const [first] = made;
      await page.goto(`/webhooks/${first!.id}`);
      await page.getByText(say("health:lineLive")).waitFor();
      await page.getByText(say("health:quota", { minutes: 30, used: 0, limit: 30 })).waitFor();
      expect(await visit.findBarriers()).toEqual([]);

      await workspace.sendMany(numberedEvents(2));
      // By itself, while it happens.
      await page.getByText(language === "fr" ? /Prochaine tentative dans/ : /Next attempt in/).waitFor();
      const isDisabled = async () =>
        Promise.all(made.map(async ({ id }) => (await workspace.readWebhook(id)).status === "auto_disabled"));
      let disabled: boolean[] = [];
      while (!disabled.includes(true)) disabled = await isDisabled();
      const { id } = made[disabled.indexOf(true)]!;
      const path = paths[disabled.indexOf(true)]!;
      await page.goto(`/webhooks/${id}`);
      await page.getByText(say("health:disabledBanner", { limit: 30, minutes: 30 })).waitFor();
      expect(await visit.findBarriers()).toEqual([]);

      suite.receiver.behave(path, always(200));
      await page.getByRole("button", { name: say("webhooks:activate"), exact: true }).click();
      const dialog = page.getByRole("dialog");
      await dialog.getByRole("radio", { name: say("health:recover") }).check();
      await dialog.getByRole("button", { name: say("webhooks:activate"), exact: true }).click();
      await page.getByRole("main").getByText(say("webhooks:active"), { exact: true }).waitFor();
    },
  );

  check("a test event goes out at once, and what the receiver made of it is said", async () => {
    const { page, say, workspace } = await suite.takeSeat(language);
    const path = `/tested-${language}`;
    const { id } = await workspace.createWebhook({
      url: suite.receiver.url(path),
      name: "T",
      status: "inactive",
    });
    await page.goto(`/webhooks/${id}`);
    await page.getByRole("button", { name: say("health:test") }).click();
    await page.getByRole("menuitem").first().click();
    await page.getByText(say("health:testSent", { status: 200 })).waitFor();
    expect(suite.receiver.requestsTo(path)).toHaveLength(1);
  });
});

describe("a link out of a mail", () => {
  check("opens the webhook in its own workspace, whichever was shown before", async () => {
    const { visit, page, workspace } = await suite.takeSeat();
    const other = await suite.services.createWorkspace({ name: "Other place" });
    const { id } = await workspace.createWebhook({ url: suite.receiver.url("/mailed"), name: "Mailed" });
    await visit.signIn(other.apiKey).catch(() => undefined);
    await page.goto(`/webhooks/${id}?workspace=${workspace.id}`);
    await page.getByRole("heading", { name: "Mailed" }).waitFor();
    await workspace.send(anEvent());
  });
});
