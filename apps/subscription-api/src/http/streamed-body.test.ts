import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import express from "express";
import { Agent, request } from "undici";
import { z } from "zod";
import { refusal } from "./answer.js";
import type { AnyCall, BodyStream, Received, StreamedBody } from "./operation.js";
import { type TakenBody, takeBody } from "./streamed-body.js";

const BYTES_MAX = 1_000;
const NO_CALL = {} as AnyCall;

const agent = new Agent({ connections: 1 });
let server: Server;
let url: string;
let receive: StreamedBody["receive"];
/** Of the request answered last. */
let taken: TakenBody | undefined;

beforeAll(async () => {
  const app = express();
  app.post("/", async (request, response) => {
    const streamed: StreamedBody = {
      content: { "text/csv": z.string(), "application/json": z.string() },
      bytesMax: BYTES_MAX,
      receive: (call, body) => receive(call, body),
    };
    taken = await takeBody(streamed, request, NO_CALL);
    response.status(taken.kind === "taken" ? 202 : taken.answer.status).end();
  });
  server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
});

afterAll(async () => {
  await agent.destroy();
  server.closeAllConnections();
  server.close();
});

const readAll = async (_call: AnyCall, { bytes }: BodyStream): Promise<Received> => ({
  kind: "received",
  body: await text(Readable.from(bytes)),
  release: () => Promise.resolve(),
});

/** In parts, so that nothing says before how much it is. */
async function post(parts: readonly string[], headers: Readonly<Record<string, string>> = {}) {
  const answer = await request(url, {
    method: "POST",
    headers: { "content-type": "text/csv", ...headers },
    body: Readable.from(parts.map((part) => Buffer.from(part))),
    dispatcher: agent,
  });
  await answer.body.dump();
  return answer;
}

const fingerprintOf = async (parts: readonly string[], headers?: Readonly<Record<string, string>>) => {
  receive = readAll;
  await post(parts, headers);
  return taken?.kind === "taken" ? taken.fingerprint : undefined;
};

test("a body of as many bytes as it may have is taken, of one more it is refused while it comes", async () => {
  receive = readAll;
  expect((await post(["x".repeat(BYTES_MAX / 2), "x".repeat(BYTES_MAX / 2)])).statusCode).toBe(202);
  expect((await post(["x".repeat(BYTES_MAX), "x"])).statusCode).toBe(413);
});

test("its fingerprint is that of its bytes and type, however they come", async () => {
  const one = await fingerprintOf(["ab", "c"]);
  expect(one).toMatch(/^[0-9a-f]{64}$/);
  expect(await fingerprintOf(["a", "bc"])).toBe(one);
  expect(await fingerprintOf(["abc"], { "content-type": "text/csv; charset=utf-8" })).toBe(one);
  expect(await fingerprintOf(["abd"])).not.toBe(one);
  expect(await fingerprintOf(["abc"], { "content-type": "application/json" })).not.toBe(one);
});

test.each([
  ["another type", { "content-type": "text/plain" }],
  ["another charset", { "content-type": 'text/csv; charset="utf-16"' }],
  ["something compressed", { "content-encoding": "gzip" }],
])("of %s is refused before it is read", async (_what, headers) => {
  receive = () => Promise.reject(new Error("It is read"));
  expect((await post(["x"], headers)).statusCode).toBe(415);
});

test("a client that is still sending gets the refusal, and its connection serves the next call", async () => {
  receive = async (_call, { bytes }) => {
    await bytes[Symbol.asyncIterator]().next();
    return { kind: "refused", answer: refusal("malformed_json", "No.") };
  };
  const parts = Array.from({ length: 500 }, () => "y".repeat(1_000));
  expect((await post(parts)).statusCode).toBe(400);
  receive = readAll;
  expect((await post(["x"])).statusCode).toBe(202);
});
