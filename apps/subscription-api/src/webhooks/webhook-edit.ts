import { type CreateWebhook, createWebhook, type FieldError, toFieldErrors } from "@hooklane/contracts";
import type { EndpointId, WebhookId, WorkspaceId } from "@hooklane/core";
import { normaliseUrl } from "@hooklane/core";
import type { EndpointPlace, NewWebhook, WebhookDocument } from "@hooklane/store";
import { mergePatch } from "../http/merge-patch.js";

/** What a webhook's status can be set to; others come about by themselves. */
export type WantedStatus = CreateWebhook["status"];

/** A new webhook as the user described it. */
export function toNewWebhook(
  body: CreateWebhook,
  given: {
    readonly id: WebhookId;
    readonly workspaceId: WorkspaceId;
    readonly secret: string;
    readonly at: Date;
  },
): NewWebhook {
  return {
    _id: given.id,
    workspaceId: given.workspaceId,
    kind: "events",
    ...toConfigured(body),
    status: body.status,
    secrets: [{ value: given.secret, createdAt: given.at }],
    createdAt: given.at,
  };
}

/** What may be left out of a webhook; such an option stays absent where it is stored. */
const OPTIONAL = ["batching", "sources", "auth", "rateLimitPerSecond"] as const;
/** What every webhook has, by default or by its user. */
const REQUIRED = ["name", "url", "eventTypes", "successStatus", "headers", "contentType"] as const;

type Configured = Pick<WebhookDocument, (typeof REQUIRED)[number] | (typeof OPTIONAL)[number]>;

/** What the user configures, but for the status. */
function toConfigured(given: CreateWebhook | WebhookDocument): Configured {
  const names = [...REQUIRED, ...OPTIONAL.filter((name) => given[name] !== undefined)];
  return Object.fromEntries(names.map((name) => [name, given[name]])) as unknown as Configured;
}

export type Patched =
  | { readonly ok: true; readonly body: CreateWebhook; readonly status: WantedStatus | undefined }
  | { readonly ok: false; readonly errors: readonly FieldError[] };

/**
 * Applies a merge patch to what the user configured before, and checks the state it leads to.
 *
 * @returns `status` only when the patch sets it
 */
export function patchWebhookBody(current: WebhookDocument, patch: unknown): Patched {
  const merged = mergePatch(toConfigured(current), patch);
  const parsed = createWebhook.safeParse(merged);
  if (!parsed.success) return { ok: false, errors: toFieldErrors(parsed.error.issues, merged) };
  const isStatusSet = typeof patch === "object" && patch !== null && Object.hasOwn(patch, "status");
  return { ok: true, body: parsed.data, status: isStatusSet ? parsed.data.status : undefined };
}

/** The webhook with another configuration. */
export function withConfiguration(current: WebhookDocument, body: CreateWebhook): WebhookDocument {
  const rest = Object.fromEntries(
    Object.entries(current).filter(([name]) => !(OPTIONAL as readonly string[]).includes(name)),
  ) as unknown as WebhookDocument;
  return { ...rest, ...toConfigured(body) };
}

/** The webhook switched by the user. What it was disabled for is forgotten. */
export function withStatus(
  { disabled: _disabled, ...webhook }: WebhookDocument,
  status: WantedStatus,
): WebhookDocument {
  return { ...webhook, status };
}

/** The line of a URL. @throws RangeError for a URL that was not checked before */
export function toPlace(url: string, newId: EndpointId): EndpointPlace {
  const normalised = normaliseUrl(url);
  if (!normalised.ok) throw new RangeError("The URL was not checked");
  return { url: normalised.url, newId };
}
