/** Where a lane's events are (lanes.md §6). */
export type LaneState = "live" | "retrying" | "draining" | "catching_up";

/** Why a lane's events are moved to the backlog although none of its requests failed. */
export type OverflowCause = "age" | "weight" | "catch_up";
