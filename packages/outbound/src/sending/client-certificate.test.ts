import { once } from "node:events";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { TLSSocket } from "node:tls";
import {
  type AttemptEnd,
  asWebhookId,
  type ClientCertificate,
  createDestinationPolicy,
} from "@hooklane/core";
import { toProfile } from "@hooklane/request";
import { systemClock } from "@hooklane/service";
import { makeTestCertificate } from "@hooklane/testing";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { createGuardedConnector } from "../connecting/guarded-connector.js";
import { OriginConnections } from "../connecting/origin-connections.js";
import { ResolveCounts } from "../connecting/resolve-counts.js";
import { toAddress } from "../testing/to-address.js";
import { AttemptExchange } from "./attempt-exchange.js";
import { EgressWatch } from "./egress-watch.js";
import { toSocketLimits } from "./socket-limits.js";
import { SocketSlots } from "./socket-slots.js";

const DAY_MS = 86_400_000;
const authority = makeTestCertificate({ commonName: "Authority" });
const receiver = makeTestCertificate({ commonName: "receiver", issuer: authority, hosts: ["receiver.test"] });

const certificateOf = (commonName: string, issuer = authority, notAfter?: Date): ClientCertificate => {
  const { certificate, privateKey } = makeTestCertificate({
    commonName,
    issuer,
    ...(notAfter && { notAfter }),
  });
  return { certificate, privateKey, trustedCertificates: authority.certificate };
};
const one = certificateOf("one");
const other = certificateOf("other");

let server: Server;
/** Who sent each request, as the receiver was shown. */
let senders: string[];
let sockets: Set<TLSSocket>;
let handshakes: number;
let resumed: number;
let inFlight: number;
let maxInFlight: number;
let connections: OriginConnections;
let slots: SocketSlots;

/** @param tlsVersion the newest one it speaks */
async function listen(tlsVersion: "TLSv1.2" | "TLSv1.3" = "TLSv1.3"): Promise<void> {
  server = createServer(
    {
      cert: receiver.certificate,
      key: receiver.privateKey,
      ca: authority.certificate,
      requestCert: true,
      rejectUnauthorized: true,
      maxVersion: tlsVersion,
      keepAliveTimeout: 0,
    },
    (request, response) => {
      const { socket } = request;
      const shown = socket instanceof TLSSocket ? socket.getPeerX509Certificate() : undefined;
      senders.push(shown?.subject ?? "nobody");
      maxInFlight = Math.max(maxInFlight, ++inFlight);
      // Long enough for others to come meanwhile.
      setTimeout(() => {
        inFlight--;
        response.end("ok");
      }, 10);
    },
  );
  server.on("secureConnection", (socket) => {
    handshakes++;
    if (socket.isSessionReused()) resumed++;
    sockets.add(socket);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
}

async function stop(): Promise<void> {
  for (const socket of sockets) socket.destroy();
  server.close();
  await once(server, "close");
}

beforeEach(async () => {
  senders = [];
  sockets = new Set();
  handshakes = 0;
  resumed = 0;
  inFlight = 0;
  maxInFlight = 0;
  slots = new SocketSlots(toSocketLimits({ openFilesMax: undefined }));
  const policy = createDestinationPolicy(["127.0.0.0/8"]);
  connections = new OriginConnections(
    createGuardedConnector(policy, new ResolveCounts(), toAddress("127.0.0.1"), authority.certificate),
    slots,
  );
  await listen();
});
afterEach(async () => {
  connections.close();
  expect(slots.isAtRest).toBe(true);
  await stop();
});

/** Makes one request of a webhook with this certificate. */
function send(clientCertificate?: ClientCertificate): Promise<AttemptEnd> {
  const { port } = server.address() as AddressInfo;
  const profile = toProfile(
    {
      _id: asWebhookId("wh_1"),
      name: "W",
      headers: {},
      contentType: "application/json",
      successStatus: "2xx",
      secrets: [],
      ...(clientCertificate && { clientCertificate }),
    },
    { url: `https://receiver.test:${port}/x` },
  );
  const context = {
    clock: systemClock,
    slots,
    connections,
    egress: new EgressWatch(),
    timeoutMs: 5_000,
    isResolving: () => false,
  };
  return new Promise((resolve, reject) => {
    const owner = { mayStart: () => true, onRefused: () => reject(new Error("refused")), onEnd: resolve };
    new AttemptExchange(context, { profile, headers: [], body: Buffer.from("{}") }, "live", owner).start();
  });
}

const SUCCEEDED = { outcome: { kind: "succeeded", statusCode: 200 } };
const failedWith = (error: string) => ({ outcome: { kind: "failed", error } });

describe("a receiver that asks who connects", () => {
  test("is shown the webhook's certificate, over a connection that is used again", async () => {
    for (let count = 0; count < 3; count++) expect(await send(one)).toMatchObject(SUCCEEDED);
    expect(senders).toEqual(["CN=one", "CN=one", "CN=one"]);
    expect(handshakes).toBe(1);
  });

  test("takes nothing of a webhook without one, or with one of an authority it does not know", async () => {
    const stranger = certificateOf("one", makeTestCertificate({ commonName: "Authority" }));
    for (const certificate of [undefined, stranger]) {
      const { outcome } = await send(certificate);
      // Node's server hangs up, others send an alert.
      expect(outcome).toMatchObject({
        kind: "failed",
        error: expect.stringMatching(/^(tls|connection_reset)$/),
      });
    }
    expect(senders).toEqual([]);
    expect(await send(one)).toMatchObject(SUCCEEDED);
  });

  test.each(["TLSv1.2", "TLSv1.3"] as const)(
    "never takes one webhook for another of the same origin, nor for nobody, when sessions are resumed (%s)",
    async (version) => {
      await stop();
      await listen(version);
      for (let round = 0; round < 3; round++) {
        await Promise.all([send(one), send(other)]);
        expect((await send()).outcome.kind).toBe("failed");
        expect(await send(other)).toMatchObject(SUCCEEDED);
        // The next round connects anew, with the sessions of this one.
        for (const socket of sockets) socket.destroy();
        while (connections.idle > 0) await new Promise((resolve) => setImmediate(resolve));
      }
      expect(senders.filter((sender) => sender === "CN=one")).toHaveLength(3);
      expect(senders.filter((sender) => sender === "CN=other")).toHaveLength(6);
      expect(senders).toHaveLength(9);
      expect(resumed).toBeGreaterThan(0);
    },
  );

  test("is shown another certificate from the next attempt on when it is replaced", async () => {
    await send(one);
    expect(await send({ ...other })).toMatchObject(SUCCEEDED);
    expect(senders).toEqual(["CN=one", "CN=other"]);
  });

  test("refuses one that has expired, and the log names it", async () => {
    const notAfter = new Date(Math.floor((Date.now() - DAY_MS / 2) / 1_000) * 1_000);
    const expired = certificateOf("expired", authority, notAfter);
    const { outcome } = await send(expired);
    expect(outcome).toMatchObject({
      kind: "failed",
      error: "tls",
      detail: expect.stringContaining(`the client certificate expired on ${notAfter.toISOString()} (`),
    });
    expect(senders).toEqual([]);
  });

  test("shares out its sockets as if all were of one webhook", async () => {
    connections.close();
    slots = new SocketSlots(toSocketLimits({ openFilesMax: undefined, perOriginMax: 2 }));
    connections = new OriginConnections(
      createGuardedConnector(
        createDestinationPolicy(["127.0.0.0/8"]),
        new ResolveCounts(),
        toAddress("127.0.0.1"),
      ),
      slots,
    );
    const ends = await Promise.all([one, other, certificateOf("third"), one, other].map(send));
    for (const end of ends) expect(end).toMatchObject(SUCCEEDED);
    expect([...senders].sort()).toEqual(["CN=one", "CN=one", "CN=other", "CN=other", "CN=third"]);
    expect(maxInFlight).toBe(2);
  });
});

describe("whom a webhook trusts", () => {
  test("is who it says, instead of anybody else", async () => {
    const elsewhere = makeTestCertificate({ commonName: "Elsewhere" }).certificate;
    expect(await send({ ...one, trustedCertificates: elsewhere })).toMatchObject(failedWith("tls"));
    expect(senders).toEqual([]);
    expect(await send(one)).toMatchObject(SUCCEEDED);
    // A session that was made trusting one authority vouches for nobody who trusts another.
    expect(await send({ ...one, trustedCertificates: elsewhere })).toMatchObject(failedWith("tls"));
  });

  test("is the well-known authorities, or who stands in for them, when it says nothing", async () => {
    const { certificate, privateKey } = one;
    expect(await send({ certificate, privateKey })).toMatchObject(SUCCEEDED);
  });
});
