import { describe, expect } from "@jest/globals";
import { always, anEvent } from "@hooklane/testing";
import { LANGUAGES } from "./support/browser.js";
import { useConsole } from "./support/console-suite.js";

const suite = useConsole();
const { check } = suite;

describe.each(LANGUAGES)("the workspace at a glance, in %s", (language) => {
  check(
    "says when there is nothing; then, by itself, how requests go and why they fail, and leads there",
    async () => {
      const { visit, page, say, workspace } = await suite.takeSeat(language, { width: 390 });
      const path = `/home-${language}`;
      suite.receiver.behave(path, always(503));
      const { id } = await workspace.createWebhook({
        url: suite.receiver.url(path),
        name: "Broken",
        status: "active",
      });
      await workspace.createWebhook({
        url: suite.receiver.url(`${path}-ok`),
        name: "Fine",
        status: "active",
      });
      await page.goto("/");
      await page.getByRole("heading", { name: say("layout:home"), level: 1 }).waitFor();
      await page.getByText(say("stats:empty")).waitFor();
      await page.getByText(say("stats:noDisabled")).waitFor();

      await workspace.send(anEvent());
      await page
        .getByText(say("stats:error_status", { status: 503 }))
        .first()
        .waitFor();
      // Who does not see the chart reads it.
      const table = page.getByRole("table", { name: say("stats:requests") });
      await table.getByRole("row").nth(24).waitFor();
      for (const scheme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme: scheme });
        expect(await visit.findBarriers()).toEqual([]);
      }
      expect(await visit.isWiderThanScreen()).toBe(false);
      await page.getByText(say("stats:range_1h"), { exact: true }).click();
      await table.getByRole("row").nth(13).waitFor({ state: "detached" });
      expect(page.url()).toContain("range=1h");
      await page.getByRole("link", { name: say("stats:seeFailures") }).click();
      await page.getByRole("heading", { name: say("log:title"), level: 1 }).waitFor();
      expect(page.url()).toContain("status=dead_letter");
      await page.goBack();
      await page.getByRole("link", { name: "Broken" }).first().click();
      await page.getByRole("heading", { name: "Broken", level: 1 }).waitFor();
      expect(page.url()).toContain(id);
      await page.getByRole("table", { name: say("stats:latency") }).waitFor({ state: "attached" });
      expect(await visit.findBarriers()).toEqual([]);
    },
  );
});
