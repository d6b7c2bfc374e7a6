import { eventually, type Services } from "@hooklane/testing";
import type { System } from "./system.js";

/** Who owns each partition of `deliveries.v1`, from the documents of lanes.md §3: the only look inside of the tests here. */
export type Owners = ReadonlyMap<number, string>;

interface PartitionDocument {
  readonly partition: number;
  readonly owner: string | null;
  readonly released: boolean;
}

const DEADLINE_MS = 90_000;

async function readOwners(database: Services["database"]): Promise<Owners | undefined> {
  const documents = await database.collection<PartitionDocument>("partitions").find().toArray();
  const held = documents.flatMap(({ partition, owner, released }): [number, string][] =>
    owner === null || released ? [] : [[partition, owner]],
  );
  return held.length === documents.length && held.length > 0 ? new Map(held) : undefined;
}

/** Waits until every partition has an owner and so many dispatchers own a fair share each. */
export async function awaitFairShares(database: Services["database"], dispatchers: number): Promise<Owners> {
  const look = async () => {
    const owners = await readOwners(database);
    if (owners === undefined) return undefined;
    const ids = [...owners.values()];
    const counts = [...new Set(ids)].map((id) => ids.filter((other) => other === id).length);
    const isFair =
      counts.length === dispatchers && Math.max(...counts) <= Math.ceil(owners.size / dispatchers);
    return isFair ? owners : undefined;
  };
  return eventually(look, { deadlineMs: DEADLINE_MS, intervalMs: 100, what: `${dispatchers} fair shares` });
}

/** The partition of each endpoint, by its number. */
export async function readPartitions({ services, workspaceIds }: System): Promise<readonly number[]> {
  const endpoints = await services.database
    .collection<{ workspaceId: string; partition: number }>("endpoints")
    .find()
    .toArray();
  const byWorkspace = new Map(endpoints.map(({ workspaceId, partition }) => [workspaceId, partition]));
  return workspaceIds.map((id) => byWorkspace.get(id) ?? -1);
}

/** The partition of `events.v1` of each workspace, by its id: who shares one waits for each other at the router. */
export async function readEventsPartitions(
  database: Services["database"],
): Promise<ReadonlyMap<string, number>> {
  const workspaces = await database
    .collection<{ _id: string; eventsPartition: number }>("workspaces")
    .find()
    .toArray();
  return new Map(workspaces.map(({ _id, eventsPartition }) => [_id, eventsPartition]));
}
