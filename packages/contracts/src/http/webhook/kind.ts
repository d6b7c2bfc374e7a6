import { SUBSCRIBED_KINDS, type WebhookKind } from "@hooklane/core";
import { z } from "zod";
import { presetTypes } from "../../catalogue/catalogue.js";
import { refuse, type RefineContext } from "../refuse.js";

/** What a webhook is for; set once (product.md §1). */
export const kind = z.enum(SUBSCRIBED_KINDS).meta({
  description:
    "`audience`: the actions of one audience; the name is optional (default: the URL's host), `audienceId` is not, and it is switched on unless said otherwise. Cannot be changed",
});

/** The audience whose events a webhook gets (product.md W3). */
export const audienceId = z
  .string()
  .min(1)
  .max(200)
  .meta({
    description:
      "Only events about this audience. Absent: no matter which; required for kind `audience`. One that begins with `au_` " +
      "has to be an audience of the workspace; any other is kept by who sends the events",
  });

const AUDIENCE_TYPES: ReadonlySet<string> = new Set(presetTypes("audience").map(({ type }) => type));

/** Refuses a webhook without what its kind has to have. */
export function refuseMissing(
  given: { readonly kind?: unknown; readonly name?: unknown; readonly audienceId?: unknown },
  context: RefineContext,
): void {
  const name = given.kind === "audience" ? "audienceId" : "name";
  if (given[name] === undefined) refuse(context, [name], "required", "is required");
}

/** Has a refinement run whatever is wrong with other fields, so that all is told at once: it must not rely on their types. */
export const BESIDE_OTHERS = {
  when: ({ value }: { readonly value: unknown }) => typeof value === "object" && value !== null,
};

/** Whether webhooks of a kind can get events of a type. */
export const isTypeOfKind = (kind: WebhookKind, type: string): boolean =>
  kind !== "audience" || AUDIENCE_TYPES.has(type);

/** Refuses event types a webhook of a kind does not have. */
export function refuseOtherTypes(
  given: { readonly kind: WebhookKind; readonly eventTypes: readonly string[] },
  context: RefineContext,
): void {
  given.eventTypes.forEach((type, index) => {
    if (isTypeOfKind(given.kind, type)) return;
    refuse(context, ["eventTypes", index], "invalid_value", "is not an action of an audience");
  });
}
