/** What became of a record at intake (lanes.md §5). */
export type Intake =
  /** In a lane, or settled at once. */
  | "taken"
  /** Resolved before: by an earlier owner, or a repeated fan-out. */
  | "resolved"
  /** Below `next`: read twice, dropped. */
  | "stale"
  /** Above `next`: a stale position; the reader is to seek to `next`. */
  | "gap";
