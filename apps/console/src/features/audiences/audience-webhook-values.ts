import type { CreateWebhook, PatchWebhook, Webhook } from "@hooklane/client";
import { createWebhook } from "@hooklane/contracts";
import { checkWith } from "../../forms/check-with.js";
import { toNewName } from "../webhooks/host-name.js";

/** Who may have set an event off (product.md W3), in the order of the form. */
export const SOURCES = ["subscriber", "admin", "api"] as const satisfies NonNullable<Webhook["sources"]>;

/** What the form of an audience's webhook asks for (console-flows.md F5). */
export interface AudienceWebhookValues {
  readonly url: string;
  readonly eventTypes: readonly string[];
  readonly sources: readonly string[];
}

/** Of a new one: whoever it was. */
export const NEW_AUDIENCE_WEBHOOK: AudienceWebhookValues = { url: "", eventTypes: [], sources: SOURCES };

export const toAudienceWebhookValues = (webhook: Webhook): AudienceWebhookValues => ({
  url: webhook.url,
  eventTypes: webhook.eventTypes,
  // Absent: no filter, which all boxes together are too.
  sources: webhook.sources ?? SOURCES,
});

export function toAudienceWebhookBody(audienceId: string, values: AudienceWebhookValues): CreateWebhook {
  const { url, eventTypes, sources } = values;
  const chosen = SOURCES.filter((source) => sources.includes(source));
  return {
    kind: "audience",
    audienceId,
    ...(url.trim() !== "" && { url: url.trim() }),
    ...(eventTypes.length > 0 && { eventTypes: [...eventTypes] }),
    // None is an error, which the API says of an empty list.
    ...(chosen.length < SOURCES.length && { sources: chosen }),
    // What is missing, the check says before this is sent.
  } as CreateWebhook;
}

/** Only what differs, so that what others changed beside it stays. */
export function toAudienceWebhookPatch(before: Webhook, values: AudienceWebhookValues): PatchWebhook {
  const shown = toAudienceWebhookValues(before);
  const { url, eventTypes, sources } = toAudienceWebhookBody("", values);
  const isOther = (name: "eventTypes" | "sources") =>
    JSON.stringify([...shown[name]].sort()) !== JSON.stringify([...values[name]].sort());
  return {
    ...(shown.url !== url && { url, ...toNewName(before, url) }),
    ...(isOther("eventTypes") && { eventTypes }),
    ...(isOther("sources") && { sources: sources ?? null }),
  };
}

export const checkAudienceWebhook = (values: AudienceWebhookValues) =>
  // Whose it is, is not asked for.
  checkWith(createWebhook, toAudienceWebhookBody("any", values));
