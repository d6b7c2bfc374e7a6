import { asWebhookId, asWorkspaceId } from "@hooklane/core";
import type { DisabledNotice } from "@hooklane/store";
import { beforeAll, describe, expect, test } from "@jest/globals";
import { compileMailTemplate } from "../testing/compile-mail-template.js";
import { toDisabledMail } from "./disabled-mail.js";

const webhook = { id: asWebhookId("wh_1"), name: "CRM", url: "https://crm.example/hook?a=1&b=2" };
const notice: DisabledNotice = {
  workspaceId: asWorkspaceId("ws_1"),
  workspaceName: "Atelier",
  timeZone: "Europe/Paris",
  webhook,
  generation: 3,
  reason: "error_rate",
  at: new Date("2026-03-01T12:00:00Z"),
  errorCounts: [
    { webhookId: webhook.id, name: "CRM", errors: 16 },
    { webhookId: asWebhookId("wh_2"), errors: 15 },
  ],
  lastError: { error: "status", statusCode: 503 },
};

let template: string;
beforeAll(async () => {
  template = await compileMailTemplate();
});

const options = () => ({ template, consoleUrl: "https://hooks.example" });
const mailTo = (language: "en" | "fr", over: Partial<DisabledNotice> = {}) =>
  toDisabledMail({ ...notice, ...over }, { email: "ana@example.org", language }, options());

describe("toDisabledMail", () => {
  test("names webhook, URL, errors by webhook, last error and the link to re-enable, as HTML and as text", () => {
    const mail = mailTo("en");
    expect(mail.to).toBe("ana@example.org");
    expect(mail.subject).toBe("Webhook disabled: CRM");
    for (const part of [
      "Webhook: CRM",
      "URL: https://crm.example/hook?a=1&b=2",
      "CRM: 16",
      "(deleted): 15",
      "Last error: HTTP 503",
      "Disabled at: March 1, 2026 at 1:00:00",
      "Open and activate: https://hooks.example/webhooks/wh_1?workspace=ws_1",
    ]) {
      expect(mail.text).toContain(part);
    }
    for (const part of [
      "https://crm.example/hook?a=1&amp;b=2",
      ">16<",
      "HTTP 503",
      'href="https://hooks.example/webhooks/wh_1?workspace=ws_1"',
      "Atelier",
    ]) {
      expect(mail.html).toContain(part);
    }
    expect(mail.html).not.toContain("[[");
  });

  test("speaks the contact's language", () => {
    const mail = mailTo("fr");
    expect(mail.subject).toBe("Webhook désactivé : CRM");
    expect(mail.text).toContain("Erreurs des 30 dernières minutes");
    expect(mail.text).toContain("1 mars 2026");
    expect(mail.html).toContain('lang="fr"');
  });

  test("what users and receivers wrote never becomes markup, lines or headers of the mail", () => {
    const mail = mailTo("en", {
      workspaceName: "<script>alert(1)</script>",
      webhook: {
        ...webhook,
        name: `<img src=x onerror="x">\r\nBcc: eve@example.org`,
        url: 'https://x/"><b>',
      },
      lastError: { error: "tls", errorDetail: "<b>[[link]]</b>" },
      errorCounts: [{ webhookId: webhook.id, name: "</td></tr>$&", errors: 31 }],
    });
    expect(mail.html).not.toMatch(/<script>alert|<img src=x|<b>|<\/td><\/tr>\$/);
    expect(mail.html).toContain("&lt;b&gt;[[link]]&lt;/b&gt;");
    expect(mail.html).toContain("$&amp;");
    expect(mail.subject).not.toMatch(/[\r\n]/);
    expect(mail.text).not.toMatch(/^Bcc:/m);
  });

  test("a disablement by 410 says so and counts no errors", () => {
    const mail = mailTo("en", {
      reason: "gone",
      errorCounts: [],
      lastError: { error: "status", statusCode: 410 },
    });
    expect(mail.text).toContain("410 Gone");
    expect(mail.text).not.toContain("Errors in the last");
    expect(mail.html).not.toContain("Errors in the last");
  });
});
