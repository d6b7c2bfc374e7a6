/** How much of an endpoint may wait (lanes.md §8): more disables its webhooks, nothing is dropped silently. */
export interface BacklogQuota {
  /** Age of the oldest event. */
  readonly secondsMax: number;
  /** Of all events together. */
  readonly bytesMax: number;
}

/** What waits for one endpoint. */
export interface BacklogSize {
  readonly oldestAgeSeconds: number;
  readonly bytes: number;
}

/** Whether more waits than may: older or larger than the quota. */
export function isOverQuota({ oldestAgeSeconds, bytes }: BacklogSize, quota: BacklogQuota): boolean {
  return oldestAgeSeconds > quota.secondsMax || bytes > quota.bytesMax;
}
