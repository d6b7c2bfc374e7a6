import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import {
  closeInReverse,
  commonConfig,
  createOperationalHandler,
  port,
  runService,
  startHealthServer,
} from "../src/index.ts";

const modes = z
  .enum(["ok", "slow-start", "stuck-start", "slow-stop", "stuck-stop", "uncaught", "failing-start"])
  .default("ok");

/** A service that misbehaves as `SAMPLE_MODE` says, for run-service.test.ts. */
await runService({
  name: "sample",
  schema: z.object({ ...commonConfig, SAMPLE_PORT: port(0), SAMPLE_MODE: modes }),
  stopLimitMs: 1_000,
  startGiveUpMs: 300,
  start: async ({ name, config, logger, metrics, readiness, signal }) => {
    const handler = createOperationalHandler({ service: name, readiness, metrics });
    const health = await startHealthServer({
      host: config.HOST,
      port: config.SAMPLE_PORT,
      portVariable: "SAMPLE_PORT",
      handler,
    });
    logger.info({ port: health.port }, "sample.listening");
    if (config.SAMPLE_MODE === "slow-start") await sleep(60_000, undefined, { signal });
    if (config.SAMPLE_MODE === "stuck-start") await sleep(60_000);
    if (config.SAMPLE_MODE === "failing-start") throw new Error("no such thing");
    if (config.SAMPLE_MODE === "uncaught") {
      setTimeout(() => {
        throw new Error("out of the blue");
      }, 50);
    }
    return closeInReverse([
      {
        close: async () => {
          if (config.SAMPLE_MODE === "slow-stop") await sleep(400);
          if (config.SAMPLE_MODE === "stuck-stop") await sleep(60_000);
          logger.info({ isAborted: signal.aborted }, "sample.closed");
        },
      },
      health,
    ]);
  },
});
