import { beforeEach, describe, expect, jest, test } from "@jest/globals";
import type { AttemptEnd } from "@hooklane/core";
import { type AccessToken, refused, type TokenOutcome } from "../tokens/token-outcome.js";
import type { OpenRequest } from "./open-request.js";
import { TokenWait } from "./token-wait.js";

const token: AccessToken = { value: "t", usableUntil: Infinity };

let now: number;
let mayStart: boolean;
let ends: (AttemptEnd | "refused")[];
let settle: (outcome: TokenOutcome) => Promise<void>;
let request: { abort: jest.Mock<OpenRequest["abort"]> };
let launch: jest.Mock<(token: AccessToken) => OpenRequest | undefined>;
let wait: TokenWait;

beforeEach(() => {
  now = 1_000;
  mayStart = true;
  ends = [];
  request = { abort: jest.fn() };
  launch = jest.fn(() => request);
  const fetching = new Promise<TokenOutcome>((resolve) => {
    settle = async (outcome) => {
      resolve(outcome);
      await fetching;
    };
  });
  const owner = {
    mayStart: () => mayStart,
    onRefused: () => void ends.push("refused"),
    onEnd: (end: AttemptEnd) => void ends.push(end),
  };
  wait = new TokenWait({ now: () => now, wallNow: () => now }, owner, fetching, launch);
});

describe("an attempt that waits for its token", () => {
  test("is made with it, and is cut from then on as any request", async () => {
    await settle({ kind: "token", token });
    expect(launch).toHaveBeenCalledWith(token);
    wait.abort();
    expect(request.abort).toHaveBeenCalledTimes(1);
    expect(ends).toEqual([]);
  });

  test("without one fails, counted from when it began to wait", async () => {
    now = 3_500;
    await settle(refused("status 401"));
    expect(ends).toEqual([{ outcome: refused("status 401"), startedAt: 1_000, durationMs: 2_500 }]);
    expect(launch).not.toHaveBeenCalled();
  });

  test("that may not leave any more is no failed attempt", async () => {
    mayStart = false;
    await settle(refused("status 401"));
    expect(ends).toEqual(["refused"]);
  });

  test("for a fault of our own is deferred, lease or not", async () => {
    mayStart = false;
    await settle({ kind: "own_fault", fault: "sockets_exhausted" });
    expect(ends).toMatchObject([{ outcome: { kind: "own_fault", fault: "sockets_exhausted" } }]);
  });

  test("ends once when it is cut, whatever comes later", async () => {
    wait.abort();
    wait.abort();
    expect(ends).toMatchObject([{ outcome: { kind: "own_fault", fault: "aborted" } }]);
    await settle({ kind: "token", token });
    expect(launch).not.toHaveBeenCalled();
    expect(ends).toHaveLength(1);
  });
});
