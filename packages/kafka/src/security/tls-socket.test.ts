import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createServer, type Server, type TLSSocket } from "node:tls";
import { makeTestCertificate } from "@hooklane/testing";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { KafkaLog } from "../log.js";
import { createTlsSockets } from "./tls-socket.js";

const authority = makeTestCertificate({ commonName: "authority" });
const broker = makeTestCertificate({ commonName: "broker", issuer: authority, hosts: ["127.0.0.1"] });
const dir = mkdtempSync(join(tmpdir(), "hooklane-tls-"));
const files = { caFile: join(dir, "ca"), certFile: join(dir, "cert"), keyFile: join(dir, "key") };
const events: string[] = [];
const note = (_fields: object, event: string) => void events.push(event);
const logger: KafkaLog = { debug: note, info: note, warn: note, error: note };
const seen: string[] = [];
let server: Server;

function renew(commonName: string): void {
  const client = makeTestCertificate({ commonName, issuer: authority });
  writeFileSync(files.certFile, client.certificate);
  writeFileSync(files.keyFile, client.privateKey);
}

beforeAll(async () => {
  writeFileSync(files.caFile, authority.certificate);
  renew("first");
  const { certificate: cert, privateKey: key } = broker;
  server = createServer({ cert, key, ca: authority.certificate, requestCert: true }, (socket: TLSSocket) => {
    seen.push(socket.getPeerCertificate().subject.CN);
    socket.end("x");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
afterAll(async () => {
  await new Promise((resolve) => server.close(resolve));
  rmSync(dir, { recursive: true });
});

/** Resolves once the broker has looked at the certificate. */
function connect(sockets: ReturnType<typeof createTlsSockets>): Promise<void> {
  const { port } = server.address() as AddressInfo;
  return new Promise((resolve, reject) => {
    const socket = sockets({ host: "127.0.0.1", port, ssl: {}, onConnect: () => undefined });
    socket.once("error", reject);
    socket.once("data", () => {
      socket.destroy();
      resolve();
    });
  });
}

describe("connections over TLS", () => {
  test("show the certificate that is in the file by then, and the last one while there is none", async () => {
    const sockets = createTlsSockets(files, logger);
    await connect(sockets);
    renew("second");
    await connect(sockets);
    rmSync(files.keyFile);
    await connect(sockets);
    expect(seen).toEqual(["first", "second", "second"]);
    expect(events).toEqual(["kafka.certificates_not_read"]);
  });

  test("are not made to a broker of an unknown authority", async () => {
    writeFileSync(files.caFile, makeTestCertificate({ commonName: "other" }).certificate);
    await expect(connect(createTlsSockets({ caFile: files.caFile }, logger))).rejects.toMatchObject({
      code: expect.stringMatching(/SELF_SIGNED|UNABLE_TO/),
    });
  });

  test("to files that never could be read fail with the file's name", () => {
    const sockets = createTlsSockets({ caFile: join(dir, "missing") }, logger);
    expect(() => sockets({ host: "127.0.0.1", port: 1, ssl: {}, onConnect: () => undefined })).toThrow(
      /missing/,
    );
  });
});
