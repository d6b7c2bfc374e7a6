import { createLogger, createMetrics, loadConfig, Readiness, type ServiceContext } from "@hooklane/service";
import { TEST_SECRETS_KEYS } from "@hooklane/testing";
import { expect, jest, test } from "@jest/globals";
import { startHealthMonitor } from "./app.js";
import { type HealthMonitorConfig, healthMonitorConfig } from "./config.js";

// The driver looks for the database for 5 s.
jest.setTimeout(30_000);

test("a database that is away is waited for: the start neither fails nor ends before the service stops", async () => {
  const stop = new AbortController();
  const reason = new Error("The service stops");
  const logger = createLogger("test", "warn", {
    write: (line: string) => {
      if (line.includes("service.dependency_unavailable")) stop.abort(reason);
    },
  });
  const config: HealthMonitorConfig = loadConfig(healthMonitorConfig, {
    KAFKA_BROKERS: "127.0.0.1:1",
    MONGODB_URI: "mongodb://127.0.0.1:1/?directConnection=true",
    HEALTH_MONITOR_PORT: "0",
    HOOKLANE_SECRETS_KEYS: TEST_SECRETS_KEYS,
    SMTP_URL: "smtp://127.0.0.1:1",
    MAIL_FROM: "hooklane@example.org",
  });
  const context: ServiceContext<HealthMonitorConfig> = {
    name: "health-monitor",
    config,
    logger,
    metrics: createMetrics("health-monitor"),
    readiness: new Readiness(),
    signal: stop.signal,
  };
  await expect(startHealthMonitor(context, { mailTemplate: "" })).rejects.toBe(reason);
});
