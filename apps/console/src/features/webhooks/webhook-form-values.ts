import type { CreateWebhook, FieldError, PatchWebhook, Webhook } from "@hooklane/client";
import { createWebhook, toFieldErrors } from "@hooklane/contracts";
import { toAdvancedPatch, toBatchingPatch } from "../templates/advanced-patch.js";
import {
  type AdvancedValues,
  checkTexts,
  NO_ADVANCED,
  toAdvancedBody,
  toAdvancedValues,
  toBatching,
} from "../templates/advanced-values.js";

/** What the form of a webhook asks for (console-flows.md F2). */
export interface WebhookFormValues extends AdvancedValues {
  readonly name: string;
  readonly url: string;
  readonly eventTypes: readonly string[];
  readonly isActive: boolean;
  readonly isBatching: boolean;
  readonly successStatus: Webhook["successStatus"];
}

/** Of a new one: off, one event a request, any 2xx (product.md W1). */
export const NEW_WEBHOOK: WebhookFormValues = {
  ...NO_ADVANCED,
  name: "",
  url: "",
  eventTypes: [],
  isActive: false,
  isBatching: false,
  successStatus: "2xx",
};

export const toFormValues = (webhook: Webhook): WebhookFormValues => ({
  ...toAdvancedValues(webhook),
  name: webhook.name,
  url: webhook.url,
  eventTypes: webhook.eventTypes,
  isActive: webhook.status === "active" || webhook.status === "recovering",
  isBatching: webhook.batching !== undefined,
  successStatus: webhook.successStatus,
});

export const toCreateBody = (values: WebhookFormValues): CreateWebhook =>
  ({
    kind: "events",
    // Empty is absent: the API says that it is needed rather than too short.
    ...(values.name.trim() !== "" && { name: values.name }),
    ...(values.url.trim() !== "" && { url: values.url.trim() }),
    ...(values.eventTypes.length > 0 && { eventTypes: [...values.eventTypes] }),
    status: values.isActive ? "active" : "inactive",
    ...(values.isBatching && { batching: toBatching(values) }),
    successStatus: values.successStatus,
    ...toAdvancedBody(values),
    // What is missing, the check says before this is sent.
  }) as CreateWebhook;

/** Only what differs, so that what the form does not show, and what others changed beside it, stays. */
export function toPatchBody(before: Webhook, values: WebhookFormValues): PatchWebhook {
  const shown = toFormValues(before);
  const { status, ...rest } = toCreateBody(values);
  const batching = toBatchingPatch(before, values, values.isBatching);
  const isOther = (name: keyof WebhookFormValues) =>
    JSON.stringify(shown[name]) !== JSON.stringify(values[name]);
  return {
    ...(isOther("name") && { name: rest.name }),
    ...(isOther("url") && { url: rest.url }),
    ...(isOther("eventTypes") && { eventTypes: rest.eventTypes }),
    ...(isOther("isActive") && { status }),
    ...(batching !== undefined && { batching }),
    ...(isOther("successStatus") && { successStatus: rest.successStatus }),
    ...toAdvancedPatch(before, values),
  };
}

/** What the API would say of them, by its own schema. */
export function checkWebhook(values: WebhookFormValues): readonly FieldError[] {
  const body = toCreateBody(values);
  const checked = createWebhook.safeParse(body);
  return [...checkTexts(values), ...(checked.success ? [] : toFieldErrors(checked.error.issues, body))];
}
