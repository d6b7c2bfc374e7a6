import type { RejectCode } from "@hooklane/contracts";
import type { ValueDecoder } from "@hooklane/kafka";
import type { DecodeWire, WireValue } from "./read-inbound.js";

type Outcome = Awaited<ReturnType<ValueDecoder["decode"]>>;

/** The decoder's outcomes in the words of `rejected.v1`. */
export function createDecodeWire(decoder: Pick<ValueDecoder, "decode">): DecodeWire {
  return (bytes) => {
    const outcome = decoder.decode(bytes);
    return outcome instanceof Promise ? outcome.then(toWireValue) : toWireValue(outcome);
  };
}

function toWireValue(outcome: Outcome): WireValue {
  switch (outcome.kind) {
    case "json":
      return { kind: "decoded", value: outcome.value };
    case "unavailable":
      return {
        kind: "unavailable",
        detail: `the registry does not answer for schema id ${outcome.schemaId}`,
      };
    case "invalid":
      return { kind: "refused", code: toRejectCode(outcome.code), detail: outcome.detail };
  }
}

function toRejectCode(code: Extract<Outcome, { kind: "invalid" }>["code"]): RejectCode {
  switch (code) {
    case "unknown_schema":
      return "unknown_schema";
    case "too_large":
      return "event_too_large";
    case "empty_value":
      return "empty_value";
    case "not_utf8":
    case "malformed_json":
    case "too_deep":
    case "registry_not_configured":
    case "unusable_schema":
    case "schema_mismatch":
      return "undecodable_value";
  }
}
