import type { EndpointId } from "@hooklane/core";
import type { PartitionLanes } from "../partition-lanes.js";
import type { DispatcherProcess } from "./dispatcher-process.js";

/** What the parts of an owned partition know of it. */
export interface PartitionOwner {
  readonly process: DispatcherProcess;
  readonly partition: number;
  readonly epoch: number;
  readonly logEpoch: number;
  readonly lanes: PartitionLanes;
  /** Process and epoch: whom a request is from. */
  readonly by: string;
  readonly isDiscarded: boolean;
  /** By both clocks, as a time of the monotonic one. */
  readonly leaseUntil: number;
  /** Tells the lanes something and carries out what they decide; nothing once discarded. */
  tell(tell: (lanes: PartitionLanes, now: number) => void): void;
  /** Asked in the tick that writes the bytes of a request. */
  mayStart(endpointId: EndpointId, ticket: number): boolean;
  /** The log does not fit what was read of it. */
  drop(): void;
}
