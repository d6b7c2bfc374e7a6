import { afterAll, describe, expect } from "@jest/globals";
import { setTimeout as sleep } from "node:timers/promises";
import { aWebhook, eventually, type JsonAnswer, type TestWorkspace } from "@hooklane/testing";
import { useKeptServices } from "./support/suite.js";

const suite = useKeptServices();
const { check } = suite;

const WRITERS = 6;
/** Before the kill, and after it. */
const WRITES = 13;
/** The database ends a transaction nobody goes on with after a minute; until then it locks what it wrote. */
const LOCKED_MS = 100_000;

interface Made {
  readonly id: string;
  readonly secret: string;
}

let isOver = false;
let answered = 0;
afterAll(() => {
  isOver = true;
});

/** A client that does not give up: the same call with the same key until it is answered with success. */
async function insist<T>(call: () => Promise<JsonAnswer<T>>): Promise<JsonAnswer<T>> {
  while (!isOver) {
    const answer = await call().catch(() => undefined);
    if (answer && answer.status < 300) {
      answered++;
      return answer;
    }
    // 409: the call that died still holds the key for some seconds.
    if (answer && answer.status < 500 && answer.status !== 409) throw new Error(answer.text);
    await sleep(50);
  }
  throw new Error("The test is over");
}

/** Makes webhooks, and deletes every second, one after the other. @returns those that shall be there */
async function write(workspace: TestWorkspace, name: string, isDone: () => boolean): Promise<Made[]> {
  const kept: Made[] = [];
  for (let n = 0; !isDone(); n++) {
    const key = `${name}-${n}`;
    const body = aWebhook({ name: key, url: `https://${key}.example.org/` });
    const made = await insist(() =>
      workspace.api.call<Made>("POST", "/v1/webhooks", body, { "idempotency-key": key }),
    );
    if (n % 2 === 0) kept.push(made.body);
    else {
      const path = `/v1/webhooks/${made.body.id}`;
      await insist(() => workspace.api.call("DELETE", path, undefined, { "idempotency-key": `${key} gone` }));
    }
  }
  return kept;
}

async function list(workspace: TestWorkspace): Promise<{ id: string; name: string }[]> {
  const found: { id: string; name: string }[] = [];
  for (let cursor: string | null = ""; cursor !== null;) {
    const page: { data: typeof found; nextCursor: string | null } = await workspace.api.ask(
      "GET",
      `/v1/webhooks?limit=200${cursor && `&cursor=${cursor}`}`,
    );
    found.push(...page.data);
    cursor = page.nextCursor;
  }
  return found;
}

describe("kill -9 of subscription-api while writes with an Idempotency-Key are made", () => {
  check(
    "each is made exactly once, and its repeat is answered with what was made",
    async () => {
      const { services } = suite;
      const workspace = await services.createWorkspace();
      let isDone = false;
      const writing = Promise.all(
        Array.from({ length: WRITERS }, (_, index) => write(workspace, `w${index}`, () => isDone)),
      );
      await eventually(() => answered >= WRITES);
      await services.kill9("subscription-api");
      const before = answered;
      await services.start(["subscription-api"]);
      await eventually(() => answered >= before + WRITES, { deadlineMs: LOCKED_MS });
      isDone = true;
      const kept = (await writing).flat();
      const there = await list(workspace);
      expect(there.map(({ id }) => id).sort()).toEqual(kept.map(({ id }) => id).sort());
      expect(new Set(there.map(({ name }) => name)).size).toBe(there.length);
      expect(kept.every(({ secret }) => secret.startsWith("whsec_"))).toBe(true);
      const { data } = await workspace.api.ask<{ data: { object: { id: string } }[] }>(
        "GET",
        `/v1/audit-log?limit=200&object=${kept[0]!.id}`,
      );
      expect(data).toHaveLength(1);
    },
    240_000,
  );
});
