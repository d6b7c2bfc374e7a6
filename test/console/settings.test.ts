import { describe, expect } from "@jest/globals";
import { LANGUAGES } from "./support/browser.js";
import { useConsole } from "./support/console-suite.js";
import { sayIn } from "./support/say.js";

const suite = useConsole();
const { check } = suite;

interface Settings {
  readonly name: string;
  readonly disablePolicy: string;
  readonly contacts: readonly { readonly email: string; readonly language: string }[];
}

describe.each(LANGUAGES)("the workspace's settings, in %s", (language) => {
  check("are checked as they are typed, saved as a whole, and told of in the audit log", async () => {
    const { visit, page, say, workspace } = await suite.takeSeat(language);
    await page.getByRole("link", { name: say("layout:workspaceSettings") }).click();
    await visit.field(say("settings:name")).fill("Atelier");
    await page.getByRole("button", { name: say("settings:addContact") }).click();
    const added = page.getByRole("textbox", { name: say("settings:email", { number: 2 }) });
    await added.fill("lea");
    const save = page.getByRole("button", { name: say("common:save"), exact: true });
    await save.click();
    expect(await added.getAttribute("aria-invalid")).toBe("true");
    expect(await visit.findBarriers()).toEqual([]);
    await added.fill("lea@example.org");
    await page.getByRole("radio", { name: say("settings:policy_contributors") }).check();
    await save.click();
    await page.getByText(say("settings:saved")).waitFor();
    // The frame says it too.
    await page.getByRole("button", { name: `${say("layout:workspace")}: Atelier` }).waitFor();
    const saved = await workspace.api.ask<Settings>("GET", "/v1/workspace");
    expect(saved).toMatchObject({ name: "Atelier", disablePolicy: "contributors" });
    expect(saved.contacts[1]).toEqual({ email: "lea@example.org", language });

    // Somebody else's change is not overwritten unseen.
    await workspace.api.ask("PATCH", "/v1/workspace", { retentionDays: 9 });
    await visit.field(say("settings:name")).fill("Mine");
    await save.click();
    await page.getByRole("button", { name: say("common:saveOver") }).click();
    await save.click();
    await page.getByRole("button", { name: `${say("layout:workspace")}: Mine` }).waitFor();
    expect(await workspace.api.ask("GET", "/v1/workspace")).toMatchObject({ name: "Mine", retentionDays: 9 });

    await page.getByRole("link", { name: say("settings:auditLog") }).click();
    const row = page.getByRole("row").filter({ hasText: "disablePolicy" });
    await row.getByText(say("auditLog:changed")).waitFor();
    await row.getByRole("button").click();
    await page.getByLabel(say("auditLog:after"), { exact: true }).getByText("contributors").waitFor();
    expect(await visit.findBarriers()).toEqual([]);
    await page.getByRole("combobox", { name: say("auditLog:who") }).selectOption("system");
    await page.getByText(say("auditLog:empty"), { exact: true }).waitFor();
  });
});

describe("API keys", () => {
  check(
    "a new key is shown once, with what it may; revoking asks, and it opens nothing any more",
    async () => {
      const { visit, page, say, workspace } = await suite.takeSeat("en", { width: 390 });
      await page.goto("/settings/api-keys");
      await page.getByRole("button", { name: say("settings:createKey") }).click();
      const dialog = page.getByRole("dialog");
      await dialog.getByRole("button", { name: say("settings:createKey") }).click();
      await dialog.getByText(say("fields:required")).waitFor();
      expect(await visit.findBarriers()).toEqual([]);
      await visit.field(say("settings:keyName")).fill("Reports");
      await dialog.getByRole("button", { name: say("settings:createKey") }).click();
      const apiKey = (await page.getByLabel(say("settings:key"), { exact: true }).textContent()) ?? "";
      expect(apiKey).toMatch(/^hl_live_/);
      expect(await visit.findBarriers()).toEqual([]);
      expect(await visit.isWiderThanScreen()).toBe(false);
      await page.getByRole("button", { name: say("webhooks:done") }).click();

      const reader = await suite.visit();
      await reader.signIn(apiKey);
      await reader.page.goto("/settings");
      await reader.page.getByText(sayIn("en")("common:readOnly")).waitFor();
      expect(await reader.field(say("settings:name")).isDisabled()).toBe(true);
      expect(await reader.page.getByRole("button", { name: say("common:save") }).count()).toBe(0);

      const revoke = page.getByRole("button", { name: say("settings:revokeTitle", { name: "Reports" }) });
      await revoke.click();
      await dialog.getByRole("button", { name: say("common:cancel") }).click();
      await dialog.waitFor({ state: "detached" });
      await revoke.click();
      await dialog.getByRole("button", { name: say("settings:revoke"), exact: true }).click();
      await revoke.waitFor({ state: "detached" });
      const { data } = await workspace.api.ask<{ data: readonly { name: string; revokedAt?: string }[] }>(
        "GET",
        "/v1/api-keys",
      );
      expect(data.find(({ name }) => name === "Reports")).toHaveProperty("revokedAt");
      await reader.page.reload();
      await reader.page.getByText(sayIn("en")("layout:signInTitle")).waitFor();
    },
  );
});
