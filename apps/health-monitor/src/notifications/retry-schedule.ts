/** When a notification that could not be sent is tried again, and until when. */
export interface RetrySchedule {
  /** Waits after the first, second, … try, seconds; the last one repeats. Not empty. */
  readonly waitsSeconds: readonly number[];
  /** Counted from when it was promised, seconds. */
  readonly giveUpAfterSeconds: number;
}

/** @returns the time of the next try after try `tries` (1-based), or undefined to give up. Pure. */
export function nextTryAt(
  tries: number,
  promisedAt: Date,
  now: Date,
  { waitsSeconds, giveUpAfterSeconds }: RetrySchedule,
): Date | undefined {
  const waitSeconds = waitsSeconds[Math.min(tries, waitsSeconds.length) - 1] ?? 0;
  const next = new Date(now.getTime() + waitSeconds * 1000);
  const end = promisedAt.getTime() + giveUpAfterSeconds * 1000;
  return next.getTime() <= end ? next : undefined;
}
