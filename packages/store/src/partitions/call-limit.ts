/**
 * An answer that does not come within this is given up, milliseconds: a connection that swallows everything must cost
 * neither the lease nor the claim loop (lanes.md §4). A write may have been stored all the same: those of leases and
 * members allow for that.
 */
export const CALL_LIMIT = { timeoutMS: 5_000 } as const;
