import { afterEach, beforeEach, describe, expect, jest, test } from "@jest/globals";
import { asWorkspaceId, type OAuth2Auth } from "@hooklane/core";
import { createLogger } from "@hooklane/service";
import type { IssuedToken } from "./token-answer.js";
import { type NoToken, refused, unavailable } from "./token-outcome.js";
import { type AsksForToken, TokenSource } from "./token-source.js";

const workspace = asWorkspaceId("ws_1");
const credentials: OAuth2Auth = {
  type: "oauth2",
  tokenUrl: "https://idp.example.org/token",
  clientId: "c",
  clientSecret: "s",
  scope: "a",
  audience: "b",
};

let now: number;
let source: TokenSource;
/** Calls of the endpoint that are still to be answered, oldest first. */
let open: ((reply: IssuedToken | NoToken) => void)[];
let ask: jest.Mock<AsksForToken["ask"]>;
/** How often requests ended so. */
let counts: Record<string, number>;

beforeEach(() => {
  now = 1_000_000;
  open = [];
  ask = jest.fn(
    (_credentials, _pool, signal: AbortSignal) =>
      new Promise((resolve) => {
        open.push(resolve);
        signal.addEventListener("abort", () => resolve({ kind: "own_fault", fault: "aborted" }));
      }),
  );
  counts = {};
  source = new TokenSource({
    endpoint: { ask },
    clock: { now: () => now, wallNow: () => now },
    metrics: { tokenRequests: { inc: ({ outcome }) => (counts[outcome] = (counts[outcome] ?? 0) + 1) } },
    logger: createLogger("test", "silent"),
  });
});
afterEach(() => source.close());

const issued = (value: string, lifetimeMs = 600_000): IssuedToken => ({ kind: "issued", value, lifetimeMs });

/** Fetches, and answers the call it makes. */
async function fetch(reply: IssuedToken | NoToken, of = credentials, workspaceId = workspace) {
  const fetching = source.fetch(workspaceId, of, "live");
  await Promise.resolve();
  open.shift()?.(reply);
  return fetching;
}

const known = (of = credentials, workspaceId = workspace) => source.known(workspaceId, of)?.value;

describe("a token", () => {
  test("is fetched once and known until shortly before it expires", async () => {
    expect(known()).toBeUndefined();
    expect(await fetch(issued("t1"))).toMatchObject({ kind: "token", token: { value: "t1" } });
    now += 569_999;
    expect(known()).toBe("t1");
    now += 1;
    expect(known()).toBeUndefined();
    await fetch(issued("t2"));
    expect(known()).toBe("t2");
    expect(ask).toHaveBeenCalledTimes(2);
  });

  test("with a short life is used for most of it, and one without a life once", async () => {
    await fetch(issued("short", 10_000));
    now += 7_999;
    expect(known()).toBe("short");
    now += 1;
    expect(known()).toBeUndefined();
    expect(await fetch(issued("spent", 0))).toMatchObject({ kind: "token", token: { value: "spent" } });
    expect(known()).toBeUndefined();
  });

  test("is counted from the request, not from the answer", async () => {
    const fetching = source.fetch(workspace, credentials, "live");
    now += 4_000;
    open.shift()?.(issued("t", 10_000));
    await fetching;
    now += 3_999;
    expect(known()).toBe("t");
    now += 1;
    expect(known()).toBeUndefined();
  });

  test("is shared by all who ask while it is fetched", async () => {
    const first = source.fetch(workspace, credentials, "live");
    const second = source.fetch(workspace, { ...credentials }, "retry");
    open.shift()?.(issued("t"));
    expect(await second).toBe(await first);
    expect(ask).toHaveBeenCalledTimes(1);
  });

  test.each<[string, OAuth2Auth]>([
    ["endpoint", { ...credentials, tokenUrl: "https://other.example.org/token" }],
    ["client", { ...credentials, clientId: "d" }],
    ["secret", { ...credentials, clientSecret: "t" }],
    ["scope", { ...credentials, scope: "z" }],
    ["audience", { ...credentials, audience: "z" }],
  ])("of another %s is another one", async (_what, other) => {
    await fetch(issued("t"));
    expect(known(other)).toBeUndefined();
    await fetch(issued("other"), other);
    expect([known(), known(other)]).toEqual(["t", "other"]);
  });

  test("of another workspace is another one, with the same credentials too", async () => {
    await fetch(issued("t"));
    expect(known(credentials, asWorkspaceId("ws_2"))).toBeUndefined();
  });

  test("that a receiver does not take is forgotten, but not the one that was fetched meanwhile", async () => {
    await fetch(issued("t1"));
    const t1 = source.known(workspace, credentials)!;
    source.drop(workspace, credentials, t1);
    expect(known()).toBeUndefined();
    await fetch(issued("t2"));
    source.drop(workspace, credentials, t1);
    expect(known()).toBe("t2");
  });
});

describe("no token", () => {
  test("is told as it is, and the next asks again", async () => {
    expect(await fetch(refused("status 401"))).toEqual(refused("status 401"));
    expect(await fetch(issued("t"))).toMatchObject({ kind: "token" });
  });

  test("of an endpoint that fails again and again is told without asking, to its workspace only", async () => {
    for (let request = 0; request < 5; request++) await fetch(unavailable("timeout"));
    expect(await fetch(issued("t"))).toEqual(unavailable("failed too often lately, not asked"));
    expect(ask).toHaveBeenCalledTimes(5);
    expect(await fetch(issued("t"), credentials, asWorkspaceId("ws_2"))).toMatchObject({ kind: "token" });
  });

  test("for a fault of our own side, or a refusal, opens no breaker", async () => {
    for (let request = 0; request < 20; request++) {
      await fetch({ kind: "own_fault", fault: "sockets_exhausted" });
      await fetch(refused("status 400"));
    }
    expect(await fetch(issued("t"))).toMatchObject({ kind: "token" });
  });

  test("for a defect of ours is our own fault", async () => {
    ask.mockRejectedValueOnce(new RangeError("defect"));
    expect(await source.fetch(workspace, credentials, "live")).toMatchObject({ kind: "own_fault" });
  });
});

test("closing tells who waits that we cut it, and leaves nothing open", async () => {
  const fetching = source.fetch(workspace, credentials, "live");
  await source.close();
  expect(await fetching).toEqual({ kind: "own_fault", fault: "aborted" });
  expect(await source.fetch(workspace, credentials, "live")).toEqual({ kind: "own_fault", fault: "aborted" });
});

test("requests are counted by how they ended", async () => {
  await fetch(issued("t"));
  await fetch(refused("status 401"));
  await fetch({ kind: "own_fault", fault: "network_unreachable" });
  for (let request = 0; request < 6; request++) await fetch(unavailable("timeout"));
  expect(counts).toEqual({
    issued: 1,
    refused: 1,
    own_fault: 1,
    // More than half of seven.
    unavailable: 4,
    breaker_open: 2,
  });
});
