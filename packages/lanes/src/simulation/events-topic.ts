import type { WorkspaceId } from "@hooklane/core";
import { EventsPartition } from "./events-partition.js";
import type { EventsRecord } from "./events-record.js";
import type { World } from "./world.js";

const PARTITIONS = 2;

/** `events.v1`: a workspace's records are all in one partition. */
export class EventsTopic {
  readonly all: readonly EventsPartition[];

  constructor(world: World) {
    this.all = Array.from({ length: PARTITIONS }, (_, partition) => new EventsPartition(world, partition));
  }

  at(partition: number): EventsPartition {
    const found = this.all[partition];
    if (found === undefined) throw new RangeError("no such partition");
    return found;
  }

  of(workspaceId: WorkspaceId): EventsPartition {
    return this.at(Number(workspaceId.slice(3)) % PARTITIONS);
  }

  append(workspaceId: WorkspaceId, ...records: readonly EventsRecord[]): void {
    this.of(workspaceId).append(records);
  }
}
