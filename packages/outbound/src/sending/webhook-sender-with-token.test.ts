import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import {
  asDeliveryId,
  asEndpointId,
  asWebhookId,
  asWorkspaceId,
  type AttemptEnd,
  createDestinationPolicy,
  type OAuth2Auth,
} from "@hooklane/core";
import { RequestProfiles } from "@hooklane/request";
import { createLogger, systemClock } from "@hooklane/service";
import { always, type Receiver, startReceiver } from "@hooklane/testing";
import type { AccessToken, TokenOutcome } from "../tokens/token-outcome.js";
import { EgressWatch } from "./egress-watch.js";
import { createGuardedConnector } from "../connecting/guarded-connector.js";
import type { OpenRequest } from "./open-request.js";
import { OriginConnections } from "../connecting/origin-connections.js";
import { ResolveCounts } from "../connecting/resolve-counts.js";
import { toSocketLimits } from "./socket-limits.js";
import { SocketSlots } from "./socket-slots.js";
import { type RequestToSend, type SendableWebhook, WebhookSender } from "./webhook-sender.js";

const webhookId = asWebhookId("wh_1");
const endpointId = asEndpointId("ep_1");
const auth: OAuth2Auth = {
  type: "oauth2",
  tokenUrl: "https://idp.test/",
  clientId: "c",
  clientSecret: "s",
};
const token = (value: string): AccessToken => ({ value, usableUntil: Infinity });

let receiver: Receiver;
let slots: SocketSlots;
let connections: OriginConnections;
let webhook: SendableWebhook;
let sender: WebhookSender;
/** Kept tokens: one at most. */
let kept: AccessToken | undefined;
let dropped: AccessToken[];
let fetches: ((outcome: TokenOutcome) => void)[];
let ends: (AttemptEnd | "refused")[];
let mayStart: boolean;

const aWebhook = (): SendableWebhook =>
  ({
    _id: webhookId,
    workspaceId: asWorkspaceId("ws_1"),
    headers: {},
    secrets: [],
    contentType: "application/json",
    successStatus: "2xx",
    auth,
  }) as unknown as SendableWebhook;

beforeEach(async () => {
  receiver = await startReceiver();
  slots = new SocketSlots(toSocketLimits({ openFilesMax: undefined }));
  const policy = createDestinationPolicy(["127.0.0.0/8"]);
  connections = new OriginConnections(
    createGuardedConnector(policy, new ResolveCounts(), () => undefined),
    slots,
  );
  webhook = aWebhook();
  kept = undefined;
  dropped = [];
  fetches = [];
  ends = [];
  mayStart = true;
  sender = new WebhookSender({
    profiles: new RequestProfiles(),
    isCurrent: (asked) => asked === webhook,
    exchange: {
      clock: systemClock,
      slots,
      connections,
      egress: new EgressWatch(),
      timeoutMs: 5_000,
      isResolving: () => false,
    },
    tokens: {
      known: () => kept,
      fetch: () => new Promise((resolve) => fetches.push(resolve)),
      drop: (_workspace, _credentials, of) => void dropped.push(of),
    },
    logger: createLogger("test", "silent"),
  });
});
afterEach(async () => {
  expect(slots.isAtRest).toBe(true);
  connections.close();
  await receiver.close();
});

const request: RequestToSend = {
  records: [{ facts: { deliveryId: asDeliveryId("dl_1"), endpointId }, body: new Uint8Array([123, 125]) }],
  batched: false,
  attempt: 1,
  pool: "live",
};

/** Sends; resolves once it has ended, at once when it ended at once. */
function send(onSent: (request: OpenRequest | undefined) => void = () => undefined): Promise<unknown> {
  return new Promise((resolve) => {
    const end = (how: AttemptEnd | "refused") => {
      ends.push(how);
      resolve(how);
    };
    const owner = { mayStart: () => mayStart, onRefused: () => end("refused"), onEnd: end };
    onSent(sender.send(request, webhook, { _id: endpointId, url: receiver.url("/x") }, owner));
  });
}

const authorizations = () => receiver.requests.map(({ headers }) => headers.authorization);

describe("a request of a webhook with OAuth2", () => {
  test("leaves with a token that is known, in the same tick", async () => {
    kept = token("known");
    const sent = send(() => expect(slots.inUse).toBe(1));
    await sent;
    expect(authorizations()).toEqual(["Bearer known"]);
    expect(fetches).toEqual([]);
  });

  test("waits for one otherwise, without a socket to the receiver", async () => {
    const sent = send(() => expect(slots.inUse).toBe(0));
    fetches[0]?.({ kind: "token", token: token("fetched") });
    expect(await sent).toMatchObject({ outcome: { kind: "succeeded" } });
    expect(authorizations()).toEqual(["Bearer fetched"]);
  });

  test("is asked once more whether it may leave in the tick its bytes are written", async () => {
    const sent = send();
    mayStart = false;
    fetches[0]?.({ kind: "token", token: token("t") });
    expect(await sent).toBe("refused");
    expect(receiver.requests).toEqual([]);
  });

  test("is decided again when the webhook changed while it waited", async () => {
    const sent = send();
    webhook = aWebhook();
    fetches[0]?.({ kind: "token", token: token("t") });
    expect(await sent).toBe("refused");
    expect(receiver.requests).toEqual([]);
  });

  test("is cut while it waits, and nothing is sent when the token comes", async () => {
    const sent = send((request) => request?.abort());
    expect(await sent).toMatchObject({ outcome: { kind: "own_fault", fault: "aborted" } });
    fetches[0]?.({ kind: "token", token: token("late") });
    await new Promise((resolve) => setImmediate(resolve));
    expect(receiver.requests).toEqual([]);
    expect(ends).toHaveLength(1);
  });

  test.each([
    [401, 1],
    [403, 0],
    [500, 0],
    [200, 0],
  ])("answered by %d gives up %d tokens", async (status, count) => {
    kept = token("t");
    receiver.behave("/x", always(status));
    await send();
    expect(dropped).toEqual(count === 1 ? [kept] : []);
  });
});

test("a webhook that needs no token leaves in the same tick and asks for none", async () => {
  webhook = { ...aWebhook(), auth: { type: "bearer", token: "own" } };
  await send(() => expect(slots.inUse).toBe(1));
  expect(authorizations()).toEqual(["Bearer own"]);
  expect(fetches).toEqual([]);
});
