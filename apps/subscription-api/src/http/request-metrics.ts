import { type Histogram, latencyBucketsSeconds, type Logger, type Metrics } from "@hooklane/service";
import type { Request, Response } from "express";
import type { Operation } from "./operation.js";

export interface RequestMetrics {
  readonly duration: Histogram<"operation" | "status">;
}

export const createRequestMetrics = (metrics: Metrics): RequestMetrics => ({
  duration: metrics.histogram({
    name: "api_request_duration_seconds",
    help: "How fast is the API, and does it answer with errors? From the request's head to the end of the answer",
    labels: ["operation", "status"],
    buckets: latencyBucketsSeconds,
  }),
});

/** One line and one observation a request, when its answer is out. */
export function observeRequest(
  { metrics, logger }: { readonly metrics: RequestMetrics; readonly logger: Logger },
  { operationId, isStream = false }: Operation,
  {
    request,
    response,
    requestId,
  }: { readonly request: Request; readonly response: Response; readonly requestId: string },
): void {
  const startedAt = performance.now();
  response.once("close", () => {
    const durationMs = performance.now() - startedAt;
    const status = response.statusCode;
    // How long a client listened says nothing about how fast it was answered.
    if (!isStream || status !== 200) {
      metrics.duration.observe({ operation: operationId, status: String(status) }, durationMs / 1000);
    }
    logger.info(
      {
        operation: operationId,
        method: request.method,
        status,
        durationMs: Math.round(durationMs),
        requestId,
      },
      "api.request",
    );
  });
}
