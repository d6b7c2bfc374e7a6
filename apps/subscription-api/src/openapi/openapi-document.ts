import type { ProblemCode } from "@hooklane/contracts";
import { z } from "zod";
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from "zod-openapi";
import type { Operation } from "../http/operation.js";
import { ingestOperation } from "./ingest-operation.js";
import { toProblemResponses } from "./problem-responses.js";

/** Answers any call with a key can get. */
const COMMON: readonly ProblemCode[] = [
  "unauthorized",
  "forbidden",
  "rate_limited",
  "internal",
  "unavailable",
];
/** And those with a body. */
const OF_BODIES: readonly ProblemCode[] = [
  "malformed_json",
  "body_too_large",
  "unsupported_media_type",
  "validation_failed",
];

const etag = z.string().meta({ description: "The version, for `If-Match`" });

/** The OpenAPI 3.1 document of operations: from the schemas that check and the descriptions that route. */
export function toOpenApiDocument(
  operations: readonly Operation[],
  version: string,
): ReturnType<typeof createDocument> {
  const paths: ZodOpenApiPathsObject = { "/v1/events": { post: ingestOperation } };
  for (const operation of operations) {
    paths[operation.path] = { ...paths[operation.path], [operation.method]: toOperationObject(operation) };
  }
  return createDocument({
    openapi: "3.1.0",
    info: {
      title: "Hooklane",
      version,
      description:
        "Webhooks in order per endpoint. Errors are RFC 9457 problem documents. Writes take an `Idempotency-Key` (24 h). Every answer has `X-Request-Id` and, with a key, `RateLimit-Limit`, `RateLimit-Remaining` and `RateLimit-Reset`; beyond the limit it is 429 with `Retry-After`. Events are sent to the event-ingestor (`POST /v1/events`) or through Kafka.",
    },
    components: {
      securitySchemes: {
        workspaceKey: {
          type: "http",
          scheme: "bearer",
          description: "`hl_live_…`, scopes `read` and `write`",
        },
        operatorKey: { type: "http", scheme: "bearer", description: "The operator's key" },
      },
    },
    paths,
  });
}

function toOperationObject(operation: Operation): ZodOpenApiOperationObject {
  const { success } = operation;
  return {
    operationId: operation.operationId,
    tags: [operation.tag],
    summary: operation.summary,
    security: keysOf(operation).map((key) => ({ [key]: [] })),
    requestParams: toParams(operation),
    ...(operation.body && {
      requestBody: {
        required: !operation.body.safeParse({}).success || operation.isBodyChecked === false,
        content: { [contentTypeOf(operation)]: { schema: operation.body } },
      },
    }),
    ...(operation.streamedBody && {
      requestBody: {
        required: true,
        content: Object.fromEntries(
          Object.entries(operation.streamedBody.content).map(([type, schema]) => [type, { schema }]),
        ),
      },
    }),
    responses: {
      [String(success.status)]: {
        description: success.description,
        ...(success.body && { content: { [answerTypeOf(operation)]: { schema: success.body } } }),
        ...(operation.isConditional && success.body && { headers: z.object({ etag }) }),
      },
      ...toProblemResponses(problemsOf(operation)),
    },
  };
}

/** Any of them opens it. */
function keysOf({ access }: Operation): readonly string[] {
  switch (access) {
    case "operator":
      return ["operatorKey"];
    case "operator_or_read":
      return ["operatorKey", "workspaceKey"];
    case "read":
    case "write":
      return ["workspaceKey"];
  }
}

const answerTypeOf = ({ isStream }: Operation): string =>
  isStream === true ? "text/event-stream" : "application/json";

const contentTypeOf = ({ isBodyChecked }: Operation): string =>
  isBodyChecked === false ? "application/merge-patch+json" : "application/json";

function toParams(operation: Operation): NonNullable<ZodOpenApiOperationObject["requestParams"]> {
  const names = [...operation.path.matchAll(/\{(\w+)\}/g)].flatMap(([, name]) => name ?? []);
  const headers = {
    ...(operation.isConditional && {
      "If-Match": z.string().optional().meta({ description: "The ETag the change is meant for" }),
    }),
    ...(operation.isStream && {
      "Last-Event-ID": z
        .string()
        .max(200)
        .optional()
        .meta({ description: "`id` of the last event that came: what happened since is told first" }),
    }),
    ...(operation.method !== "get" && {
      "Idempotency-Key": z
        .string()
        .max(255)
        .optional()
        .meta({ description: "The call is made once in 24 h; repeats are answered alike" }),
    }),
  };
  return {
    ...(names.length > 0 && { path: z.object(Object.fromEntries(names.map((name) => [name, z.string()]))) }),
    ...(operation.query && { query: operation.query }),
    ...(Object.keys(headers).length > 0 && { header: z.object(headers) }),
  };
}

function problemsOf(operation: Operation): ReadonlySet<ProblemCode> {
  const isWrite = operation.method !== "get";
  return new Set<ProblemCode>([
    ...COMMON,
    ...operation.problems,
    ...(isWrite ? [...OF_BODIES, "idempotency_conflict" as const] : []),
    ...(operation.query ? ["validation_failed" as const] : []),
    ...(operation.isConditional ? ["precondition_failed" as const] : []),
  ]);
}
