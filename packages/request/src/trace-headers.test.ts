import { asDeliveryId, asEndpointId, asWebhookId, type TraceContext } from "@hooklane/core";
import { describe, expect, test } from "@jest/globals";
import { buildRequest } from "./build-request.js";
import { toProfile } from "./request-profile.js";

const traceparent = `00-${"a".repeat(32)}-${"b".repeat(16)}-01`;

/** The headers of a request that have to do with traces, names and values in turn. */
function traceHeaders(trace: TraceContext | undefined, own: Record<string, string> = {}): readonly string[] {
  const webhook = { _id: asWebhookId("wh_1"), name: "w", headers: own, secrets: [] };
  const profile = toProfile(
    { ...webhook, contentType: "application/json", successStatus: "2xx" },
    { url: "https://example.com/" },
  );
  const record = {
    facts: { deliveryId: asDeliveryId("dl_1"), endpointId: asEndpointId("ep_1") },
    body: Buffer.from("{}"),
  };
  const built = buildRequest({ records: [record], batched: false, attempt: 1, trace }, profile, 0);
  if ("kind" in built) throw new Error(built.message);
  const { headers } = built;
  return headers.flatMap((name, index) =>
    index % 2 === 0 && name.toLowerCase().startsWith("trace") ? [name, headers[index + 1] ?? ""] : [],
  );
}

describe("what a receiver is told of the trace", () => {
  test("is what is given, and nothing where nothing is", () => {
    expect(traceHeaders({ traceparent, tracestate: "a=b" })).toEqual([
      "traceparent",
      traceparent,
      "tracestate",
      "a=b",
    ]);
    expect(traceHeaders({ traceparent })).toEqual(["traceparent", traceparent]);
    expect(traceHeaders(undefined)).toEqual([]);
  });

  test("is the webhook's own header where it has one, once", () => {
    expect(traceHeaders({ traceparent, tracestate: "a=b" }, { TraceParent: "mine" })).toEqual([
      "TraceParent",
      "mine",
    ]);
    expect(traceHeaders({ traceparent }, { tracestate: "mine" })).toEqual(["tracestate", "mine"]);
  });
});
