import { expect, test } from "@jest/globals";
import { asDeliveryId, asEndpointId, asWebhookId, type AttemptEnd } from "@hooklane/core";
import { createLogger, systemClock } from "@hooklane/service";
import { RequestProfiles } from "@hooklane/request";
import { EgressWatch } from "./egress-watch.js";
import { OriginConnections } from "../connecting/origin-connections.js";
import { toSocketLimits } from "./socket-limits.js";
import { SocketSlots } from "./socket-slots.js";
import { type RequestToSend, type SendableWebhook, WebhookSender } from "./webhook-sender.js";

const webhookId = asWebhookId("wh_1");
const endpointId = asEndpointId("ep_1");

function sendTo(url: string, webhook: object = {}, mayStart = true): (AttemptEnd | "refused")[] {
  const ends: (AttemptEnd | "refused")[] = [];
  const slots = new SocketSlots(toSocketLimits({ openFilesMax: undefined }));
  const connections = new OriginConnections(() => {
    throw new Error("nothing is to be connected");
  }, slots);
  const sender = new WebhookSender({
    profiles: new RequestProfiles(),
    isCurrent: () => true,
    tokens: {
      known: () => undefined,
      fetch: () => Promise.reject(new Error("no token is to be fetched")),
      drop: () => undefined,
    },
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
  const stored = { _id: webhookId, headers: {}, secrets: [], contentType: "application/json", ...webhook };
  const request: RequestToSend = {
    records: [{ facts: { deliveryId: asDeliveryId("dl_1"), endpointId }, body: new Uint8Array([123, 125]) }],
    batched: false,
    attempt: 1,
    pool: "live",
  };
  sender.send(
    request,
    stored as unknown as SendableWebhook,
    { _id: endpointId, url },
    {
      mayStart: () => mayStart,
      onRefused: () => ends.push("refused"),
      onEnd: (end) => ends.push(end),
    },
  );
  connections.close();
  return ends;
}

test("a stored address that makes no request holds its own line and does not end the process", () => {
  expect(sendTo("no address")).toMatchObject([{ outcome: { kind: "own_fault", fault: "aborted" } }]);
});

test("a body that cannot be made of the event is an attempt that failed, with its place, and nothing is connected", () => {
  const body = '{"a":{{ data.none }}}';
  expect(sendTo("https://example.org/", { body })).toMatchObject([
    {
      outcome: { kind: "failed", error: "template", detail: "rendered text, line 1, column 6: is not JSON" },
      durationMs: 0,
    },
  ]);
  const long = [{ name: "\\".repeat(200), value: `{{ x | ${"y".repeat(400)} }}` }];
  const [end] = sendTo("https://example.org/", { contentType: "multipart/form-data", body: long });
  expect(end).toMatchObject({ outcome: { kind: "failed", error: "template" } });
  const detail = end !== "refused" && end?.outcome.kind === "failed" ? (end.outcome.detail ?? "") : "";
  expect(detail).toHaveLength(500);
});

test("nor is it an attempt where a request might not have begun", () => {
  expect(sendTo("https://example.org/", { body: "{{ data.none }}" }, false)).toEqual(["refused"]);
});
