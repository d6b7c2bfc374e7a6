import {
  createTopics,
  dropTopics,
  eventually,
  readStackEnvironment,
  type Receiver,
  startReceiver,
} from "@hooklane/testing";
import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from "@jest/globals";
import { DispatcherBench, type RunningDispatcher } from "./testing/dispatcher-bench.js";

jest.setTimeout(60_000);

const SECRET = "ann@example.org";

let bench: DispatcherBench;
let receiver: Receiver;
let dispatcher: RunningDispatcher | undefined;

beforeAll(async () => {
  bench = await DispatcherBench.open(readStackEnvironment(), createTopics);
  receiver = await startReceiver();
  await bench.store.db
    .collection<{ _id: string }>("workspaces")
    .updateOne({ _id: bench.workspaceId }, { $set: { redact: ["data.contact.email"] } });
});
afterAll(async () => {
  await receiver.close();
  await bench.close(dropTopics);
});
afterEach(async () => {
  await dispatcher?.close();
  dispatcher = undefined;
});

const raw = async (collection: string) =>
  (await bench.store.db.collection(collection).find({}, { raw: true }).toArray()) as unknown as Buffer[];

describe("a workspace that has fields not to be stored", () => {
  test("has its lines parked sealed and sent byte for byte; echoes of its receivers are not passed on", async () => {
    let isDown = true;
    receiver.behave("/echo", ({ body }) => ({
      kind: "answer",
      status: isDown ? 503 : 200,
      body: `${isDown ? "no" : "yes"}: ${body.toString()}`,
    }));
    const webhook = await bench.addWebhook({ url: receiver.url("/echo") });
    dispatcher = await bench.start({ DISPATCHER_RETRY_WAITS_S: "0.2,3,0.2" });
    await bench.deliver(webhook, [1, 2, 3], { data: { contact: { email: SECRET } } });
    await eventually(async () => (await raw("backlog")).length === 3, { what: "all three parked" });
    expect((await raw("backlog")).filter((bytes) => bytes.includes(SECRET))).toEqual([]);
    // From the backlog, by another one: it has nothing of them in memory.
    await dispatcher.close();
    isDown = false;
    dispatcher = await bench.start();
    await eventually(() => bench.settledOf(webhook).length === 3, { what: "three results" });
    for (const request of receiver.requestsTo("/echo")) {
      expect(JSON.parse(request.body.toString())).toMatchObject({ data: { contact: { email: SECRET } } });
    }
    expect(JSON.stringify(bench.results)).not.toContain(SECRET);
    const heads = bench.results.map((result) => (result.kind === "attempt" ? result.responseHead : ""));
    expect(new Set(heads.map((head) => head?.slice(0, 4)))).toEqual(new Set(["no: ", "yes:"]));
    for (const head of heads) expect(head).toContain('{"email":"[redacted]"}');
  });
});
