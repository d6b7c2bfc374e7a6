import { asWebhookId, type WebhookBody } from "@hooklane/core";
import { BodyTemplate } from "../template.js";
import { describeFailure } from "../template-fault.js";

export const webhook = { _id: asWebhookId("wh_1"), name: 'The "shop"' };

/** In native form, as JSON. */
export const toEvent = (data: unknown, type = "contact.subscribed"): Uint8Array =>
  Buffer.from(
    JSON.stringify({
      id: "evt_1",
      type,
      timestamp: "2026-01-31T23:30:00.250+01:00",
      source: "api",
      data,
    }),
  );

/** What such a body makes of an event with this data. */
export const render = (body: WebhookBody, data: unknown = {}) =>
  new BodyTemplate(body, webhook).render(toEvent(data));

/** What one value makes, in a form: no JSON around it. */
export function text(template: string, data: unknown = {}): string {
  const rendered = render([{ name: "f", value: template }], data);
  if (typeof rendered === "string" || "kind" in rendered) throw new Error(JSON.stringify(rendered));
  return rendered[0]?.value ?? "";
}

/** Why no body can be made, as it is shown. */
export function failureOf(body: WebhookBody, data: unknown = {}): string {
  const rendered = render(body, data);
  if (typeof rendered === "string" || !("kind" in rendered)) throw new Error("it did not fail");
  return describeFailure(rendered);
}
