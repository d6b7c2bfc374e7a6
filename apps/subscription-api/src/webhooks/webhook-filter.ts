import type { Filter } from "@hooklane/core";
import type { WebhookDocument } from "@hooklane/store";
import { isObject } from "../http/merge-patch.js";

/** The filter a webhook was saved with. */
export const readFilter = ({ filterJson }: Pick<WebhookDocument, "filterJson">): Filter | undefined =>
  filterJson === undefined ? undefined : (JSON.parse(filterJson) as Filter);

/**
 * What a merge patch leads to, with the filter of the patch as a whole or the one there was. Merged like the other
 * options, a condition on null (`{ "data.plan": null }`) would be one to remove, and half of the old filter would stay.
 *
 * @param merged the rest of it, already merged
 */
export function withPatchedFilter(merged: unknown, current: WebhookDocument, patch: unknown): unknown {
  if (!isObject(merged)) return merged;
  const isPatched = isObject(patch) && Object.hasOwn(patch, "filter");
  const filter = isPatched ? patch.filter : readFilter(current);
  const { filter: _, ...others } = merged;
  return filter === undefined || filter === null ? others : { ...others, filter };
}
