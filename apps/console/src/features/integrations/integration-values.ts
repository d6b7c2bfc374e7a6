import type { CreateWebhook, PatchWebhook, Webhook } from "@hooklane/client";
import { createWebhook } from "@hooklane/contracts";
import { checkWith } from "../../forms/check-with.js";
import { toHostName, toNewName } from "../webhooks/host-name.js";

/** What the form of the workspace integration asks for (console-flows.md F6). */
export interface IntegrationValues {
  readonly url: string;
  readonly eventTypes: readonly string[];
  readonly successStatus: Webhook["successStatus"];
}

export const NEW_INTEGRATION: IntegrationValues = { url: "", eventTypes: [], successStatus: "2xx" };

export const toIntegrationValues = ({ url, eventTypes, successStatus }: Webhook): IntegrationValues => ({
  url,
  eventTypes,
  successStatus,
});

/** Named after its host; saving switches it on where the plan allows it (product.md W1). */
export function toIntegrationBody(values: IntegrationValues, status: "active" | "inactive"): CreateWebhook {
  const url = values.url.trim();
  return {
    kind: "events",
    // Of a URL that is none, the URL is what is wrong.
    name: toHostName(url) ?? "?",
    ...(url !== "" && { url }),
    ...(values.eventTypes.length > 0 && { eventTypes: [...values.eventTypes] }),
    status,
    successStatus: values.successStatus,
    // What is missing, the check says before this is sent.
  } as CreateWebhook;
}

/** Only what differs, so that what others changed beside it stays. */
export function toIntegrationPatch(before: Webhook, values: IntegrationValues): PatchWebhook {
  const { url, eventTypes, successStatus } = toIntegrationBody(values, "inactive");
  const isOther = JSON.stringify([...before.eventTypes].sort()) !== JSON.stringify([...eventTypes].sort());
  return {
    ...(before.url !== url && { url, ...toNewName(before, url) }),
    ...(isOther && { eventTypes }),
    ...(before.successStatus !== successStatus && { successStatus }),
  };
}

export const checkIntegration = (values: IntegrationValues) =>
  checkWith(createWebhook, toIntegrationBody(values, "inactive"));
