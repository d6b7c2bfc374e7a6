import { CONTENT_TYPES, SOURCE_BOXES } from "@hooklane/core";
import { z } from "zod";
import { destinationUrl } from "../checked-url.js";
import { refuse, refuseRepeated, type RefineContext } from "../refuse.js";
import { auth } from "./auth.js";
import { body } from "./body.js";
import { clientCertificate } from "./client-certificate.js";
import { filter } from "./filter.js";
import { headers } from "./headers.js";
import { audienceId } from "./kind.js";
import { signatureScheme } from "./signature.js";

const EVENT_TYPES_MAX = 200;

export const batching = z.strictObject({
  maxEvents: z.number().int().min(1).max(100).default(100),
  maxWaitSeconds: z.number().min(0.1).max(60).default(5),
});

/** What every webhook can be told, of whatever kind. */
export const options = {
  name: z.string().trim().min(1).max(200),
  url: destinationUrl,
  eventTypes: z
    .array(z.string().min(1).max(200))
    .min(1)
    .max(EVENT_TYPES_MAX)
    .superRefine(refuseRepeated)
    .meta({ description: "Names of the workspace's event types", uniqueItems: true }),
  status: z.enum(["inactive", "active"]),
  filter,
  audienceId,
  batching: batching.meta({
    description: "Several events in one request, as a JSON array. Absent: one each",
  }),
  successStatus: z.enum(["2xx", "200"]).meta({ description: "Which answers count as success" }),
  sources: z
    .array(z.enum(SOURCE_BOXES))
    .min(1)
    .max(SOURCE_BOXES.length)
    .superRefine(refuseRepeated)
    .meta({ description: "Who must have set an event off. Absent: no filter" }),
  headers,
  auth,
  signatureScheme,
  clientCertificate,
  contentType: z.enum(CONTENT_TYPES).meta({ description: "Form types and batching exclude each other" }),
  body,
  rateLimitPerSecond: z.number().min(0.1).max(1_000).meta({
    description:
      "Requests a second at most. Webhooks of one URL share its line: the lowest limit holds. Absent: no limit",
  }),
};

/** Refuses what excludes each other. */
export function refuseExclusions(
  given: { contentType: string; batching?: unknown; auth?: unknown; headers: Record<string, string> },
  context: RefineContext,
): void {
  if (given.batching !== undefined && given.contentType !== "application/json") {
    refuse(context, ["batching"], "excluded_by", "is excluded by a form content type");
  }
  const authorization = Object.keys(given.headers).find((name) => name.toLowerCase() === "authorization");
  if (given.auth !== undefined && authorization !== undefined) {
    refuse(context, ["headers", authorization], "excluded_by", "is excluded by auth");
  }
}
