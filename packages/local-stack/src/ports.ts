import { randomInt } from "node:crypto";
import { createServer } from "node:net";

/** The ports of a stack; all on 127.0.0.1. */
export interface StackPorts {
  readonly kafka: number;
  /** Kafka's own controller listener, which no client uses. */
  readonly kafkaController: number;
  readonly mongodb: number;
  readonly registry: number;
}

/** True when nobody listens on `port` of 127.0.0.1. */
export function isPortFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen({ port, host: "127.0.0.1", exclusive: true }, () => server.close(() => resolve(true)));
  });
}

/** Below the ranges from which systems take the near end of outgoing connections, so that none of those comes between. */
const FREE_PORTS = { first: 15_000, count: 17_000 };

/** Ports nobody uses now, all different. Somebody else may take one before it is used; by chance that is rare. */
export async function findFreePorts(count: number): Promise<number[]> {
  const found = new Set<number>();
  while (found.size < count) {
    const port = FREE_PORTS.first + randomInt(FREE_PORTS.count);
    if (!found.has(port) && (await isPortFree(port))) found.add(port);
  }
  return [...found];
}

/** Free ports for a whole stack, for tests. */
export async function findFreeStackPorts(): Promise<StackPorts> {
  const [kafka = 0, kafkaController = 0, mongodb = 0, registry = 0] = await findFreePorts(4);
  return { kafka, kafkaController, mongodb, registry };
}
