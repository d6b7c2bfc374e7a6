import type { CreateWebhook, FieldError, Webhook } from "@hooklane/client";
import { type AuthValues, NO_AUTH, toAuthBody, toAuthValues } from "./auth-values.js";
import { parseFilterText } from "./parse-filter-text.js";

/** A header, or a field of a form. */
export interface NamedText {
  readonly name: string;
  readonly value: string;
}

type Source = NonNullable<Webhook["sources"]>[number];

/** Who can have set an event off; all of them is no filter. */
export const SOURCES = ["subscriber", "admin", "api"] as const satisfies readonly Source[];

/** What a webhook can be told beyond its name, URL and events; numbers as they are typed. */
export interface AdvancedValues {
  readonly filter: string;
  readonly sources: readonly Source[];
  readonly audienceId: string;
  readonly contentType: Webhook["contentType"];
  /** Of the body, for JSON. */
  readonly template: string;
  /** Of the body, for the form types. */
  readonly fields: readonly NamedText[];
  readonly headers: readonly NamedText[];
  readonly auth: AuthValues;
  readonly maxEvents: string | number;
  readonly maxWaitSeconds: string | number;
  readonly rateLimitPerSecond: string | number;
  readonly signatureScheme: Webhook["signatureScheme"];
}

export const NO_ADVANCED: AdvancedValues = {
  filter: "",
  sources: SOURCES,
  audienceId: "",
  contentType: "application/json",
  template: "",
  fields: [],
  headers: [],
  auth: NO_AUTH,
  maxEvents: "",
  maxWaitSeconds: "",
  rateLimitPerSecond: "",
  signatureScheme: "hmac-sha256",
};

export const toAdvancedValues = (webhook: Webhook): AdvancedValues => ({
  filter: webhook.filter === undefined ? "" : JSON.stringify(webhook.filter, undefined, 2),
  sources: webhook.sources ?? SOURCES,
  audienceId: webhook.audienceId ?? "",
  contentType: webhook.contentType,
  template: typeof webhook.body === "string" ? webhook.body : "",
  fields: typeof webhook.body === "object" ? webhook.body : [],
  headers: Object.entries(webhook.headers).map(([name, value]) => ({ name, value })),
  auth: toAuthValues(webhook.auth),
  maxEvents: webhook.batching?.maxEvents ?? "",
  maxWaitSeconds: webhook.batching?.maxWaitSeconds ?? "",
  rateLimitPerSecond: webhook.rateLimitPerSecond ?? "",
  signatureScheme: webhook.signatureScheme,
});

/** Rows nothing was typed into are none. */
export const isTyped = ({ name, value }: NamedText): boolean => name !== "" || value !== "";

/** What is sent instead of the event; undefined: the event. */
export function toWebhookBody({ contentType, template, fields }: AdvancedValues): CreateWebhook["body"] {
  if (contentType === "application/json") return template.trim() === "" ? undefined : template;
  const typed = fields.filter(isTyped).map(({ name, value }) => ({ name, value }));
  return typed.length === 0 ? undefined : typed;
}

export function toBatching({ maxEvents, maxWaitSeconds }: AdvancedValues): CreateWebhook["batching"] {
  return {
    ...(maxEvents !== "" && { maxEvents: Number(maxEvents) }),
    ...(maxWaitSeconds !== "" && { maxWaitSeconds: Number(maxWaitSeconds) }),
  };
}

/** The options of these values, each absent where it says nothing. */
export function toAdvancedBody(values: AdvancedValues) {
  const { sources, audienceId, contentType, headers, rateLimitPerSecond, signatureScheme } = values;
  const typed = parseFilterText(values.filter);
  const body = toWebhookBody(values);
  const auth = toAuthBody(values.auth);
  return {
    ...(typed.kind === "filter" && { filter: typed.filter as NonNullable<CreateWebhook["filter"]> }),
    ...(sources.length < SOURCES.length && { sources: [...sources] }),
    ...(audienceId.trim() !== "" && { audienceId: audienceId.trim() }),
    ...(contentType !== NO_ADVANCED.contentType && { contentType }),
    ...(body !== undefined && { body }),
    headers: Object.fromEntries(headers.filter(isTyped).map(({ name, value }) => [name, value])),
    ...(auth && { auth }),
    ...(rateLimitPerSecond !== "" && { rateLimitPerSecond: Number(rateLimitPerSecond) }),
    ...(signatureScheme !== NO_ADVANCED.signatureScheme && { signatureScheme }),
  };
}

/** What is wrong with the texts themselves, before there are options to check. */
export function checkTexts({ filter, headers }: AdvancedValues): readonly FieldError[] {
  const typed = parseFilterText(filter);
  const names = headers.map(({ name }) => name).filter((name) => name !== "");
  const repeated = names.find((name, index) => names.indexOf(name) !== index);
  return [
    ...(typed.kind === "wrong" ? typed.errors : []),
    ...(repeated === undefined
      ? []
      : [{ path: `headers.${repeated}`, code: "duplicate" as const, message: "stands twice" }]),
  ];
}
