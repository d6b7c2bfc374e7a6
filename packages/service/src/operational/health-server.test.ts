import { createServer } from "node:http";
import { afterEach, describe, expect, test } from "@jest/globals";
import { createMetrics } from "../metrics.js";
import { StartupError } from "../startup-error.js";
import { startHealthServer, type HealthServer } from "./health-server.js";
import { closeServer, listen } from "./http-server.js";
import { createOperationalHandler } from "./operational-handler.js";
import { Readiness, readyWhen } from "./readiness.js";

const servers: HealthServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

const place = { host: "127.0.0.1", port: 0, portVariable: "ROUTER_PORT" };

async function start(readiness: Readiness) {
  const metrics = createMetrics("router", { processMetrics: false });
  const handler = createOperationalHandler({ service: "router", readiness, metrics });
  const server = await startHealthServer({ ...place, handler });
  servers.push(server);
  const get = (path: string, method = "GET") => fetch(`http://127.0.0.1:${server.port}${path}`, { method });
  return { metrics, handler, get, port: server.port };
}

describe("the operational paths", () => {
  test("/readyz names each dependency, and is 503 until all are ready and again while stopping", async () => {
    const readiness = new Readiness({ timeLimitMs: 50 });
    let isKafkaReady = false;
    readiness
      .add(
        "kafka",
        readyWhen(() => isKafkaReady, "not joined"),
      )
      .add("mongodb", () => Promise.resolve({ ready: true }));
    const { get } = await start(readiness);
    const early = await get("/readyz");
    expect(early.status).toBe(503);
    await expect(early.json()).resolves.toEqual({
      ready: false,
      dependencies: {
        service: { ready: false, detail: "starting" },
        kafka: { ready: false, detail: "not joined" },
        mongodb: { ready: true },
      },
    });
    isKafkaReady = true;
    readiness.markRunning();
    expect((await get("/readyz")).status).toBe(200);
    readiness.markStopping();
    expect((await get("/readyz")).status).toBe(503);
    expect((await get("/healthz")).status).toBe(200);
  });

  test("a dependency that hangs or throws is not ready, within the time limit, and tells no details", async () => {
    const readiness = new Readiness({ timeLimitMs: 50 })
      .add("hanging", () => new Promise(() => undefined))
      .add("failing", () => Promise.reject(new Error("mongodb://user:password@host")));
    readiness.markRunning();
    const { get } = await start(readiness);
    const start0 = performance.now();
    const text = await (await get("/readyz?verbose=1")).text();
    expect(performance.now() - start0).toBeLessThan(1_000);
    expect(JSON.parse(text)).toMatchObject({
      dependencies: {
        hanging: { ready: false, detail: "no answer within 50 ms" },
        failing: { ready: false, detail: "check failed" },
      },
    });
    expect(text).not.toContain("password");
  });

  test("/metrics carries the service and our prefix", async () => {
    const { get, metrics } = await start(new Readiness());
    metrics
      .counter({ name: "events_total", help: "Events", labels: ["outcome"] })
      .inc({ outcome: "accepted" });
    metrics.histogram({ name: "wait_seconds", help: "Wait", buckets: [1, 2] }).observe(1.5);
    const gauge = metrics.gauge({
      name: "lag",
      help: "Lag",
      collect() {
        this.set(7);
      },
    });
    expect(gauge).toBeDefined();
    const response = await get("/metrics");
    expect(response.headers.get("content-type")).toContain("text/plain");
    const text = await response.text();
    expect(text).toContain('hooklane_events_total{outcome="accepted",service="router"} 1');
    expect(text).toContain('hooklane_lag{service="router"} 7');
    expect(text).toMatch(/hooklane_wait_seconds_bucket\{.*le="2".*\} 1/);
  });

  test("anything else is left alone, so that the handler can stand in front of another", async () => {
    const { get, handler } = await start(new Readiness());
    expect((await get("/v1/events")).status).toBe(404);
    expect((await get("/healthz", "POST")).status).toBe(404);
    expect((await get("/healthz", "HEAD")).status).toBe(200);
    const touched: string[] = [];
    const response = { writeHead: () => touched.push("written") } as never;
    expect(handler({ method: "GET", url: "/v1/events" } as never, response)).toBe(false);
    expect(touched).toEqual([]);
  });
});

describe("listening", () => {
  test("on a busy port names the port and the variable to change", async () => {
    const { port } = await start(new Readiness());
    const second = listen(createServer(), { ...place, port });
    await expect(second).rejects.toBeInstanceOf(StartupError);
    await expect(second).rejects.toThrow(`port ${port} is in use: set ROUTER_PORT to a free one`);
  });

  test("ends with requests in progress answered, and cuts those that do not end", async () => {
    const server = createServer((request, response) => {
      if (request.url === "/slow") setTimeout(() => response.end("done"), 50);
    });
    const port = await listen(server, place);
    const slow = fetch(`http://127.0.0.1:${port}/slow`).then((response) => response.text());
    const never = fetch(`http://127.0.0.1:${port}/never`).catch(() => "cut");
    await new Promise((resolve) => setTimeout(resolve, 20));
    await closeServer(server, 200);
    await expect(slow).resolves.toBe("done");
    await expect(never).resolves.toBe("cut");
  });
});
