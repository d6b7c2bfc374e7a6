import { afterAll, beforeAll, test } from "@jest/globals";
import {
  giveServices,
  joinSharedServices,
  type Receiver,
  type RunningServices,
  type Services,
  type ServiceSettings,
  type ServicesOptions,
  startReceiver,
  startServices,
  takeServices,
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
 * The services that files of one worker of jest use one after the other, with the variables each of them names: a start
 * takes nine seconds of a processor. For files that may find what others have done: in the database, in topics and in
 * metrics. They may be killed, restarted and configured.
 */
export function useKeptServices(settings: () => ServiceSettings = () => ({})): Suite {
  return useRunning(() => takeServices(settings()), giveServices);
}

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

function useRunning<S extends RunningServices>(
  start: () => Promise<S>,
  end: (services: S, isSound: boolean) => Promise<void> = (services) => services.stop(),
): Suite<S> {
  let services: S | undefined;
  let receiver: Receiver | undefined;
  let isSound = true;
  beforeAll(async () => {
    receiver = await startReceiver();
    services = await start();
  }, START_LIMIT_MS);
  afterAll(async () => {
    try {
      if (services !== undefined) await end(services, isSound);
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
          isSound = false;
          console.error(services?.tail(LINES_SHOWN));
          throw error;
        }
      };
      test(name, reported, limitMs);
    },
  };
}
