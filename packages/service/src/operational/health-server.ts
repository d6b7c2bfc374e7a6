import { createServer } from "node:http";
import type { Closeable } from "../closeable.js";
import { closeServer, listen, type ListenOptions } from "./http-server.js";
import type { OperationalHandler } from "./operational-handler.js";

/** A running health server. */
export interface HealthServer extends Closeable {
  /** The port it listens on (the one asked for, or the free one taken for 0). */
  readonly port: number;
}

/**
 * The operational paths on a server of their own, for services without an HTTP API. Start it first: `/healthz` answers
 * while the dependencies are still awaited.
 *
 * @throws StartupError when the port cannot be had
 */
export async function startHealthServer(
  options: ListenOptions & { readonly handler: OperationalHandler },
): Promise<HealthServer> {
  const server = createServer((request, response) => {
    if (options.handler(request, response)) return;
    response.writeHead(404, { "content-type": "text/plain; charset=utf-8" }).end("not found\n");
  });
  const port = await listen(server, options);
  return { port, close: () => closeServer(server, 1_000) };
}
