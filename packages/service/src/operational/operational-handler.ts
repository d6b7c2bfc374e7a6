import type { IncomingMessage, ServerResponse } from "node:http";
import type { Metrics } from "../metrics.js";
import type { Readiness } from "./readiness.js";

/** Answers the request when it is an operational one and returns true; otherwise touches nothing and returns false. */
export type OperationalHandler = (request: IncomingMessage, response: ServerResponse) => boolean;

/** What the operational paths tell about. */
export interface OperationalHandlerOptions {
  readonly service: string;
  readonly readiness: Readiness;
  readonly metrics: Metrics;
}

/**
 * `GET /healthz` (the process answers), `GET /readyz` (each dependency named; 503 when one is not ready) and
 * `GET /metrics`. Stands in front of express or a `node:http` handler, or alone behind {@link startHealthServer}.
 */
export function createOperationalHandler(options: OperationalHandlerOptions): OperationalHandler {
  const { service, readiness, metrics } = options;
  return (request, response) => {
    if (request.method !== "GET" && request.method !== "HEAD") return false;
    switch (pathOf(request)) {
      case "/healthz":
        answerJson(response, 200, { status: "ok", service });
        return true;
      case "/readyz":
        void readiness.report().then((report) => answerJson(response, report.ready ? 200 : 503, report));
        return true;
      case "/metrics":
        void answerMetrics(response, metrics);
        return true;
      default:
        return false;
    }
  };
}

function pathOf(request: IncomingMessage): string {
  const target = request.url ?? "/";
  const query = target.indexOf("?");
  return query === -1 ? target : target.slice(0, query);
}

async function answerMetrics(response: ServerResponse, metrics: Metrics): Promise<void> {
  try {
    const text = await metrics.registry.metrics();
    answer(response, 200, metrics.registry.contentType, text);
  } catch {
    // A gauge's collect function failed; the others would be shown without it, and nobody would notice.
    answerJson(response, 500, { status: "metrics_failed" });
  }
}

function answerJson(response: ServerResponse, status: number, body: unknown): void {
  answer(response, status, "application/json; charset=utf-8", JSON.stringify(body));
}

function answer(response: ServerResponse, status: number, contentType: string, body: string): void {
  response.writeHead(status, {
    "content-type": contentType,
    "content-length": Buffer.byteLength(body),
    "cache-control": "no-store",
  });
  response.end(body);
}
