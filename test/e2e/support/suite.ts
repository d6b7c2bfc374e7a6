import { afterAll, beforeAll, test } from "@jest/globals";
import {
  joinSharedServices,
  type Receiver,
  type RunningServices,
  type Services,
  type ServicesOptions,
  startReceiver,
  startServices,
} from "@hooklane/testing";

/** The services and one receiver of a test file, the same for all of its tests. */
export interface Suite<S extends RunningServices = Services> {
  readonly services: S;
  readonly receiver: Receiver;
  /** A test whose failure shows what the services logged last. */
  readonly check: (name: string, run: () => Promise<void>, limitMs?: number) => void;
}

const START_LIMIT_MS = 120_000;
const CHECK_LIMIT_MS = 90_000;
const LINES_SHOWN = 25;

/**
 * Starts the services before the first test of the file and stops them after its last.
 *
 * @param options given when the tests begin, so that they can name what was started before
 */
export function useServices(options: () => ServicesOptions = () => ({})): Suite {
  return useRunning(() => startServices(options()));
}

/**
 * The services that the files of this folder's `shared` have together. They retry after `SHARED_RETRY_WAITS_MS`, and
 * cannot be killed, restarted or configured.
 */
export function useSharedServices(): Suite<RunningServices> {
  return useRunning(() => Promise.resolve(joinSharedServices()));
}

function useRunning<S extends RunningServices>(start: () => Promise<S>): Suite<S> {
  let services: S | undefined;
  let receiver: Receiver | undefined;
  beforeAll(async () => {
    receiver = await startReceiver();
    services = await start();
  }, START_LIMIT_MS);
  afterAll(async () => {
    try {
      await services?.stop();
    } finally {
      await receiver?.close();
    }
  }, START_LIMIT_MS);
  const started = <T>(part: T | undefined): T => {
    if (part === undefined) throw new Error("The services were not started");
    return part;
  };
  return {
    get services() {
      return started(services);
    },
    get receiver() {
      return started(receiver);
    },
    check(name, run, limitMs = CHECK_LIMIT_MS) {
      const reported = async () => {
        try {
          await run();
        } catch (error) {
          console.error(services?.tail(LINES_SHOWN));
          throw error;
        }
      };
      test(name, reported, limitMs);
    },
  };
}
