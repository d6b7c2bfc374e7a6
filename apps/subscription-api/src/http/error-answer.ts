import { isStoreUnavailable, SecretError } from "@hooklane/store";
import { type Answer, refusal } from "./answer.js";
import { BODY_BYTES_MAX } from "./body.js";

/** What a client reads of an error that was thrown. `isFault`: it is ours, and logged. */
export function toErrorAnswer(error: unknown): { readonly answer: Answer; readonly isFault: boolean } {
  const answer = toBodyRefusal(error);
  if (answer) return { answer, isFault: false };
  if (isStoreUnavailable(error)) {
    return {
      answer: refusal("unavailable", "The database is away; try again.", { headers: { "retry-after": "1" } }),
      isFault: true,
    };
  }
  if (error instanceof SecretError) {
    const detail = "A stored secret cannot be opened; the operator has to give the service its key.";
    return { answer: refusal("unavailable", detail, { headers: { "retry-after": "60" } }), isFault: true };
  }
  return { answer: refusal("internal", "Something broke on our side."), isFault: true };
}

/** express and its body parser say by `type` what is wrong with a request. */
function toBodyRefusal(error: unknown): Answer | undefined {
  if (error instanceof URIError) return refusal("not_found", "The path is not encoded right.");
  if (!(error instanceof Error)) return undefined;
  switch ("type" in error ? error.type : undefined) {
    case "entity.parse.failed":
    case "request.size.invalid":
    case "request.aborted":
      return refusal("malformed_json", "The body is not JSON, or has a field named __proto__.");
    case "entity.too.large":
      return refusal("body_too_large", `The body has more than ${BODY_BYTES_MAX} bytes.`);
    case "encoding.unsupported":
    case "charset.unsupported":
      return refusal("unsupported_media_type", "Send the body as application/json in UTF-8.");
    default:
      // Of a body that cannot be unpacked it says no more than whose fault it is.
      return "status" in error && error.status === 400
        ? refusal("malformed_json", "The body is not what its Content-Encoding says.")
        : undefined;
  }
}
