/** The indexes of one collection, as its concept states them. */
export interface CollectionIndexes {
  readonly collection: string;
  readonly indexes: readonly CollectionIndex[];
  /**
   * Names of indexes that earlier releases made and nothing needs any more: each costs every write. Not the release
   * before either, which still runs when they are dropped (ADR 0033).
   */
  readonly retired?: readonly string[];
}

export interface CollectionIndex {
  readonly name: string;
  readonly key: Readonly<Record<string, 1 | -1>>;
  readonly unique?: boolean;
  /** TTL: seconds after the time in the (single) indexed field. */
  readonly expireAfterSeconds?: number;
  readonly partialFilterExpression?: Readonly<Record<string, unknown>>;
}
