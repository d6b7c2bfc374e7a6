/** A request that was asked for and has not ended. */
export interface OpenRequest {
  /** Cuts it, wherever it is: its outcome is our own fault, and counts for nothing. Nothing once it has ended. */
  abort(): void;
}
