import { ingestAccepted, ingestBatch, ingestEvent, ingestResults } from "@hooklane/contracts";
import { z } from "zod";
import type { ZodOpenApiOperationObject } from "zod-openapi";
import { toProblemResponses } from "./problem-responses.js";

/** The one call another service answers, described here so that the API has one description. */
export const ingestOperation: ZodOpenApiOperationObject = {
  operationId: "sendEvents",
  tags: ["Events"],
  summary: "Send an event, or up to 500; answered once the broker has them",
  servers: [
    {
      url: "{ingest}",
      description: "The event-ingestor",
      variables: {
        ingest: { default: "http://127.0.0.1:4401", description: "Where the event-ingestor listens" },
      },
    },
  ],
  security: [{ workspaceKey: [] }],
  requestBody: { content: { "application/json": { schema: z.union([ingestEvent, ingestBatch]) } } },
  responses: {
    "202": {
      description: "What became of the event, or of each of several",
      content: { "application/json": { schema: z.union([ingestAccepted, ingestResults]) } },
    },
    ...toProblemResponses([
      "malformed_json",
      "unauthorized",
      "forbidden",
      "body_too_large",
      "event_too_large",
      "unsupported_media_type",
      "validation_failed",
      "internal",
      "unavailable",
    ]),
  },
};
