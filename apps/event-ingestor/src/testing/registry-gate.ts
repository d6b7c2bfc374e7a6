import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { closeServer } from "@hooklane/service";

/** A way to a schema registry that can be cut. */
export class RegistryGate {
  readonly #server: Server;
  #mode: "pass" | "hang" | "cut" = "pass";
  requests = 0;

  private constructor(server: Server) {
    this.#server = server;
  }

  /** @param registryUrl the registry behind it */
  static async open(registryUrl: string): Promise<RegistryGate> {
    const gate = new RegistryGate(
      createServer((request, response) => {
        gate.requests++;
        if (gate.#mode === "cut") request.socket.destroy();
        if (gate.#mode !== "pass") return;
        const { pathname } = new URL(registryUrl);
        const target = new URL(request.url?.replace(pathname, "") ?? "", "http://gate");
        fetch(`${registryUrl.replace(/\/$/, "")}${target.pathname}${target.search}`).then(
          async (answer) => {
            const type = answer.headers.get("content-type") ?? "application/json";
            response.writeHead(answer.status, { "content-type": type }).end(await answer.text());
          },
          () => request.socket.destroy(),
        );
      }),
    );
    await new Promise<void>((resolve) => gate.#server.listen(0, "127.0.0.1", resolve));
    return gate;
  }

  /** @param path the registry's own */
  url(path: string): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}${path}`;
  }

  /** What becomes of requests from now on. */
  set mode(mode: "pass" | "hang" | "cut") {
    this.#mode = mode;
    // Requests that hang stay so; the next one is answered.
    if (mode === "pass") this.#server.closeAllConnections();
  }

  close(): Promise<void> {
    return closeServer(this.#server, 0);
  }
}

/** Registers a schema. @returns its id */
export async function registerSchema(registryUrl: string, subject: string, schema: object): Promise<number> {
  const response = await fetch(`${registryUrl}/subjects/${subject}/versions`, {
    method: "POST",
    headers: { "content-type": "application/vnd.schemaregistry.v1+json" },
    body: JSON.stringify(schema),
  });
  const answer = (await response.json()) as { id?: number };
  if (answer.id === undefined)
    throw new Error(`The registry answered ${response.status}: ${JSON.stringify(answer)}`);
  return answer.id;
}

/** A payload with Confluent's wire header. */
export function toWireFormat(schemaId: number, payload: Buffer): Buffer {
  const header = Buffer.alloc(5);
  header.writeInt32BE(schemaId, 1);
  return Buffer.concat([header, payload]);
}
