/**
 * Calls at once, and what comes within the pause once more after it: a thousand changes are one or two readings.
 *
 * @param pauseMs between two calls, milliseconds
 */
export function atMostEvery(pauseMs: number, call: () => void): () => void {
  let isPausing = false;
  let isWanted = false;
  const run = (): void => {
    if (isPausing) {
      isWanted = true;
      return;
    }
    isPausing = true;
    isWanted = false;
    call();
    setTimeout(() => {
      isPausing = false;
      if (isWanted) run();
    }, pauseMs);
  };
  return run;
}
