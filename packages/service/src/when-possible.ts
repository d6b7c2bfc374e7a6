import { retryForever } from "./retry-forever.js";
import type { ServiceContext } from "./run-service.js";
import { StartupError } from "./startup-error.js";

/**
 * Makes a call a start cannot do without, as often as it takes: a dependency may come up later than the service, and one
 * that is away for a while must not end it. Every failure is logged. One that stays until somebody changes something (an
 * error of an adapter with a `remedy`: a refused password, a topic with the wrong settings) ends the start instead.
 *
 * @param purpose what it is for, in the log: `open_store`
 * @throws the signal's reason once the service stops; StartupError for what waiting does not mend
 */
export function whenPossible<T>(
  { signal, logger }: Pick<ServiceContext<unknown>, "signal" | "logger">,
  purpose: string,
  call: () => Promise<T>,
): Promise<T> {
  return retryForever(call, {
    signal,
    onError: (err, attempt, waitMs) => {
      if (hasRemedy(err)) throw new StartupError(`${err.message}\n${indent(err.remedy)}`, { cause: err });
      logger.warn({ err, purpose, attempt, waitMs }, "service.dependency_unavailable");
    },
  });
}

/** What an adapter throws that will not pass by itself; `remedy` says what to do, one thing a line. */
interface Refusal extends Error {
  readonly remedy: string;
}

function hasRemedy(error: unknown): error is Refusal {
  return error instanceof Error && "remedy" in error && typeof error.remedy === "string";
}

const indent = (text: string) => text.replaceAll(/^/gm, "  ");
