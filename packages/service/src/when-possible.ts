import { retryForever } from "./retry-forever.js";
import type { ServiceContext } from "./run-service.js";

/**
 * Makes a call a start cannot do without, as often as it takes: a dependency may come up later than the service, and one
 * that is away for a while must not end it. Every failure is logged.
 *
 * @param purpose what it is for, in the log: `open_store`
 * @throws the signal's reason once the service stops
 */
export function whenPossible<T>(
  { signal, logger }: Pick<ServiceContext<unknown>, "signal" | "logger">,
  purpose: string,
  call: () => Promise<T>,
): Promise<T> {
  return retryForever(call, {
    signal,
    onError: (err, attempt, waitMs) =>
      logger.warn({ err, purpose, attempt, waitMs }, "service.dependency_unavailable"),
  });
}
