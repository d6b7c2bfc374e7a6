import {
  checkHeader,
  findRepeatedHeader,
  HEADER_BYTES_MAX,
  HEADER_COUNT_MAX,
  headerBytes,
} from "@hooklane/core";
import { z } from "zod";
import type { FieldCode } from "../problem.js";
import { refuse } from "../refuse.js";

const HEADER_MESSAGES: Partial<Record<FieldCode, string>> = {
  invalid_header_name: "is not a header name",
  invalid_header_value: "must be visible Latin-1 characters, with spaces only inside",
  reserved_header: "is set by Hooklane",
};

/** Headers of a webhook's own (product.md D12). */
export const headers = z
  .record(z.string(), z.string())
  .superRefine((given, context) => {
    const names = Object.keys(given);
    if (names.length > HEADER_COUNT_MAX) {
      refuse(context, [], "too_long", `must have at most ${HEADER_COUNT_MAX}`);
    }
    if (headerBytes(given) > HEADER_BYTES_MAX) {
      refuse(context, [], "too_long", `must have at most ${HEADER_BYTES_MAX} bytes together`);
    }
    const repeated = findRepeatedHeader(names);
    if (repeated !== undefined) refuse(context, [repeated], "duplicate", "stands twice, in different case");
    for (const [name, value] of Object.entries(given)) {
      const fault = checkHeader(name, value);
      if (fault) refuse(context, [name], fault.code, HEADER_MESSAGES[fault.code] ?? fault.code);
    }
  })
  .meta({
    description: "Sent with every request. Names of Hooklane's own headers are refused",
    override: { type: "object", additionalProperties: { type: "string" }, maxProperties: HEADER_COUNT_MAX },
  });
