import { createServer, type RequestListener, type Server } from "node:http";
import type { OperationalHandler } from "@hooklane/service";
import type { IngestHandler } from "./ingest-handler.js";

export interface IngestServerOptions {
  readonly operational: OperationalHandler;
  readonly ingest: IngestHandler;
  /** Whatever is neither. */
  readonly others: RequestListener;
}

/** A client that sends its head or body more slowly than this is cut off, milliseconds. */
const HEADERS_LIMIT_MS = 10_000;
const REQUEST_LIMIT_MS = 30_000;

/** Longer than the usual load balancer's, so that it is not us who closes under a request, milliseconds. */
const KEEP_ALIVE_MS = 75_000;

/** One server for all paths; the hot one is looked for first. */
export function createIngestServer({ operational, ingest, others }: IngestServerOptions): Server {
  const server = createServer(
    { headersTimeout: HEADERS_LIMIT_MS, requestTimeout: REQUEST_LIMIT_MS, keepAliveTimeout: KEEP_ALIVE_MS },
    (request, response) => {
      if (isIngestPath(request.url ?? "/")) void ingest(request, response);
      else if (!operational(request, response)) others(request, response);
    },
  );
  return server;
}

function isIngestPath(target: string): boolean {
  return target === "/v1/events" || target.startsWith("/v1/events?");
}
