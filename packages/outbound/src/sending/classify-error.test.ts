import { describe, expect, test } from "@jest/globals";
import { errors } from "undici";
import { classifyError, isReset } from "./classify-error.js";
import { DestinationRefused } from "../connecting/destination-refused.js";

const withCode = (code: string) => Object.assign(new Error("text that is not looked at"), { code });

describe("whose fault a failed request is", () => {
  test.each([
    ["ECONNREFUSED", "connection_refused"],
    ["EHOSTUNREACH", "connection_refused"],
    ["ECONNRESET", "connection_reset"],
    ["EPIPE", "connection_reset"],
    ["ETIMEDOUT", "timeout"],
    ["ENOTFOUND", "dns_not_found"],
    ["EPROTO", "tls"],
    ["CERT_HAS_EXPIRED", "tls"],
    ["DEPTH_ZERO_SELF_SIGNED_CERT", "tls"],
    ["ERR_TLS_CERT_ALTNAME_INVALID", "tls"],
    ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", "tls"],
    ["HPE_INVALID_CONSTANT", "protocol"],
    ["UND_ERR_HEADERS_OVERFLOW", "protocol"],
    ["ANYTHING_NEW", "protocol"],
  ])("%s is the receiver's: %s", (code, error) => {
    expect(classifyError(withCode(code))).toEqual({ kind: "failed", error, detail: code });
  });

  test.each([
    ["EMFILE", "sockets_exhausted"],
    ["ENFILE", "sockets_exhausted"],
    ["EADDRNOTAVAIL", "sockets_exhausted"],
    ["ENETUNREACH", "network_unreachable"],
    ["EAI_AGAIN", "resolver_unavailable"],
  ])("%s is ours: %s", (code, fault) => {
    expect(classifyError(withCode(code))).toEqual({ kind: "own_fault", fault, detail: code });
  });

  test("of several addresses, one that shows a fault of the receiver decides", () => {
    const both = new AggregateError([withCode("ENETUNREACH"), withCode("ECONNREFUSED")]);
    expect(classifyError(both)).toMatchObject({ kind: "failed", error: "connection_refused" });
    const none = new AggregateError([withCode("ENETUNREACH"), withCode("EADDRNOTAVAIL")]);
    expect(classifyError(none)).toMatchObject({ kind: "own_fault" });
  });

  test("undici's own errors and ours are known by their codes", () => {
    expect(classifyError(new errors.ConnectTimeoutError())).toMatchObject({ error: "timeout" });
    expect(classifyError(new errors.SocketError("other side closed"))).toMatchObject({
      error: "connection_reset",
    });
    expect(classifyError(new DestinationRefused("private"))).toMatchObject({ error: "destination_refused" });
    expect(classifyError(new Error("x", { cause: withCode("ECONNREFUSED") }))).toMatchObject({
      error: "connection_refused",
    });
    expect(classifyError(new Error("nothing known"))).toMatchObject({ kind: "failed", error: "protocol" });
  });

  test("only a cut connection is a reset", () => {
    expect(isReset(withCode("ECONNRESET"))).toBe(true);
    expect(isReset(new errors.SocketError())).toBe(true);
    expect(isReset(withCode("ECONNREFUSED"))).toBe(false);
  });
});
