/**
 * What a run is about. Seeds take turns:
 * `lease`: receivers always slow, owners cut off from the database or frozen past their lease.
 * `rule`: many errors, a database that loses much, owners that crash between count and checkpoint.
 * `graceful`: partitions change hands in order only; nothing may be sent twice.
 * `quiet`: nothing but receivers that fail.
 * `hostile`: slow receivers, bursts, long pauses. `mixed`: something of everything.
 */
export interface Profile {
  readonly kind: "lease" | "rule" | "graceful" | "quiet" | "hostile" | "mixed";
  /** Logs lose their end or are made anew. */
  readonly hasCuts: boolean;
  /** Servers answer every call, once and in time. */
  readonly isReliable: boolean;
}

export function profileOf(seed: number): Profile {
  switch (seed % 10) {
    case 3:
      return { kind: "lease", hasCuts: false, isReliable: false };
    case 7:
      return { kind: "rule", hasCuts: false, isReliable: false };
    case 5:
      return { kind: "graceful", hasCuts: false, isReliable: true };
    case 1:
      return { kind: "quiet", hasCuts: false, isReliable: true };
    default:
      return { kind: seed % 3 === 0 ? "hostile" : "mixed", hasCuts: seed % 4 === 0, isReliable: false };
  }
}
