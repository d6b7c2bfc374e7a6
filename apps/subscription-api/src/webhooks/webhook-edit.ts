import { type CreateWebhook, createWebhook, type FieldError, toFieldErrors } from "@hooklane/contracts";
import type { EndpointId, NewSecret, WebhookId, WebhookKind, WorkspaceId } from "@hooklane/core";
import { normaliseUrl, signatureSchemeOf } from "@hooklane/core";
import type { EndpointPlace, NewWebhook, WebhookDocument } from "@hooklane/store";
import { mergePatch } from "../http/merge-patch.js";
import { toStoredCertificate } from "./certificates/client-certificate.js";
import { checkKeptSecret } from "./kept-secret.js";
import { isOtherAuth } from "./webhook-auth.js";
import { withPatchedFilter } from "./webhook-filter.js";

/** What is configured of a webhook, of whatever kind. */
export type ConfiguredWebhook = Omit<CreateWebhook, "kind"> & { readonly kind: WebhookKind };

/** What a webhook's status can be set to; others come about by themselves. */
export type WantedStatus = NonNullable<CreateWebhook["status"]>;

/** A new webhook as the user described it. */
export function toNewWebhook(
  body: ConfiguredWebhook,
  given: {
    readonly id: WebhookId;
    readonly workspaceId: WorkspaceId;
    readonly status: WantedStatus;
    readonly secret: NewSecret;
    readonly at: Date;
  },
): NewWebhook {
  return {
    _id: given.id,
    workspaceId: given.workspaceId,
    ...toConfigured(toStored(body)),
    status: given.status,
    secrets: [{ ...given.secret, createdAt: given.at }],
    createdAt: given.at,
  };
}

/** What may be left out of a webhook; such an option stays absent where it is stored. */
const OPTIONAL = [
  "batching",
  "sources",
  "audienceId",
  "filterJson",
  "auth",
  "clientCertificate",
  "body",
  "rateLimitPerSecond",
] as const;
/** What every webhook has, by default or by its user. */
const REQUIRED = ["kind", "name", "url", "eventTypes", "successStatus", "headers", "contentType"] as const;

type Configured = Pick<WebhookDocument, (typeof REQUIRED)[number] | (typeof OPTIONAL)[number]>;

/** What was given in the form it is stored in: named after its host where the name may be left out (W1). */
function toStored({ filter, name, clientCertificate, ...body }: ConfiguredWebhook) {
  return {
    ...body,
    name: name ?? new URL(body.url).host,
    filterJson: filter === undefined ? undefined : JSON.stringify(filter),
    clientCertificate: clientCertificate && toStoredCertificate(clientCertificate),
  };
}

/** What the user configures, but for the status. */
function toConfigured(given: ReturnType<typeof toStored> | WebhookDocument): Configured {
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
  const merged = withPatchedFilter(mergePatch(toPatched(current, patch), patch), current, patch);
  const parsed = createWebhook.safeParse(merged);
  if (!parsed.success) return { ok: false, errors: toFieldErrors(parsed.error.issues, merged) };
  if (parsed.data.kind !== current.kind) {
    return { ok: false, errors: [{ path: "kind", code: "invalid_value", message: "cannot be changed" }] };
  }
  const secretErrors = checkKeptSecret(current, parsed.data, patch);
  if (secretErrors.length > 0) return { ok: false, errors: secretErrors };
  const isStatusSet = typeof patch === "object" && patch !== null && Object.hasOwn(patch, "status");
  return {
    ok: true,
    body: parsed.data,
    status: isStatusSet ? (parsed.data.status ?? "inactive") : undefined,
  };
}

/** What a merge patch is merged into: all but the filter, and without an `auth` that it replaces as a whole. */
export function toPatched(current: WebhookDocument, patch: unknown) {
  const { auth, filterJson: _, ...configured } = toConfigured(current);
  const others = { ...configured, signatureScheme: signatureSchemeOf(current.secrets) };
  return auth === undefined || isOtherAuth(auth, patch) ? others : { ...others, auth };
}

/** The webhook with another configuration. */
export function withConfiguration(current: WebhookDocument, body: ConfiguredWebhook): WebhookDocument {
  const rest = Object.fromEntries(
    Object.entries(current).filter(([name]) => !(OPTIONAL as readonly string[]).includes(name)),
  ) as unknown as WebhookDocument;
  return { ...rest, ...toConfigured(toStored(body)) };
}

/** The webhook switched by the user. What it was disabled for is forgotten. One that recovers is on its way to active. */
export function withStatus(
  { disabled: _disabled, ...webhook }: WebhookDocument,
  status: WantedStatus | "recovering",
): WebhookDocument {
  const isOnItsWay = status === "active" && webhook.status === "recovering";
  return { ...webhook, status: isOnItsWay ? "recovering" : status };
}

/** The line of a URL. @throws RangeError for a URL that was not checked before */
export function toPlace(url: string, newId: EndpointId): EndpointPlace {
  const normalised = normaliseUrl(url);
  if (!normalised.ok) throw new RangeError("The URL was not checked");
  return { url: normalised.url, newId };
}
