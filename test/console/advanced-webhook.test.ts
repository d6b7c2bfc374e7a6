import { describe, expect } from "@jest/globals";
import { anEvent } from "@hooklane/testing";
import { LANGUAGES } from "./support/browser.js";
import { useConsole } from "./support/console-suite.js";

const suite = useConsole();
const { check } = suite;

const TYPE = "email.link_clicked";

describe.each(LANGUAGES)("the advanced options of a webhook, in %s (W7, D12)", (language) => {
  check(
    "a filter and a template are tried as they are typed, say where they are wrong, and do what was shown",
    async () => {
      const { visit, page, say, workspace } = await suite.takeSeat(language);
      const path = `/advanced-${language}`;
      const url = suite.receiver.url(path);
      const { id } = await workspace.createWebhook({
        url,
        name: "Advanced",
        status: "active",
        eventTypes: [TYPE],
      });
      const seen = anEvent({ data: { order: { total: 250, name: 'a"é' } } });
      await workspace.send(seen);
      await suite.receiver.waitFor((requests) => requests.length === 1, { path });
      await page.goto(`/webhooks/${id}/edit`);
      await page.getByText(say("templates:advanced")).click();

      const filter = visit.field(say("templates:filter"));
      await filter.fill('{\n  "data.order.total": }');
      await page.getByText(/2 \|\s+"data.order.total": }/).waitFor();
      await filter.fill('{ "data.order.total": { "$gte": 100 } }');
      // The example has no order; an event that was, has.
      await page.getByText(say("templates:wouldNotGet", { reason: say("log:why_filter") })).waitFor();
      await page.getByText(say("templates:nothingThere")).waitFor();
      await page.getByRole("combobox", { name: say("templates:tryWith") }).selectOption(`event:${seen.id}`);
      await page.getByText(say("templates:wouldGet"), { exact: true }).waitFor();
      await page.getByText(say("templates:thereIs", { value: 250 })).waitFor();

      const template = visit.field(say("templates:dataToSend"));
      const preview = page.getByRole("region", { name: say("templates:preview") });
      await template.fill('{\n  "sum": {{ data.order.total | shout }} }');
      await preview.getByText(say("templates:noTemplate")).waitFor();
      await preview.getByText(/2 \| .*shout/).waitFor();
      await template.fill('{ "sum": {{ data.none }} }');
      await preview.getByText(say("templates:failsOnEvent")).waitFor();
      expect(await visit.findBarriers()).toEqual([]);
      await template.fill('{"sum":{{ data.order.total }},"name":"{{ data.order.name }}"}');
      const body = '{"sum":250,"name":"a\\"é"}';
      await preview.getByText(body).waitFor();

      await page.getByRole("button", { name: say("templates:addHeader") }).click();
      const header = page.getByRole("group", { name: say("templates:headers") });
      await header.getByRole("textbox").first().fill("webhook-id");
      await header.getByRole("textbox").last().fill("1");
      await page.getByRole("button", { name: say("common:save"), exact: true }).click();
      await header.getByText(say("fields:reserved_header")).waitFor();
      await header.getByRole("textbox").first().fill("X-Shop");
      expect(await visit.findBarriers()).toEqual([]);
      await page.getByRole("button", { name: say("common:save"), exact: true }).click();
      await page.getByText(say("webhooks:saved", { name: "Advanced" })).waitFor();

      await workspace.send(anEvent({ data: { order: { total: 99 } } }));
      await workspace.send(anEvent({ data: { order: { total: 250, name: 'a"é' } } }));
      const [, sent] = await suite.receiver.waitFor((requests) => requests.length === 2, { path });
      expect(sent!.body.toString()).toBe(body);
      expect(sent!.headers["x-shop"]).toBe("1");
    },
  );
});

describe("what a webhook signs with", () => {
  check("a key pair's public half stands on its page; back to a secret, it is shown this once", async () => {
    const { page, say, workspace } = await suite.takeSeat("en", { width: 390 });
    const { id } = await workspace.createWebhook({ url: suite.receiver.url("/keys"), name: "Keys" });
    const choose = async (scheme: string) => {
      await page.goto(`/webhooks/${id}/edit`);
      const select = page.getByRole("combobox", { name: say("templates:signatureScheme") });
      // Open already where one of them is set.
      if (scheme === "ed25519") await page.getByText(say("templates:advanced")).click();
      await select.selectOption(scheme);
      await page.getByRole("button", { name: say("common:save"), exact: true }).click();
      await page
        .getByText(say("webhooks:saved", { name: "Keys" }))
        .first()
        .waitFor();
    };
    await choose("ed25519");
    await page.goto(`/webhooks/${id}`);
    await page.getByText(/^whpk_/).waitFor();
    await choose("hmac-sha256");
    await page
      .getByLabel(say("webhooks:secret"))
      .getByText(/^whsec_/)
      .waitFor();
  });
});
