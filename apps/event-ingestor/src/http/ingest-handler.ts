import type { IncomingMessage, ServerResponse } from "node:http";
import { INGEST_BODY_BYTES_MAX } from "@hooklane/contracts";
import type { ApiKeyId } from "@hooklane/core";
import { KafkaError } from "@hooklane/kafka";
import { isStoreUnavailable } from "@hooklane/store";
import type { IngestTraces, TracedIngest } from "../event/ingest-traces.js";
import { type Answer, refusal, unavailable, writeAnswer } from "./answer.js";
import { authorize } from "./authorize.js";
import type { BytesInFlight } from "./bytes-in-flight.js";
import { discardBody, type ReadBody, readBody } from "./read-body.js";
import { takeEvents, type TakeEventsDeps } from "./take-events.js";

export interface IngestHandlerOptions extends TakeEventsDeps {
  readonly inFlight: BytesInFlight;
  /** Time the broker has to acknowledge before the client is told to come again, milliseconds. */
  readonly acknowledgeLimitMs: number;
  readonly onAnswered: (status: number, seconds: number) => void;
  /** A request came with this key. Called on the request's path: must not wait. */
  readonly onKeyUsed: (id: ApiKeyId, at: Date) => void;
  /** A fault that is not the client's, already answered with 500 or 503. */
  readonly onFault: (error: unknown, trace?: TracedIngest) => void;
  /** Undefined where nothing is traced. */
  readonly traces?: IngestTraces | undefined;
  /** Aborted when the service stops: clients are sent elsewhere with their next request. */
  readonly stopping: AbortSignal;
}

/** Of a refused body so much is read on, for the client's sake. */
const DISCARDED_BYTES_MAX = 4 * INGEST_BODY_BYTES_MAX;

/** Answers one request to `/v1/events`; never rejects. */
export type IngestHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** `POST /v1/events` on plain `node:http`: a third of the cost of an express route (architecture.md §3). */
export function createIngestHandler(options: IngestHandlerOptions): IngestHandler {
  return async (request, response) => {
    const startedAt = performance.now();
    const answer = await answerRequest(options, request);
    if (answer === undefined || response.destroyed) return;
    if (!request.complete) await discardBody(request, DISCARDED_BYTES_MAX);
    if (!request.complete || options.stopping.aborted) response.setHeader("connection", "close");
    writeAnswer(response, answer);
    options.onAnswered(answer.status, (performance.now() - startedAt) / 1_000);
  };
}

/** @returns undefined when the client is gone */
async function answerRequest(
  options: IngestHandlerOptions,
  request: IncomingMessage,
): Promise<Answer | undefined> {
  const refused = checkHead(request);
  if (refused) return refused;
  let trace: TracedIngest | undefined;
  try {
    const nowMs = Date.now();
    const authorized = await authorize(options.directory, request.headers.authorization, nowMs);
    if (!authorized.ok) return authorized.answer;
    options.onKeyUsed(authorized.key._id, new Date(nowMs));
    const idempotencyKey = readIdempotencyKey(request);
    if (typeof idempotencyKey === "object") return idempotencyKey;
    const read = await readBody(request, INGEST_BODY_BYTES_MAX, options.inFlight);
    if (read.kind !== "body") return toAnswer(read);
    // Of a sender who is known: nobody else makes us record anything.
    trace = options.traces?.ofRequest(request.headers, nowMs);
    const taken = takeEvents(options, {
      workspace: authorized.workspace,
      body: read.bytes,
      idempotencyKey,
      nowMs,
      trace,
    });
    // Not when the client is answered, but when the bytes are really gone.
    const release = () => options.inFlight.release(read.bytes.byteLength);
    taken.then(release, release);
    return endTrace(trace, await withinLimit(taken, options.acknowledgeLimitMs));
  } catch (error) {
    options.onFault(error, trace);
    const isPassing = error instanceof KafkaError || isStoreUnavailable(error);
    return endTrace(
      trace,
      isPassing
        ? unavailable("The event could not be put in line; send it again with the same id")
        : refusal("internal", "The event could not be taken"),
    );
  }
}

function endTrace(trace: TracedIngest | undefined, answer: Answer): Answer {
  trace?.answered(answer.status);
  trace?.end();
  return answer;
}

function checkHead({ method, headers }: IncomingMessage): Answer | undefined {
  if (method !== "POST") {
    return refusal("method_not_allowed", "Only POST is answered here", { headers: { allow: "POST" } });
  }
  if (!isJson(headers["content-type"])) {
    return refusal("unsupported_media_type", "Send application/json in UTF-8");
  }
  const encoding = headers["content-encoding"];
  if (encoding !== undefined && encoding !== "identity") {
    return refusal("unsupported_media_type", "Send the body without content encoding");
  }
  return undefined;
}

/** None given is taken for JSON; the body will tell. */
function isJson(contentType: string | undefined): boolean {
  if (contentType === undefined || contentType === "application/json") return true;
  const [type, ...parameters] = contentType.toLowerCase().split(";");
  const charset = parameters.map((parameter) => parameter.trim()).find((text) => text.startsWith("charset="));
  const isUtf8 = charset === undefined || /^charset="?utf-?8"?$/.test(charset);
  return isUtf8 && /^application\/(?:[a-z0-9.-]+\+)?json$/.test(type?.trim() ?? "");
}

function readIdempotencyKey({ headers }: IncomingMessage): string | undefined | Answer {
  const given = headers["idempotency-key"];
  if (given === undefined) return undefined;
  const key = String(given);
  if (key.length > 0 && key.length <= 255) return key;
  const message = "must have 1 to 255 characters";
  return refusal("validation_failed", `Idempotency-Key ${message}`, {
    errors: [{ path: "Idempotency-Key", code: key.length === 0 ? "too_short" : "too_long", message }],
  });
}

function toAnswer(read: Exclude<ReadBody, { kind: "body" }>): Answer | undefined {
  switch (read.kind) {
    case "too_large":
      return refusal("body_too_large", `A body has at most ${INGEST_BODY_BYTES_MAX} bytes`);
    case "no_room":
      return unavailable("Too much is in progress");
    case "aborted":
      return undefined;
  }
}

async function withinLimit(taken: Promise<Answer>, limitMs: number): Promise<Answer> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Answer>((resolve) => {
    timer = setTimeout(
      () => resolve(unavailable("No acknowledgement in time; send it again with the same id")),
      limitMs,
    );
  });
  try {
    return await Promise.race([taken, late]);
  } finally {
    clearTimeout(timer);
  }
}
