import { expect, test } from "@jest/globals";
import { asDeliveryId, asEndpointId, asEventId, asWebhookId, asWorkspaceId } from "@hooklane/core";
import type { AttemptEnd, LaneRecord, SendDecision } from "@hooklane/lanes";
import { createLogger } from "@hooklane/service";
import type { EndpointDocument, WebhookDocument } from "@hooklane/store";
import { systemClock } from "../clock.js";
import { RequestProfiles } from "@hooklane/request";
import { EgressWatch } from "./egress-watch.js";
import { OriginConnections } from "./origin-connections.js";
import { Sender } from "./sender.js";
import { toSocketLimits } from "./socket-limits.js";
import { SocketSlots } from "./socket-slots.js";

const webhookId = asWebhookId("wh_1");
const endpointId = asEndpointId("ep_1");

function sendTo(url: string): AttemptEnd[] {
  const ends: AttemptEnd[] = [];
  const slots = new SocketSlots(toSocketLimits({ openFilesMax: undefined }));
  const connections = new OriginConnections(() => {
    throw new Error("nothing is to be connected");
  }, slots);
  const sender = new Sender({
    configuration: {
      webhook: () =>
        ({
          _id: webhookId,
          headers: {},
          secrets: [],
          contentType: "application/json",
        }) as unknown as WebhookDocument,
      endpoint: () => ({ _id: endpointId, url }) as EndpointDocument,
    },
    profiles: new RequestProfiles(),
    failing: { breakerOf: () => undefined },
    exchange: {
      clock: systemClock,
      slots,
      connections,
      egress: new EgressWatch(),
      timeoutMs: 1_000,
      isResolving: () => false,
    },
    logger: createLogger("test", "silent"),
  });
  const record: LaneRecord = {
    offset: 0,
    endpointId,
    webhookId,
    generation: 1,
    enqueuedAt: 0,
    body: new Uint8Array([123, 125]),
    bodyBytes: 2,
    facts: {
      workspaceId: asWorkspaceId("ws_1"),
      webhookId,
      generation: 1,
      version: 1,
      endpointId,
      deliveryId: asDeliveryId("dl_1"),
      eventId: asEventId("evt_1"),
      type: "t",
      trigger: "automatic",
      acceptedAt: 0,
    },
  } as unknown as LaneRecord;
  const decision: SendDecision = {
    kind: "send",
    endpointId,
    ticket: 1,
    records: [record],
    batched: false,
    attempt: 1,
    pool: "live",
  };
  sender.send(decision, { mayStart: () => true, onRefused: () => undefined, onEnd: (end) => ends.push(end) });
  connections.close();
  return ends;
}

test("a stored address that makes no request holds its own line and does not end the process", () => {
  expect(sendTo("no address")).toMatchObject([{ outcome: { kind: "own_fault", fault: "aborted" } }]);
});
