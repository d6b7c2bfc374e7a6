import type { Delivery, ResendFilter } from "@hooklane/client";

/** What a list of deliveries is narrowed to. */
interface Narrowed extends Omit<ResendFilter, "status"> {
  readonly status?: Delivery["status"];
}

/** What can be resent of a list, or why nothing can. */
export type Resendable =
  | { readonly kind: "filter"; readonly filter: ResendFilter }
  /** The API wants a webhook, or a status other than `delivered`: a slip would send everything to everybody. */
  | { readonly kind: "too_wide" }
  /** Those have an attempt before them still. */
  | { readonly kind: "not_settled" };

/** Which resend sends what a list shows, once more. */
export function toResendable({ status, ...rest }: Narrowed): Resendable {
  if (status === "pending" || status === "retrying") return { kind: "not_settled" };
  const isNarrow = rest.webhookId !== undefined || (status !== undefined && status !== "delivered");
  if (!isNarrow) return { kind: "too_wide" };
  return { kind: "filter", filter: { ...rest, ...(status !== undefined && { status }) } };
}
