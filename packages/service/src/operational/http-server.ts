import type { Server } from "node:http";
import type { AddressInfo, Server as SocketServer } from "node:net";
import { StartupError } from "../startup-error.js";

/** Where to listen, and the variable to name when that fails. */
export interface ListenOptions {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** The variable the port was read from, such as `ROUTER_PORT`. */
  readonly portVariable: string;
}

/**
 * Starts listening.
 *
 * @returns the port listened on
 * @throws StartupError naming port and variable when the port is taken, not allowed, or the address is not this machine's
 */
export async function listen(
  server: SocketServer,
  { host, port, portVariable }: ListenOptions,
): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    const onError = (error: NodeJS.ErrnoException) => {
      server.off("listening", onListening);
      reject(describeListenError(error, { host, port, portVariable }));
    };
    const onListening = () => {
      server.off("error", onError);
      resolve();
    };
    server.once("error", onError);
    server.once("listening", onListening);
    server.listen(port, host);
  });
  return (server.address() as AddressInfo).port;
}

function describeListenError(
  error: NodeJS.ErrnoException,
  { host, port, portVariable }: ListenOptions,
): Error {
  switch (error.code) {
    case "EADDRINUSE":
      return new StartupError(`port ${port} is in use: set ${portVariable} to a free one`);
    case "EACCES":
      return new StartupError(
        `port ${port} may not be opened by this user: set ${portVariable} to one above 1023`,
      );
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
      return new StartupError(`${host} is not an address of this machine: set HOST`);
    default:
      return error;
  }
}

/**
 * Stops taking connections, lets requests in progress end, then cuts what is left.
 *
 * @param graceMs time for requests in progress, milliseconds
 */
export async function closeServer(server: Server, graceMs = 5_000): Promise<void> {
  if (!server.listening) return;
  const cut = setTimeout(() => server.closeAllConnections(), graceMs);
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
  });
  clearTimeout(cut);
}
