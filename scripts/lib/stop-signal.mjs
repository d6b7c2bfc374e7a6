/**
 * A signal that is aborted by the first SIGINT, SIGTERM or SIGHUP. The handlers stay, so that a second one, as from an
 * impatient Ctrl-C or from npm passing on what the terminal sent already, is not a kill order (api.md §1).
 */
export function listenForStop(onFirst) {
  const stop = new AbortController();
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"]) {
    process.on(name, () => {
      if (stop.signal.aborted) return;
      onFirst(name);
      stop.abort(new StopRequested(name));
    });
  }
  // A reader that goes away, as in `npm start | head`, must not cut the orderly stop short.
  process.stdout.on("error", () => {});
  process.stderr.on("error", () => {});
  return stop.signal;
}

/** Why work was given up: somebody asked for it. */
export class StopRequested extends Error {
  name = "StopRequested";
}

/** Resolves when the signal is aborted. */
export function untilAborted(signal) {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
