import type { WorkspaceId } from "@hooklane/core";
import type { Store } from "../store.js";
import { DELIVERIES } from "./delivery-document.js";
import { type DeliverySelection, toDeliveryQuery } from "./delivery-query.js";

const QUERY_LIMIT_MS = 5_000;

/**
 * Counts deliveries of one state by entries of an index; the driver's `countDocuments` would read them one by one, which
 * takes several times as long.
 *
 * @param selection without a type: no index tells it
 * @param limit counting ends there; undefined: it does not
 * @throws the database's error when it did not answer within 5 s
 */
export async function countDeliveries(
  store: Store,
  workspaceId: WorkspaceId,
  selection: DeliverySelection,
  limit: number | undefined,
): Promise<number> {
  const { db } = store.db;
  if (!db) throw new Error("The store is not connected");
  const { hint, indexed } = toDeliveryQuery(workspaceId, selection);
  const { n } = await db.command({
    count: DELIVERIES,
    query: indexed,
    hint,
    ...(limit !== undefined && { limit }),
    maxTimeMS: QUERY_LIMIT_MS,
  });
  return Number(n);
}
