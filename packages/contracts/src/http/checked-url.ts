import { normaliseUrl, URL_LENGTH_MAX, type EndpointUrlFault } from "@hooklane/core";
import { z } from "zod";
import type { IssueParams } from "./field-errors.js";

const MESSAGES: Readonly<Record<EndpointUrlFault, string>> = {
  invalid_url: "must be an absolute http or https URL",
  url_credentials: "must not carry credentials; use `auth`",
  url_fragment: "must not have a fragment",
};

/** A URL requests are to go to (product.md D14). Whether its address may be sent to is checked by the service (O6). */
export const destinationUrl = z
  .string()
  .min(1)
  .max(URL_LENGTH_MAX)
  .superRefine((text, context) => {
    const result = normaliseUrl(text);
    if (result.ok) return;
    context.addIssue({
      code: "custom",
      params: { code: result.fault } satisfies IssueParams,
      message: MESSAGES[result.fault],
    });
  })
  .meta({
    description: "Absolute http or https URL, without credentials and fragment",
    example: "https://example.org/hooks",
  });
