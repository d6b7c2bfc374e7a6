/**
 * Milliseconds on `CLOCK_MONOTONIC`, which is one clock for all processes of a machine: moments taken in different
 * processes can be compared. (`performance.now()` counts from the start of its process.)
 */
export function monotonicMs(): number {
  const [seconds, nanoseconds] = process.hrtime();
  return seconds * 1_000 + nanoseconds / 1e6;
}
