import { findFreePorts } from "@hooklane/local-stack";

/** A TCP port of 127.0.0.1 that is free now, outside the range of outgoing connections. */
export async function freePort(): Promise<number> {
  const [port] = await findFreePorts(1);
  if (port === undefined) throw new Error("no port was found");
  return port;
}
