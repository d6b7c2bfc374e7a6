/** Who works on a document, until when by the database's clock. */
export interface Lease {
  readonly owner: string;
  readonly until: Date;
}

/** Matches documents whose lease this owner has, or nobody any more. */
export const isFreeFor = (owner: string) => ({
  $or: [{ "lease.owner": owner }, { $expr: { $lte: [{ $ifNull: ["$lease.until", null] }, "$$NOW"] } }],
});

/** The update that gives the lease to this owner, from the database's now on for `leaseMs` milliseconds. */
export const takeLease = (owner: string, leaseMs: number) => [
  { $set: { lease: { owner: { $literal: owner }, until: { $add: ["$$NOW", leaseMs] } } } },
];
