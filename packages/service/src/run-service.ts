import { setTimeout as sleep } from "node:timers/promises";
import closeWithGrace from "close-with-grace";
import type { z } from "zod";
import type { Closeable } from "./closeable.js";
import { describeConfig } from "./config/describe-config.js";
import { loadConfig } from "./config/load-config.js";
import type { ConfigSchema } from "./config/variable.js";
import { createLogger, type Logger, type LogLevel } from "./logger.js";
import { createMetrics, type Metrics } from "./metrics.js";
import { Readiness } from "./operational/readiness.js";
import { StartupError } from "./startup-error.js";
import { hasTracesConfig, openTraces } from "./traces/open-traces.js";
import type { Traces } from "./traces/traces.js";

/** What a service is given at start. */
export interface ServiceContext<Config> {
  readonly name: string;
  readonly config: Config;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly readiness: Readiness;
  /** Undefined where nothing is traced. Closed once the app is. */
  readonly traces?: Traces | undefined;
  /**
   * Aborted the moment a stop begins: take in nothing new, give up waits without an end. What must end in order
   * (flushing, final checkpoints) belongs into the app's `close()`, which is called right after.
   */
  readonly signal: AbortSignal;
}

/** A service, as its `main.ts` states it. */
export interface ServiceDefinition<S extends ConfigSchema> {
  readonly name: string;
  readonly schema: S;
  /** Wires and starts the app; resolves when it works. */
  readonly start: (context: ServiceContext<z.output<S>>) => Promise<Closeable>;
  /** Time for an orderly stop, milliseconds; then the process exits 1. Default 9,500: gone within 10 s. */
  readonly stopLimitMs?: number;
  /** Time a start has to give up once a stop began, milliseconds; then the process ends without it. Default 5,000. */
  readonly startGiveUpMs?: number;
}

/**
 * Time a start has to give up after the stop began, milliseconds. Calls to a dependency that does not answer cannot be
 * taken back, and a service that never ran has nothing to bring to an end.
 */
const START_GIVE_UP_MS = 5_000;

const STOP_SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Runs a service for the life of the process: reads its configuration, starts it, and on SIGINT, SIGTERM or SIGHUP
 * closes it and exits 0 (1 when it took longer than 10 s). A repeated signal changes nothing. A failing start is said
 * in one line, exit 1. An uncaught error is logged and ends the process at once, exit 1: the state is in doubt then,
 * and every service recovers from a crash anyway.
 */
export async function runService<S extends ConfigSchema>(definition: ServiceDefinition<S>): Promise<void> {
  const { name, schema, start } = definition;
  let config: z.output<S>;
  try {
    config = loadConfig(schema, process.env);
  } catch (error) {
    failStart(name, error);
  }
  const logger = createLogger(name, logLevelOf(config));
  const stop = new AbortController();
  const readiness = new Readiness();
  const metrics = createMetrics(name);
  const traces = hasTracesConfig(config)
    ? await openTraces({ service: name, config, metrics, logger })
    : undefined;
  const context = { name, config, logger, metrics, readiness, traces, signal: stop.signal };
  logger.info({ config: describeConfig(schema, config), pid: process.pid }, "service.starting");

  const starting = start(context);
  // A stop may come first; then nobody else looks at how the start ended.
  starting.catch(() => undefined);
  stopOnSignal(logger, definition.stopLimitMs ?? 9_500, async (reason) => {
    logger.info({ reason }, "service.stopping");
    readiness.markStopping();
    stop.abort(new Error("The service stops"));
    try {
      await closeOnceStarted(starting, definition.startGiveUpMs ?? START_GIVE_UP_MS);
    } finally {
      await traces?.close();
    }
    logger.info("service.stopped");
  });
  try {
    await starting;
  } catch (error) {
    // Giving up a start is what the signal asked for.
    if (!stop.signal.aborted) failStart(name, error, logger);
    return;
  }
  readiness.markRunning();
  logger.info("service.started");
}

async function closeOnceStarted(starting: Promise<Closeable>, giveUpMs: number): Promise<void> {
  const app = await Promise.race([
    starting.catch(() => undefined),
    sleep(giveUpMs, undefined, { ref: false }),
  ]);
  await app?.close();
}

/**
 * close-with-grace kills on a second signal, which npm and terminals send as a matter of course; so it is given the
 * errors and the time limit, and the signals are counted here.
 */
function stopOnSignal(logger: Logger, stopLimitMs: number, stop: (reason: string) => Promise<void>): void {
  let reason: string | undefined;
  const grace = closeWithGrace(
    {
      delay: stopLimitMs,
      logger: false,
      skip: [
        "SIGHUP",
        "SIGINT",
        "SIGQUIT",
        "SIGILL",
        "SIGTRAP",
        "SIGABRT",
        "SIGBUS",
        "SIGFPE",
        "SIGSEGV",
        "SIGUSR2",
        "SIGTERM",
      ],
      onTimeout: (limitMs) => logger.error({ limitMs }, "service.stop_timed_out"),
      onSecondError: (err) => logger.fatal({ err }, "service.uncaught_error"),
    },
    async ({ err }) => {
      if (err) {
        logger.fatal({ err }, "service.uncaught_error");
        return;
      }
      try {
        await stop(reason ?? "idle");
      } catch (error) {
        logger.error({ err: error }, "service.stop_failed");
        throw error;
      }
    },
  );
  for (const signal of STOP_SIGNALS) {
    process.on(signal, () => {
      if (reason !== undefined) {
        logger.info({ signal }, "service.already_stopping");
        return;
      }
      reason = signal;
      grace.close();
    });
  }
}

function logLevelOf(config: Readonly<Record<string, unknown>>): LogLevel {
  return (config.LOG_LEVEL as LogLevel | undefined) ?? "info";
}

function failStart(name: string, error: unknown, logger?: Logger): never {
  if (error instanceof StartupError || logger === undefined) {
    process.stderr.write(`${name} cannot start: ${error instanceof Error ? error.message : String(error)}\n`);
  } else {
    logger.fatal({ err: error }, "service.start_failed");
  }
  process.exit(1);
}
