import { expect, test } from "@jest/globals";
import type { LoggedDelivery } from "@hooklane/store";
import { awaitEnd } from "./await-end.js";

const retrying = { status: "retrying" } as LoggedDelivery;
const ended = { status: "delivered", settledAt: new Date(0) } as LoggedDelivery;

/** What the log has, look by look; the last stays. */
function log(...looks: (LoggedDelivery | undefined)[]) {
  let looked = 0;
  const find = () => Promise.resolve(looks[Math.min(looked++, looks.length - 1)]);
  return { find, looked: () => looked };
}

const { signal } = new AbortController();

test("a delivery is waited for until it has its end", async () => {
  const { find, looked } = log(undefined, retrying, ended);
  expect(await awaitEnd(find, { timeoutMs: 60_000, signal })).toBe(ended);
  expect(looked()).toBe(3);
});

test("no longer than said, and looked at once in any case", async () => {
  expect(await awaitEnd(log(ended).find, { timeoutMs: 0, signal })).toBe(ended);
  const { find, looked } = log(undefined);
  expect(await awaitEnd(find, { timeoutMs: 0, signal })).toBeUndefined();
  expect(looked()).toBe(1);
  expect(await awaitEnd(log(undefined).find, { timeoutMs: 150, signal })).toBeUndefined();
});

test("a service that stops keeps nobody waiting", async () => {
  const stopping = new AbortController();
  const waiting = awaitEnd(log(undefined).find, { timeoutMs: 60_000, signal: stopping.signal });
  stopping.abort();
  expect(await waiting).toBeUndefined();
});
