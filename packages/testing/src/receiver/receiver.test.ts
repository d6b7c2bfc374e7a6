import { afterEach, describe, expect, test } from "@jest/globals";
import { type Receiver, type ReceiverOptions, startReceiver } from "./receiver.js";
import { always, failFirst, hang, reset, script, slow } from "./reply.js";

let receiver: Receiver | undefined;

async function start(options: ReceiverOptions = {}): Promise<Receiver> {
  receiver = await startReceiver(options);
  return receiver;
}

const post = (url: string, body = "{}", headers: Record<string, string> = {}) =>
  fetch(url, { method: "POST", body, headers });

afterEach(async () => {
  await receiver?.close();
  receiver = undefined;
});

describe("startReceiver", () => {
  test("keeps the exact bytes, headers and order of what came, by path", async () => {
    const { url, requests, requestsTo } = bind(await start());
    await post(url("/a"), '{"n": 1}', { "webhook-attempt": "2", "webhook-id": "msg_1" });
    await post(url("/b"), "é");
    expect(requests.map(({ path }) => path)).toEqual(["/a", "/b"]);
    expect(requestsTo("/a")[0]).toMatchObject({ attempt: 2, webhookId: "msg_1", method: "POST" });
    expect(requestsTo("/b")[0]!.body).toEqual(Buffer.from("é"));
  });

  test("a script ends in its last behaviour", async () => {
    const { url } = bind(await start({ paths: { "/s": script([500, 429], always(204)) } }));
    const statuses = [];
    for (let i = 0; i < 4; i++) statuses.push((await post(url("/s"))).status);
    expect(statuses).toEqual([500, 429, 204, 204]);
  });

  test("fails as many as told and counts each path by itself", async () => {
    const { url } = bind(await start({ behaviour: failFirst(1, 503) }));
    expect((await post(url("/x"))).status).toBe(503);
    expect((await post(url("/y"))).status).toBe(503);
    expect((await post(url("/x"))).status).toBe(200);
  });

  test("a reset and a hanging request give no answer", async () => {
    const { url } = bind(await start({ paths: { "/r": reset, "/h": hang } }));
    await expect(post(url("/r"))).rejects.toThrow();
    const hanging = fetch(url("/h"), { method: "POST", signal: AbortSignal.timeout(100) });
    await expect(hanging).rejects.toThrow(/timeout|aborted/);
    expect(receiver!.requests).toHaveLength(2);
  });

  test("counts how many requests of a path were in flight at once", async () => {
    const { url, maxInFlight } = bind(await start({ behaviour: slow(100) }));
    await Promise.all([post(url("/p")), post(url("/p")), post(url("/q"))]);
    await post(url("/p"));
    expect([maxInFlight("/p"), maxInFlight("/q"), maxInFlight("/none")]).toEqual([2, 1, 0]);
  });

  test("waiting ends with the request that fulfils it, or tells at the deadline what came", async () => {
    const { url, waitFor } = bind(await start());
    const two = waitFor((requests) => requests.length === 2, { path: "/w" });
    await post(url("/w"));
    await post(url("/w"));
    expect(await two).toHaveLength(2);
    await expect(waitFor(() => false, { deadlineMs: 20 })).rejects.toThrow("/w × 2");
  });
});

function bind(of: Receiver) {
  return {
    requests: of.requests,
    url: of.url.bind(of),
    requestsTo: of.requestsTo.bind(of),
    maxInFlight: of.maxInFlight.bind(of),
    waitFor: of.waitFor.bind(of),
  };
}
