import { EventEmitter } from "node:events";
import { afterEach, describe, expect, test } from "@jest/globals";
import { asEndpointId, asWebhookId, type AttemptEnd } from "@hooklane/core";
import type { SendDecision } from "@hooklane/lanes";
import type { ExchangeOwner } from "@hooklane/outbound";
import type { EndpointDocument, WebhookDocument } from "@hooklane/store";
import { WebhookBreaker } from "../rule/webhook-breaker.js";
import { Sender } from "./sender.js";

const webhook = { _id: asWebhookId("wh_1") } as WebhookDocument;
const endpoint = { _id: asEndpointId("ep_1") } as EndpointDocument;
const decision = {
  kind: "send",
  endpointId: endpoint._id,
  records: [{ webhookId: webhook._id }],
} as unknown as SendDecision;
const FAILED: AttemptEnd = { outcome: { kind: "failed", error: "timeout" }, startedAt: 0, durationMs: 1 };

let breaker: WebhookBreaker | undefined;
afterEach(() => {
  breaker?.shutdown();
  breaker = undefined;
});

/** A sender whose requests are ended by hand, through the owner each was given. */
function bench(known: { webhook?: WebhookDocument } = { webhook }) {
  const ends: (AttemptEnd | "refused")[] = [];
  const started: ExchangeOwner[] = [];
  const sender = new Sender({
    configuration: { webhook: () => known.webhook, endpoint: () => endpoint },
    failing: { breakerOf: () => breaker },
    requests: {
      send: (_request, _webhook, _endpoint, owner) => {
        started.push(owner);
        return {
          abort: () =>
            owner.onEnd({ outcome: { kind: "own_fault", fault: "aborted" }, startedAt: 0, durationMs: 0 }),
        };
      },
      endUnsent: (owner) =>
        owner.onEnd({ outcome: { kind: "own_fault", fault: "aborted" }, startedAt: 0, durationMs: 0 }),
    },
  });
  const send = () =>
    sender.send(decision, {
      mayStart: () => true,
      onRefused: () => ends.push("refused"),
      onEnd: (end) => ends.push(end),
    });
  return { send, started, ends };
}

test("a webhook the copy does not know yet is nobody's error", () => {
  const { send, started, ends } = bench({});
  expect(send()).toBeUndefined();
  expect(started).toEqual([]);
  expect(ends).toMatchObject([{ outcome: { kind: "own_fault" } }]);
});

describe("a failing webhook's request", () => {
  test("ends and is cut through its breaker", () => {
    breaker = new WebhookBreaker(new EventEmitter());
    const { send, started, ends } = bench();
    send()?.abort();
    send();
    started[1]?.onEnd(FAILED);
    expect(ends).toMatchObject([{ outcome: { kind: "own_fault", fault: "aborted" } }, FAILED]);
  });

  test("may not write its bytes once the breaker is open, and none begins", () => {
    breaker = new WebhookBreaker(new EventEmitter());
    const { send, started, ends } = bench();
    send();
    expect(started[0]?.mayStart()).toBe(true);
    breaker.open();
    expect(started[0]?.mayStart()).toBe(false);
    expect(send()).toBeUndefined();
    expect(started).toHaveLength(1);
    expect(ends).toEqual(["refused"]);
  });
});
