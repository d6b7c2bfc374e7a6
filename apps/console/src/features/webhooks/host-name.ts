import type { Webhook } from "@hooklane/client";

/** What a webhook is called whose form has no name for it, as the API calls those of an audience (product.md W1). */
export const toHostName = (url: string): string | undefined =>
  URL.canParse(url) ? new URL(url).host || undefined : undefined;

/** The name follows the URL where it came from there. */
export function toNewName(before: Webhook, url: string): { readonly name?: string } {
  const name = toHostName(url);
  return before.name === toHostName(before.url) && name !== undefined ? { name } : {};
}
