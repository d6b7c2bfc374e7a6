import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect } from "@jest/globals";
import { anEvent, type ReceivedRequest } from "@hooklane/testing";
import { LANGUAGES } from "./support/browser.js";
import { useConsole } from "./support/console-suite.js";

const suite = useConsole();
const { check } = suite;

const CLICKED = "email.link_clicked";

/** Code that was copied, as a receiver's module has it. */
async function load(code: string): Promise<(request: ReceivedRequest) => boolean> {
  const dir = mkdtempSync(join(tmpdir(), "receiver-"));
  try {
    const file = join(dir, "verify.ts");
    writeFileSync(file, code);
    const { isSigned } = (await import(pathToFileURL(file).href)) as {
      isSigned: (headers: ReceivedRequest["headers"], body: Buffer) => boolean;
    };
    return ({ headers, body }) => isSigned(headers, body);
  } finally {
    rmSync(dir, { recursive: true });
  }
}

describe.each(LANGUAGES)("for receivers, in %s", (language) => {
  check("the page says how to verify, what to expect, and which events there are", async () => {
    const { visit, page, say } = await suite.takeSeat(language, { width: language === "fr" ? 390 : 1280 });
    await page.goto("/receivers");
    await page.getByRole("heading", { name: say("receivers:title"), level: 1 }).waitFor();
    await page.getByRole("tab", { name: "Python" }).click();
    await page.getByRole("button", { name: say("receivers:copyCode", { language: "Python" }) }).click();
    expect(await page.evaluate<string>("navigator.clipboard.readText()")).toContain("def is_signed(");
    await visit.field(say("receivers:search")).fill(CLICKED);
    await page.getByText(CLICKED, { exact: true }).click();
    await page.getByText(say("receivers:example"), { exact: true }).waitFor();
    await page
      .getByText(/"additionalProperties"|"properties"/)
      .first()
      .waitFor();
    expect(await visit.findBarriers()).toEqual([]);
    expect(await visit.isWiderThanScreen()).toBe(false);
    await visit.field(say("receivers:search")).fill("nobody.knows");
    await page.getByText(say("receivers:noneFound")).waitFor();
  });
});

describe("the code shown with a new secret", () => {
  check("has that secret in it, and verifies what the product sends; not what somebody changed", async () => {
    const { visit, page, say, workspace } = await suite.takeSeat();
    const path = "/copied";
    await page.goto("/webhooks/new");
    await visit.field(say("webhooks:name")).fill("Copied");
    await visit.field(say("webhooks:webhookUrl")).fill(suite.receiver.url(path));
    await page.getByRole("checkbox", { name: /click/i }).first().check();
    await page.getByRole("switch", { name: say("webhooks:webhookStatus") }).check();
    await page.getByRole("button", { name: say("webhooks:create") }).click();
    const copy = page.getByRole("button", {
      name: say("receivers:copyCode", { language: "Node.js / TypeScript" }),
    });
    await copy.click();
    const code = await page.evaluate<string>("navigator.clipboard.readText()");
    expect(code).toContain((await page.getByLabel(say("webhooks:secret")).textContent()) ?? "no secret");
    expect(await visit.findBarriers()).toEqual([]);
    await page.getByRole("button", { name: say("webhooks:done") }).click();
    await workspace.send(anEvent({ type: CLICKED }));
    const [sent] = await suite.receiver.waitFor((requests) => requests.length === 1, { path });
    const isSigned = await load(code);
    expect(isSigned(sent!)).toBe(true);
    expect(isSigned({ ...sent!, body: Buffer.from("{}") })).toBe(false);
  });
});
