import type { AttemptError, AttemptOutcome, OwnFault } from "@hooklane/core";
import { DESTINATION_REFUSED } from "../connecting/destination-refused.js";

const OWN_FAULT_CODES: Readonly<Record<string, OwnFault>> = {
  EMFILE: "sockets_exhausted",
  ENFILE: "sockets_exhausted",
  ENOBUFS: "sockets_exhausted",
  ENOMEM: "sockets_exhausted",
  EADDRNOTAVAIL: "sockets_exhausted",
  ENETUNREACH: "network_unreachable",
  ENETDOWN: "network_unreachable",
  // The resolver gave no answer; NXDOMAIN is an answer, and the receiver's affair.
  EAI_AGAIN: "resolver_unavailable",
  EAI_FAIL: "resolver_unavailable",
  EAI_MEMORY: "resolver_unavailable",
  EAI_SYSTEM: "resolver_unavailable",
  ETIMEOUT: "resolver_unavailable",
  ESERVFAIL: "resolver_unavailable",
};

const RECEIVER_CODES: Readonly<Record<string, AttemptError>> = {
  ECONNREFUSED: "connection_refused",
  EHOSTUNREACH: "connection_refused",
  EHOSTDOWN: "connection_refused",
  ECONNRESET: "connection_reset",
  ECONNABORTED: "connection_reset",
  EPIPE: "connection_reset",
  UND_ERR_SOCKET: "connection_reset",
  ETIMEDOUT: "timeout",
  UND_ERR_CONNECT_TIMEOUT: "timeout",
  UND_ERR_HEADERS_TIMEOUT: "timeout",
  UND_ERR_BODY_TIMEOUT: "timeout",
  ENOTFOUND: "dns_not_found",
  ENODATA: "dns_not_found",
  EAI_NONAME: "dns_not_found",
  EAI_NODATA: "dns_not_found",
  [DESTINATION_REFUSED]: "destination_refused",
  EPROTO: "tls",
};

/** Codes of the receiver's faults that look the same when our own way out is cut (lanes.md §7, egress in doubt). */
const WAY_OUT_ERRORS: ReadonlySet<AttemptError> = new Set([
  "timeout",
  "connection_refused",
  "connection_reset",
  "dns_not_found",
]);

/** Whether the failure says nothing about the receiver itself: no answer of its application came. */
export function isWayOutError(error: AttemptError): boolean {
  return WAY_OUT_ERRORS.has(error);
}

/** Whether the connection was cut, as a receiver does with one it no longer wants to reuse. */
export function isReset(error: Error): boolean {
  return RECEIVER_CODES[codeOf(error)] === "connection_reset";
}

/**
 * Whose fault a failed request is (product.md D16, lanes.md §7), by the codes of Node and undici, never by text. What
 * is not known as ours is the receiver's: it is retried and given up, and does not hold its line for ever.
 */
export function classifyError(error: Error): AttemptOutcome {
  const code = decisiveCode(error);
  const ownFault = OWN_FAULT_CODES[code];
  if (ownFault !== undefined) return { kind: "own_fault", fault: ownFault, detail: code };
  return { kind: "failed", error: toAttemptError(code), detail: code };
}

function toAttemptError(code: string): AttemptError {
  const known = RECEIVER_CODES[code];
  if (known !== undefined) return known;
  return isTlsCode(code) ? "tls" : "protocol";
}

/** Node's TLS codes are OpenSSL's names of what is wrong with a certificate, `ERR_TLS_…` and `ERR_SSL_…`. */
function isTlsCode(code: string): boolean {
  return /^(ERR_TLS|ERR_SSL|CERT_|SELF_SIGNED|DEPTH_ZERO|UNABLE_TO_|CRL_|HOSTNAME_MISMATCH|INVALID_CA|PATH_LENGTH|INVALID_PURPOSE)/.test(
    code,
  );
}

/** Trying several addresses gives several errors: one that is the receiver's fault shows that our side works. */
function decisiveCode(error: Error): string {
  if (!(error instanceof AggregateError)) return codeOf(error);
  const codes = error.errors.map(codeOf);
  return codes.find((code) => RECEIVER_CODES[code] !== undefined) ?? codes[0] ?? codeOf(error);
}

function codeOf(error: unknown): string {
  if (typeof error !== "object" || error === null) return "UNKNOWN";
  const { code, cause } = error as { code?: unknown; cause?: unknown };
  if (typeof code === "string") return code;
  return cause === undefined ? "UNKNOWN" : codeOf(cause);
}
