import type { Logger } from "@hooklane/service";
import { toFieldErrors } from "@hooklane/contracts";
import type { WorkspaceId } from "@hooklane/core";
import { type AuditContext, runAudited } from "@hooklane/store";
import { type Request, type Response, Router } from "express";
import { type Answer, invalid, refusal } from "./answer.js";
import { authorizationOf } from "../console/session-access.js";
import type { SessionCookie } from "../console/session-cookie.js";
import {
  type Authenticator,
  type Caller,
  type Identified,
  toActor,
  whyNotAllowed,
} from "./authentication.js";
import { parseJsonBody, whyNotRead } from "./body.js";
import type { CallLimit } from "./call-limit.js";
import { toErrorAnswer } from "./error-answer.js";
import type { Idempotency } from "./idempotency.js";
import { readIfMatch } from "./if-match.js";
import { inLine, type InLineOptions } from "./in-line.js";
import type { AnyCall, Operation, Standing, StreamedBody } from "./operation.js";
import { toRequestId } from "./request-id.js";
import { observeRequest, type RequestMetrics } from "./request-metrics.js";
import { retryMoved } from "./retry-moved.js";
import { takeBody } from "./streamed-body.js";

export interface ApiRouterOptions extends InLineOptions {
  readonly operations: readonly Operation[];
  readonly authenticator: Authenticator;
  /** What the console's users are signed in with. */
  readonly cookie: SessionCookie;
  readonly callLimit: CallLimit;
  readonly idempotency: Idempotency;
  readonly metrics: RequestMetrics;
  readonly logger: Logger;
}

/** One request and where its answer goes. */
interface Exchange {
  readonly request: Request;
  readonly response: Response;
  /** Answered as `X-Request-Id`, logged, and kept in the audit log. */
  readonly requestId: string;
}

/** Serves the operations: key, limit, body, `If-Match`, `Idempotency-Key`, and the announcement of what was changed. */
export function createApiRouter(options: ApiRouterOptions): Router {
  const router = Router({ caseSensitive: true });
  // `{` sorts behind letters: `/webhooks/preview` is looked for before `/webhooks/{id}`, in whatever order they are given.
  const paths = [...groupByPath(options.operations)].sort(([one], [other]) => (one < other ? -1 : 1));
  for (const [path, operations] of paths) {
    const route = router.route(path.replaceAll(/\{(\w+)\}/g, ":$1"));
    for (const operation of operations) {
      route[operation.method](async (request: Request, response: Response) => {
        const exchange = { request, response, requestId: toRequestId(request.get("x-request-id")) };
        response.set("x-request-id", exchange.requestId);
        observeRequest(options, operation, exchange);
        write(response, await answerSafely(options, operation, exchange));
      });
    }
    const allow = operations.map(({ method }) => method.toUpperCase()).join(", ");
    route.all((_request, response) =>
      write(response, refusal("method_not_allowed", `Allowed: ${allow}.`, { headers: { allow } })),
    );
  }
  return router;
}

function groupByPath(operations: readonly Operation[]): ReadonlyMap<string, readonly Operation[]> {
  const groups = new Map<string, Operation[]>();
  for (const operation of operations) {
    const group = groups.get(operation.path);
    if (group) group.push(operation);
    else groups.set(operation.path, [operation]);
  }
  return groups;
}

async function answerSafely(
  options: ApiRouterOptions,
  operation: Operation,
  exchange: Exchange,
): Promise<Answer> {
  try {
    return await answerRequest(options, operation, exchange);
  } catch (error) {
    const { answer, isFault } = toErrorAnswer(error);
    const { requestId } = exchange;
    if (isFault)
      options.logger.error({ err: error, operation: operation.operationId, requestId }, "api.request_failed");
    return answer;
  }
}

/** The key comes first: who has none learns nothing about bodies and objects. */
async function answerRequest(
  options: ApiRouterOptions,
  operation: Operation,
  exchange: Exchange,
): Promise<Answer> {
  const { request, response } = exchange;
  const identified = await identify(options, request);
  if (identified.kind === "refused") {
    return refusal("unauthorized", identified.detail, { headers: { "www-authenticate": "Bearer" } });
  }
  const { caller } = identified;
  const cost = await options.callLimit.take(caller);
  response.set(cost.headers);
  const refused = cost.refused ?? whyNotAllowed(caller, operation.access);
  if (refused) return refused;
  if (operation.method === "get") return callOnce(options, operation, request, caller);
  const { streamedBody } = operation;
  if (streamedBody) return answerStreamed(options, { operation, streamedBody }, exchange, caller);

  await readBody(request, response);
  const unread = whyNotRead(request);
  if (unread) return unread;
  const read = readCall(options, operation, request, caller);
  if (read.kind === "refused") return read.answer;
  return makeCall(options, operation, exchange, { caller, call: read.call, body: toText(request.body) });
}

const identify = (
  { authenticator, cookie }: Pick<ApiRouterOptions, "authenticator" | "cookie">,
  { headers }: Request,
): Promise<Identified> => authenticator.identify(authorizationOf(headers, cookie));

/** As any other call, once its body is taken. */
async function answerStreamed(
  options: ApiRouterOptions,
  of: { readonly operation: Operation; readonly streamedBody: StreamedBody },
  exchange: Exchange,
  caller: Caller,
): Promise<Answer> {
  const read = readCall(options, of.operation, exchange.request, caller);
  if (read.kind === "refused") return read.answer;
  const taken = await takeBody(of.streamedBody, exchange.request, read.call);
  if (taken.kind === "refused") return taken.answer;
  const call = { ...read.call, body: taken.received.body };
  try {
    return await makeCall(options, of.operation, exchange, { caller, call, body: taken.fingerprint });
  } finally {
    await taken.received.release();
  }
}

/** @param made.body all that makes the call the same as another, beside where it goes */
async function makeCall(
  options: ApiRouterOptions,
  operation: Operation,
  exchange: Exchange,
  made: { readonly caller: Caller; readonly call: AnyCall; readonly body: string },
): Promise<Answer> {
  const { request } = exchange;
  const { caller, call, body } = made;
  return runAudited(toAuditContext(operation, exchange, caller), async () => {
    const answer = await options.idempotency.run(
      {
        caller,
        key: request.get("idempotency-key"),
        request: `${request.method} ${request.originalUrl}\n${body}`,
      },
      (once) => retryMoved(call.expectedVersion, () => once(() => operation.handle(call))),
    );
    return inLine(options, answer);
  });
}

/** Under which everything is recorded that the operation changes. */
function toAuditContext(
  { operationId }: Operation,
  { request, requestId }: Exchange,
  caller: Caller,
): AuditContext {
  const ip = request.socket.remoteAddress;
  return {
    actor: toActor(caller),
    operation: operationId,
    requestId,
    ...(ip !== undefined && { ip }),
  };
}

/** Undefined, when there is no body, has no JSON. */
const toText = (body: unknown): string => (body === undefined ? "" : JSON.stringify(body));

function readBody(request: Request, response: Response): Promise<void> {
  return new Promise((resolve, reject) => {
    parseJsonBody(request, response, (error?: unknown) => {
      if (error instanceof Error) reject(error);
      else resolve();
    });
  });
}

async function callOnce(
  options: ApiRouterOptions,
  operation: Operation,
  request: Request,
  caller: Caller,
): Promise<Answer> {
  const read = readCall(options, operation, request, caller);
  return read.kind === "refused" ? read.answer : operation.handle(read.call);
}

type ReadCall =
  { readonly kind: "call"; readonly call: AnyCall } | { readonly kind: "refused"; readonly answer: Answer };

function readCall(
  options: ApiRouterOptions,
  operation: Operation,
  request: Request,
  caller: Caller,
): ReadCall {
  const refuse = (answer: Answer): ReadCall => ({ kind: "refused", answer });
  const query = operation.query?.safeParse(request.query);
  if (query?.success === false) return refuse(invalid(toFieldErrors(query.error.issues, request.query)));
  const given: unknown = request.body ?? {};
  const body = operation.isBodyChecked === false ? undefined : operation.body?.safeParse(given);
  if (body?.success === false) return refuse(invalid(toFieldErrors(body.error.issues, given)));
  const ifMatch = readIfMatch(operation.isConditional ? request.get("if-match") : undefined);
  if (ifMatch.kind === "never") {
    return refuse(refusal("precondition_failed", "If-Match takes one ETag as it was given, or *."));
  }
  const call: AnyCall = {
    params: toTexts(request.params),
    query: query?.data,
    body: body ? body.data : given,
    expectedVersion: ifMatch.kind === "version" ? ifMatch.version : undefined,
    standing: toStanding(options, operation, request),
    // Operations of the operator do not see it.
    workspaceId: caller.kind === "workspace" ? caller.workspaceId : ("" as WorkspaceId),
  };
  return { kind: "call", call };
}

function toStanding(
  options: Pick<ApiRouterOptions, "authenticator" | "cookie">,
  { access }: Operation,
  request: Request,
): Standing {
  const lastEventId = request.get("last-event-id");
  return {
    // An empty one is how a client says that it has none.
    lastEventId: lastEventId === "" ? undefined : lastEventId,
    isStillAllowed: async () => {
      const identified = await identify(options, request);
      return identified.kind === "known" && whyNotAllowed(identified.caller, access) === undefined;
    },
  };
}

/** None of our paths has a parameter that can stand for several. */
const toTexts = (params: Request["params"]): Record<string, string> =>
  Object.fromEntries(Object.entries(params).map(([name, value]) => [name, String(value)]));

/** Writes an answer. */
export function write(response: Response, { status, body, headers, stream }: Answer): void {
  response.status(status).set({ "cache-control": "no-store", ...headers });
  if (stream) {
    response.flushHeaders();
    stream(response);
    return;
  }
  // Not `send`, which adds a charset to types that have none.
  response.end(body === undefined ? undefined : JSON.stringify(body));
}
