import type { FieldError } from "@hooklane/contracts";
import { type DestinationPolicy, normaliseUrl, toRequestTarget } from "@hooklane/core";

/**
 * Checks where a URL of a user leads to, as far as the URL itself says (product.md O6): addresses in any spelling and
 * names of this machine. Names are not resolved here: what they resolve to changes, so only the check at connect time
 * decides.
 *
 * @param url one that can be normalised
 */
export function checkDestination(
  policy: DestinationPolicy,
  url: string,
  path: string,
): readonly FieldError[] {
  const normalised = normaliseUrl(url);
  if (!normalised.ok) return [{ path, code: normalised.fault, message: "is no URL to send to" }];
  const verdict = policy.checkHost(toRequestTarget(normalised.url).hostname);
  if (verdict.allowed) return [];
  return [
    {
      path,
      code: "destination_refused",
      message: `leads to an address nothing is sent to (${verdict.reason.replaceAll("_", " ")})`,
    },
  ];
}
